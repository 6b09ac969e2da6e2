import { kindOfObject } from '../http/call-kind.ts';
import { readBody } from '../http/read-body.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { notFound } from '../http/salesforce-error.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { objectOf, recordsByExternalId } from './find-record.ts';
import { attributesOf, chooseFields, recordAnswer } from './record-answer.ts';
import { valuesBody } from './record-routes.ts';
import { failedWrite } from './save-result.ts';
import { type Writer, writingOf } from './writer.ts';

const BY_EXTERNAL_ID = '/services/data/{version}/sobjects/{object}/{field}/{value}';

/** One record by an external id. https://developer.salesforce.com/docs/platform/api-rest/guide/resources-sobject-upsert.html */
export function externalIdRoutes(org: Org, writer: Writer): Route[] {
  return [
    {
      method: 'GET',
      template: BY_EXTERNAL_ID,
      kind: ({ params }) => kindOfObject(params.object ?? ''),
      handle: (call) => get(org, call),
    },
    { method: 'PATCH', template: BY_EXTERNAL_ID, kind: 'write', handle: (call) => upsert(org, writer, call) },
    { method: 'DELETE', template: BY_EXTERNAL_ID, kind: 'write', handle: (call) => remove(org, writer, call) },
  ];
}

function get(org: Org, call: Call): Answer {
  const found = recordsFor(org, call);
  if (found.length > 1) return several(found, call);
  const [record] = found;
  if (record === undefined) throw notFound();
  const names = call.query.get('fields')?.split(',');
  const fields = chooseFields(org, call.session.userId, record.type, names);
  return { status: 200, body: recordAnswer(record, fields, call.params.version ?? '') };
}

function upsert(org: Org, writer: Writer, call: Call): Answer {
  const { object = '', field = '', value = '' } = call.params;
  const { attributes: _, ...values } = readBody(valuesBody, call.body);
  const found = recordsFor(org, call);
  if (found.length > 1) return several(found, call);
  const [record] = found;
  if (record === undefined && field.toLowerCase() === 'id') throw notFound();
  const result =
    record === undefined
      ? writer.insert(object, { ...values, [field]: value }, writingOf(call))
      : writer.update(record.id, values, writingOf(call));
  if (!result.success) return failedWrite(org, result.errors);
  const created = record === undefined;
  return { status: created ? 201 : 200, body: { id: result.id, success: true, errors: [], created } };
}

function remove(org: Org, writer: Writer, call: Call): Answer {
  const found = recordsFor(org, call);
  if (found.length > 1) return several(found, call);
  const [record] = found;
  if (record === undefined) throw notFound();
  const result = writer.delete(record.id, writingOf(call));
  return result.success ? { status: 204 } : failedWrite(org, result.errors);
}

function recordsFor(org: Org, { params, session }: Call): SalesforceRecord[] {
  const type = objectOf(org, session.userId, params.object);
  return recordsByExternalId(type, params.field, params.value ?? '');
}

/** An external id that is not unique after all is answered with where the records are. */
function several(found: readonly SalesforceRecord[], { params }: Call): Answer {
  return { status: 300, body: found.map((record) => attributesOf(record, params.version ?? '').url) };
}
