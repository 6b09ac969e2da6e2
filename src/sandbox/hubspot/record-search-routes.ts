import { invalid } from '../http/answer.ts';
import { nameOfType } from '../http/object-types.ts';
import type { Call, Route } from '../http/router.ts';
import type { Portal } from '../portal/portal.ts';
import type { CrmRecord, Value } from '../portal/record.ts';
import type { Pair } from './association-pairs.ts';
import { readBody } from './read-body.ts';
import { chooseProperties, recordAnswer } from './record-answer.ts';
import type { RecordType } from './record-type.ts';
import { boundsOf, type SearchBody, searchBody, type Test, testOf } from './search-filter.ts';
import { checkSearch, groupsOf, searchAnswer } from './search-page.ts';

type Seen = (Value | undefined)[];
interface Match<T> {
  readonly record: T;
  readonly values: Seen;
}
/** One group of filters: bounds for the column of change times, both inclusive, and tests on the rest of the record. */
interface Group {
  low: number;
  high: number;
  readonly others: { readonly slot: number; readonly test: Test }[];
  /** On the ids of what a record is associated with: one that passes will do. */
  readonly linked: { readonly pair: Pair; readonly test: Test }[];
}

/** https://developers.hubspot.com/docs/api-reference/search/guide */
export function recordSearchRoutes<T extends CrmRecord>(
  portal: Portal,
  type: RecordType<T>,
  pairs: readonly Pair[],
): Route[] {
  return [
    {
      method: 'POST',
      template: `/crm/objects/{version}/${type.name}/search`,
      kind: 'search',
      scopes: [type.scopes.read],
      alsoScope: type.alsoScope,
      handle: (call) => ({ status: 200, body: search(portal, type, pairs, call) }),
    },
  ];
}

function search<T extends CrmRecord>(portal: Portal, type: RecordType<T>, pairs: readonly Pair[], call: Call) {
  const body = readBody(searchBody, call.body);
  const { after, limit, sort } = checkSearch(body, call.text);
  type.table.index.catchUp(portal.now());
  const groups = compile(type, pairs, body);
  // The store is in the order of ids, which needs no sorting; by age is the same but for merged ones.
  const byId = sort === undefined || sort.name === 'hs_object_id';
  const { total, page } = byId
    ? scan(type, groups, body.query, { after, limit, descending: sort?.descending === true })
    : sorted(type, groups, body.query, { after, limit, sort });
  const chosen = chooseProperties(type, body.properties);
  return searchAnswer(
    total,
    after,
    page.map(({ record, values }) => recordAnswer(type, record, chosen, values)),
  );
}

function sorted<T extends CrmRecord>(
  type: RecordType<T>,
  groups: readonly Group[],
  query: string | undefined,
  { after, limit, sort }: { after: number; limit: number; sort: { name: string; descending: boolean } },
) {
  const slot = type.table.properties.get(sort.name)?.slot;
  if (slot === undefined) throw invalid(`There is no property ${sort.name} to sort by`);
  const { total, page } = scan(type, groups, query, { after: 0, limit: Number.POSITIVE_INFINITY, descending: false });
  const sign = sort.descending ? -1 : 1;
  page.sort((a, b) => compare(a.values[slot], b.values[slot], sign) || a.record.number - b.record.number);
  return { total, page: page.slice(after, after + limit) };
}

/** Counts all that match and keeps a page of them, in the order of ids. */
function scan<T extends CrmRecord>(
  type: RecordType<T>,
  groups: readonly Group[],
  query: string | undefined,
  { after, limit, descending }: { after: number; limit: number; descending: boolean },
) {
  const { index } = type.table;
  const { all } = type.store;
  const queried = queryTest(type, query);
  const { modified } = index;
  const low = Math.min(...groups.map((group) => group.low));
  const high = Math.max(...groups.map((group) => group.high));
  const page: Match<T>[] = [];
  let total = 0;
  const places = placesWithin(modified, all.length, low, high);
  if (descending) places.reverse();
  for (const place of places) {
    const record = all[place];
    if (record?.state !== 'live') continue;
    const values = index.valuesOf(record);
    if (values === undefined || !queried(values)) continue;
    const at = modified[place] ?? Number.NaN;
    if (!groups.some((group) => passes(group, record, at, values))) continue;
    if (total >= after && page.length < limit) page.push({ record, values });
    total++;
  }
  return { total, page };
}

/** By itself, so that the engine makes a tight loop of it: it looks at every record of the portal. */
function placesWithin(modified: Float64Array, count: number, low: number, high: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < count; place++) {
    // NaN, for a record that the index has not heard of, is within no bounds.
    const at = modified[place];
    if (at !== undefined && at >= low && at <= high) places.push(place);
  }
  return places;
}

function passes({ low, high, others, linked }: Group, { id }: CrmRecord, at: number, values: Seen): boolean {
  return (
    at >= low &&
    at <= high &&
    others.every(({ slot, test }) => test(values[slot])) &&
    linked.every(({ pair, test }) => pair.linksOf(id)?.some((link) => test(link.id)))
  );
}

function compile<T extends CrmRecord>({ table }: RecordType<T>, pairs: readonly Pair[], body: SearchBody): Group[] {
  const groups = groupsOf(body);
  return (groups.length === 0 ? [[]] : groups).map((filters) => {
    const group: Group = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, others: [], linked: [] };
    for (const filter of filters) {
      const pair = pairOf(pairs, filter.propertyName);
      if (pair !== undefined) {
        group.linked.push({ pair, test: testOf(filter, 'string') });
        continue;
      }
      const property = table.properties.get(filter.propertyName);
      if (property === undefined) throw invalid(`There is no property ${filter.propertyName} to filter by`);
      const bounds = property.name === table.modified ? boundsOf(filter) : undefined;
      if (bounds === undefined) group.others.push({ slot: property.slot, test: testOf(filter, property.type) });
      else {
        group.low = Math.max(group.low, bounds[0]);
        group.high = Math.min(group.high, bounds[1]);
      }
    }
    return group;
  });
}

/** `associations.contact` filters by what a record is associated with. */
function pairOf(pairs: readonly Pair[], name: string): Pair | undefined {
  const [prefix, type] = name.split('.');
  return prefix === 'associations' ? pairs.find(({ to }) => to === nameOfType(type ?? '')) : undefined;
}

function queryTest<T extends CrmRecord>(
  { table, searched }: RecordType<T>,
  query: string | undefined,
): (values: Seen) => boolean {
  const wanted = query?.trim().toLowerCase();
  if (wanted === undefined || wanted === '') return () => true;
  const slots = searched.map((name) => table.properties.slot(name));
  return (values) =>
    slots.some((slot) => values[slot] !== undefined && String(values[slot]).toLowerCase().includes(wanted));
}

/** Records without a value come last, whichever way the rest goes. */
function compare(a: Value | undefined, b: Value | undefined, sign: number): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -sign : sign;
}
