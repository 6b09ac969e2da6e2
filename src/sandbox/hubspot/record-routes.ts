import { z } from 'zod';
import { type Answer, HubSpotError, invalid, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Portal } from '../portal/portal.ts';
import type { CrmRecord } from '../portal/record.ts';
import type { Pair } from './association-pairs.ts';
import { prepareRecord } from './prepare-record.ts';
import { readBody, readLimit } from './read-body.ts';
import { chooseProperties, namedIn, recordAnswer } from './record-answer.ts';
import { associationsAnswer, newAssociations, pairsAskedFor } from './record-associations.ts';
import { historyAnswer, historyNamedIn, MOST_WITH_HISTORY } from './record-history.ts';
import type { RecordType } from './record-type.ts';
import { readInput } from './write-input.ts';

/** Longer ones are refused before HubSpot looks at them. */
const LONGEST_QUERY = 15_000;

const writeBody = z.object({ properties: z.record(z.string(), z.unknown()) });
const createBody = writeBody.extend({ associations: newAssociations });
const mergeBody = z.object({ primaryObjectId: z.string(), objectIdToMerge: z.string() });

/** One record at a time, and the list. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide */
export function recordRoutes<T extends CrmRecord>(
  portal: Portal,
  type: RecordType<T>,
  pairs: readonly Pair[],
): Route[] {
  const base = `/crm/objects/{version}/${type.name}`;
  const one = `${base}/{id}`;
  const { alsoScope, merge } = type;
  const read = { kind: 'read', scopes: [type.scopes.read], alsoScope } as const;
  const write = { kind: 'write', scopes: [type.scopes.write], alsoScope } as const;
  const routes: Route[] = [
    { method: 'GET', template: base, ...read, handle: (call) => list(portal, type, pairs, call) },
    { method: 'POST', template: base, ...write, handle: (call) => create(portal, type, pairs, call) },
    { method: 'GET', template: one, ...read, handle: (call) => get(portal, type, pairs, call) },
    { method: 'PATCH', template: one, ...write, handle: (call) => update(portal, type, call) },
    { method: 'DELETE', template: one, ...write, handle: (call) => archive(type, call) },
  ];
  if (merge === undefined) return routes;
  return [
    ...routes,
    { method: 'POST', template: `${base}/merge`, ...write, handle: (call) => mergeTwo(type, merge, call) },
  ];
}

function list<T extends CrmRecord>(
  portal: Portal,
  type: RecordType<T>,
  pairs: readonly Pair[],
  { query }: Call,
): Answer {
  if (query.toString().length > LONGEST_QUERY) throw new HubSpotError(414, 'URI_TOO_LONG', 'URI Too Long');
  const histories = historyNamedIn(query);
  const limit = readLimit(query, { standard: 10, most: histories.length > 0 ? MOST_WITH_HISTORY : 100 });
  const after = query.get('after') ?? '0';
  if (!/^\d+$/.test(after)) throw invalid('The after parameter is not the one of a page of this list.');
  const { store } = type;
  const { records, more } =
    query.get('archived') === 'true'
      ? store.archivedPage(Number(after), limit, portal.now())
      : store.page(Number(after), limit);
  const chosen = chooseProperties(type, [...namedIn(query), ...histories]);
  const asked = pairsAskedFor(pairs, query);
  const last = records.at(-1);
  return {
    status: 200,
    body: {
      results: records.map((record) => ({
        ...recordAnswer(type, record, chosen),
        ...historyAnswer(type, record, histories),
        ...associationsAnswer(record.id, asked),
      })),
      ...(more && last !== undefined ? { paging: { next: { after: last.id, link: `?after=${last.id}` } } } : {}),
    },
  };
}

function get<T extends CrmRecord>(
  portal: Portal,
  type: RecordType<T>,
  pairs: readonly Pair[],
  { params, query }: Call,
): Answer {
  const archived = query.get('archived') === 'true';
  const record = archived ? type.store.findArchived(params.id ?? '', portal.now()) : target(type, params, query);
  if (record === undefined) throw notFound();
  const histories = historyNamedIn(query);
  const answer = recordAnswer(type, record, chooseProperties(type, [...namedIn(query), ...histories]));
  const associations = associationsAnswer(record.id, pairsAskedFor(pairs, query));
  return { status: 200, body: { ...answer, ...historyAnswer(type, record, histories), ...associations } };
}

function create<T extends CrmRecord>(
  portal: Portal,
  type: RecordType<T>,
  pairs: readonly Pair[],
  { params, body }: Call,
): Answer {
  const { properties, associations } = readBody(createBody, body);
  const record = prepareRecord(portal, type, pairs, { version: params.version, properties, associations })();
  return { status: 201, body: recordAnswer(type, record, chooseProperties(type, Object.keys(properties))) };
}

function update<T extends CrmRecord>(portal: Portal, type: RecordType<T>, { params, query, body }: Call): Answer {
  const { properties } = readBody(writeBody, body);
  const record = target(type, params, query);
  if (record === undefined) throw notFound();
  const input = readInput(portal, type, params.version, properties, record);
  if ('problem' in input) throw input.problem;
  type.write(record, input.values);
  return { status: 200, body: recordAnswer(type, record, chooseProperties(type, Object.keys(properties))) };
}

function archive<T extends CrmRecord>(type: RecordType<T>, { params }: Call): Answer {
  const record = type.store.find(params.id ?? '');
  if (record !== undefined) type.remove(record);
  return { status: 204 };
}

function mergeTwo<T extends CrmRecord>(
  type: RecordType<T>,
  merge: (primary: T, other: T) => T,
  { body }: Call,
): Answer {
  const { primaryObjectId, objectIdToMerge } = readBody(mergeBody, body);
  const [primary, other] = [type.store.find(primaryObjectId), type.store.find(objectIdToMerge)];
  if (primary === undefined || other === undefined) throw notFound();
  if (primary === other) throw invalid(`Unable to merge a ${type.word.toLowerCase()} with itself`);
  const merged = merge(primary, other);
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
