import { z } from 'zod';
import { kindOfObject } from '../http/call-kind.ts';
import { readBody } from '../http/read-body.ts';
import type { Answer, Call, Route, SentCall } from '../http/route.ts';
import { refusal } from '../http/salesforce-error.ts';
import type { Org } from '../org/org.ts';
import { objectOf, recordOf } from './find-record.ts';
import { chooseFields, recordAnswer } from './record-answer.ts';
import { failedWrite } from './save-result.ts';
import { type Writer, writingOf } from './writer.ts';

const OBJECT = '/services/data/{version}/sobjects/{object}';
const RECORD = `${OBJECT}/{id}`;

export const valuesBody = z.record(z.string(), z.unknown());

/** One record at a time. https://developer.salesforce.com/docs/platform/api-rest/guide/resources-sobject-retrieve.html */
export function recordRoutes(org: Org, writer: Writer): Route[] {
  const kind = ({ params }: SentCall) => kindOfObject(params.object ?? '');
  return [
    { method: 'GET', template: RECORD, kind, handle: (call) => get(org, call) },
    { method: 'POST', template: OBJECT, kind: 'write', handle: (call) => create(org, writer, call) },
    { method: 'PATCH', template: RECORD, kind: 'write', handle: (call) => update(org, writer, call) },
    { method: 'DELETE', template: RECORD, kind: 'write', handle: (call) => remove(org, writer, call) },
  ];
}

function get(org: Org, { params, query, session }: Call): Answer {
  const type = objectOf(org, session.userId, params.object);
  const record = recordOf(type, params.id);
  const fields = chooseFields(org, session.userId, type, query.get('fields')?.split(','));
  return { status: 200, body: recordAnswer(record, fields, params.version ?? '') };
}

function create(org: Org, writer: Writer, call: Call): Answer {
  const type = objectOf(org, call.session.userId, call.params.object);
  const result = writer.insert(type.name, readValues(call.body), writingOf(call));
  if (!result.success) return failedWrite(org, result.errors);
  return {
    status: 201,
    body: { id: result.id, success: true, errors: [] },
    headers: { Location: `/services/data/${call.params.version}/sobjects/${type.name}/${result.id}` },
  };
}

function update(org: Org, writer: Writer, call: Call): Answer {
  const values = readValues(call.body);
  const { id } = recordOf(objectOf(org, call.session.userId, call.params.object), call.params.id);
  const result = writer.update(id, values, writingOf(call));
  return result.success ? { status: 204 } : failedWrite(org, result.errors);
}

function remove(org: Org, writer: Writer, call: Call): Answer {
  const { id } = recordOf(objectOf(org, call.session.userId, call.params.object), call.params.id);
  const result = writer.delete(id, writingOf(call));
  return result.success ? { status: 204 } : failedWrite(org, result.errors);
}

/** The values of one record. The id stands in the path alone. */
function readValues(body: unknown): Record<string, unknown> {
  const { attributes: _, ...values } = readBody(valuesBody, body);
  if (Object.keys(values).some((name) => name.toLowerCase() === 'id')) {
    throw refusal('INVALID_FIELD', 'The Id field should not be specified in the sobject data.', { fields: ['Id'] });
  }
  return values;
}
