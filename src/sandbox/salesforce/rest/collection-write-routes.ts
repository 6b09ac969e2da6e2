import type { Answer, Call, Route } from '../http/route.ts';
import { refusal as badRequest } from '../http/salesforce-error.ts';
import type { Org } from '../org/org.ts';
import { refusal, refused, type WriteResult } from '../org/write-result.ts';
import { checkSize, idOf, readRows, typeNamed, withoutId } from './collection-rows.ts';
import { objectOf, recordsByExternalId } from './find-record.ts';
import { rolledBack, saveResult } from './save-result.ts';
import { type Writer, writingOf } from './writer.ts';

/** https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-sobjects-collections.html */
const COLLECTION = '/services/data/{version}/composite/sobjects';

/** What is done with one row: its result, and for an upsert whether it made the record. */
interface Row {
  readonly result: WriteResult;
  readonly created?: boolean;
}

/** Writes of up to 200 records; the results are in the order of the records. */
export function collectionWriteRoutes(org: Org, writer: Writer): Route[] {
  const route = (method: string, template: string, handle: (call: Call) => Answer): Route => {
    return { method, template, kind: 'write', handle };
  };
  return [
    route('POST', COLLECTION, (call) => create(org, writer, call)),
    route('PATCH', COLLECTION, (call) => update(org, writer, call)),
    route('PATCH', `${COLLECTION}/{object}/{field}`, (call) => upsert(org, writer, call)),
    route('DELETE', COLLECTION, (call) => remove(org, writer, call)),
  ];
}

function create(org: Org, writer: Writer, call: Call): Answer {
  const { allOrNone, records } = readRows(org, call);
  return each(writer, allOrNone, records, ({ attributes, ...values }) => {
    if (idOf(values) !== undefined) {
      return {
        result: refused(refusal('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id'])),
      };
    }
    return { result: writer.insert(typeNamed(org, call, attributes.type).name, values, writingOf(call)) };
  });
}

function update(org: Org, writer: Writer, call: Call): Answer {
  const { allOrNone, records } = readRows(org, call);
  return each(writer, allOrNone, records, ({ attributes, ...values }) => {
    const id = idOf(values);
    const type = typeNamed(org, call, attributes.type).name;
    if (id === undefined) return { result: refused(refusal('MISSING_ARGUMENT', 'Id not specified in an update call')) };
    if (org.objectOf(id)?.name !== type) {
      const message = `${type} ID: id value of incorrect type: ${id}`;
      return { result: refused(refusal('MALFORMED_ID', message, ['Id'])) };
    }
    return { result: writer.update(id, withoutId(values), writingOf(call)) };
  });
}

function upsert(org: Org, writer: Writer, call: Call): Answer {
  const { field = '' } = call.params;
  const type = objectOf(org, call.session.userId, call.params.object);
  const { allOrNone, records } = readRows(org, call);
  return each(writer, allOrNone, records, ({ attributes: _attributes, ...values }) => {
    const value = values[field];
    if (value === undefined || value === null || value === '') {
      return { result: refused(refusal('MISSING_ARGUMENT', `${field} not specified`)) };
    }
    const [record, ...others] = recordsByExternalId(type, field, String(value));
    if (others.length > 0) {
      const message = `${field}: more than one record found for external id field`;
      return { result: refused(refusal('DUPLICATE_EXTERNAL_ID', message)) };
    }
    if (record === undefined && field.toLowerCase() === 'id') {
      return { result: refused(refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id')) };
    }
    if (record === undefined) return { result: writer.insert(type.name, values, writingOf(call)), created: true };
    const { [field]: _, ...rest } = values;
    return { result: writer.update(record.id, withoutId(rest), writingOf(call)), created: false };
  });
}

function remove(org: Org, writer: Writer, call: Call): Answer {
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw badRequest('MISSING_ARGUMENT', 'The ids to delete are missing');
  checkSize(ids.length);
  const allOrNone = call.query.get('allOrNone') === 'true';
  return each(writer, allOrNone, ids, (id) => {
    const type = org.objectOf(id);
    if (type === undefined) return { result: refused(refusal('MALFORMED_ID', `malformed id ${id}`)) };
    return { result: writer.delete(id, writingOf(call)) };
  });
}

/** Every row in turn; with all or none, a row that fails takes the others back. */
function each<T>(writer: Writer, allOrNone: boolean, given: readonly T[], write: (one: T) => Row): Answer {
  let rows: Row[] = [];
  const run = () => {
    rows = given.map(write);
    return rows.every(({ result }) => result.success);
  };
  if (!allOrNone) run();
  else {
    writer.together(run);
    if (rows.some(({ result }) => !result.success)) {
      rows = rows.map((row) => (row.result.success ? { result: rolledBack() } : row));
    }
  }
  return { status: 200, body: rows.map(({ result, created }) => saveResult(result, created)) };
}
