import { z } from 'zod';
import { type Answer, HubSpotError, invalid, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Portal } from '../portal/portal.ts';
import type { CrmRecord } from '../portal/record.ts';
import { readBody, readLimit } from './read-body.ts';
import { chooseProperties, namedIn, recordAnswer } from './record-answer.ts';
import type { RecordType } from './record-type.ts';
import { readInput } from './write-input.ts';

/** Longer ones are refused before HubSpot looks at them. */
const LONGEST_QUERY = 15_000;

const writeBody = z.object({ properties: z.record(z.string(), z.unknown()) });
const mergeBody = z.object({ primaryObjectId: z.string(), objectIdToMerge: z.string() });

/** One record at a time, and the list. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide */
export function recordRoutes<T extends CrmRecord>(portal: Portal, type: RecordType<T>): Route[] {
  const base = `/crm/objects/{version}/${type.name}`;
  const one = `${base}/{id}`;
  const read = { kind: 'read', scopes: [type.scopes.read] } as const;
  const write = { kind: 'write', scopes: [type.scopes.write] } as const;
  return [
    { method: 'GET', template: base, ...read, handle: (call) => list(type, call) },
    { method: 'POST', template: base, ...write, handle: (call) => create(portal, type, call) },
    { method: 'GET', template: one, ...read, handle: (call) => get(type, call) },
    { method: 'PATCH', template: one, ...write, handle: (call) => update(portal, type, call) },
    { method: 'DELETE', template: one, ...write, handle: (call) => archive(type, call) },
    { method: 'POST', template: `${base}/merge`, ...write, handle: (call) => merge(type, call) },
  ];
}

function list<T extends CrmRecord>(type: RecordType<T>, { query }: Call): Answer {
  if (query.toString().length > LONGEST_QUERY) throw new HubSpotError(414, 'URI_TOO_LONG', 'URI Too Long');
  const limit = readLimit(query, { standard: 10, most: 100 });
  const after = query.get('after') ?? '0';
  if (!/^\d+$/.test(after)) throw invalid('The after parameter is not the one of a page of this list.');
  const { records, more } = type.store.page(Number(after), limit, query.get('archived') === 'true');
  const chosen = chooseProperties(type, namedIn(query));
  const last = records.at(-1);
  return {
    status: 200,
    body: {
      results: records.map((record) => recordAnswer(type, record, chosen)),
      ...(more && last !== undefined ? { paging: { next: { after: last.id, link: `?after=${last.id}` } } } : {}),
    },
  };
}

function get<T extends CrmRecord>(type: RecordType<T>, { params, query }: Call): Answer {
  const archived = query.get('archived') === 'true';
  const record = archived ? type.store.findArchived(params.id ?? '') : target(type, params, query);
  if (record === undefined) throw notFound();
  return { status: 200, body: recordAnswer(type, record, chooseProperties(type, namedIn(query))) };
}

function create<T extends CrmRecord>(portal: Portal, type: RecordType<T>, { body }: Call): Answer {
  const { properties } = readBody(writeBody, body);
  const input = readInput(portal, type, properties, undefined);
  if ('problem' in input) throw input.problem;
  const record = type.create(input.values);
  return { status: 201, body: recordAnswer(type, record, chooseProperties(type, Object.keys(properties))) };
}

function update<T extends CrmRecord>(portal: Portal, type: RecordType<T>, { params, query, body }: Call): Answer {
  const { properties } = readBody(writeBody, body);
  const record = target(type, params, query);
  if (record === undefined) throw notFound();
  const input = readInput(portal, type, properties, record);
  if ('problem' in input) throw input.problem;
  type.write(record, input.values);
  return { status: 200, body: recordAnswer(type, record, chooseProperties(type, Object.keys(properties))) };
}

function archive<T extends CrmRecord>(type: RecordType<T>, { params }: Call): Answer {
  const record = type.store.find(params.id ?? '');
  if (record !== undefined) type.remove(record);
  return { status: 204 };
}

function merge<T extends CrmRecord>(type: RecordType<T>, { body }: Call): Answer {
  const { primaryObjectId, objectIdToMerge } = readBody(mergeBody, body);
  const [primary, other] = [type.store.find(primaryObjectId), type.store.find(objectIdToMerge)];
  if (primary === undefined || other === undefined) throw notFound();
  if (primary === other) throw invalid(`Unable to merge a ${type.word.toLowerCase()} with itself`);
  const merged = type.merge(primary, other);
  return { status: 200, body: recordAnswer(type, merged, chooseProperties(type, undefined)) };
}

function target<T extends CrmRecord>(
  { store, unique, typeId }: RecordType<T>,
  params: Call['params'],
  query: URLSearchParams,
): T | undefined {
  const id = params.id ?? '';
  const property = query.get('idProperty');
  if (property === null || property === 'hs_object_id') return store.find(id);
  if (property === unique?.name) return unique.find(id);
  throw invalid(`Unable to read by non-unique ${typeId} property ${property}`);
}
