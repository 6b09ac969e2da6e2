import { invalid } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Contact, Value } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import { chooseProperties, contactAnswer } from './contact-answer.ts';
import { readBody } from './read-body.ts';
import { boundsOf, type SearchBody, searchBody, type Test, testOf } from './search-filter.ts';
import { checkSearch, groupsOf, searchAnswer } from './search-page.ts';

type Seen = (Value | undefined)[];
interface Match {
  readonly contact: Contact;
  readonly values: Seen;
}
/** One group of filters: bounds for the column of change times, both inclusive, and tests on the rest of the contact. */
interface Group {
  low: number;
  high: number;
  readonly others: { readonly slot: number; readonly test: Test }[];
}

/** https://developers.hubspot.com/docs/api-reference/search/guide */
export function contactSearchRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'POST',
      template: '/crm/objects/{version}/contacts/search',
      kind: 'search',
      scopes: ['crm.objects.contacts.read'],
      handle: (call) => ({ status: 200, body: search(portal, call) }),
    },
  ];
}

function search(portal: Portal, call: Call) {
  const body = readBody(searchBody, call.body);
  const { after, limit, sort } = checkSearch(body, call.text);
  portal.index.catchUp(portal.now());
  // The store is in the order of ids, which needs no sorting; by age is the same but for merged contacts.
  const byId = sort === undefined || sort.name === 'hs_object_id';
  const { total, page } = byId
    ? scan(portal, body, after, limit, sort?.descending === true)
    : sorted(portal, body, after, limit, sort);
  const chosen = chooseProperties(portal, body.properties);
  return searchAnswer(
    total,
    after,
    page.map(({ contact, values }) => contactAnswer(portal, contact, chosen, values)),
  );
}

function sorted(
  portal: Portal,
  body: SearchBody,
  after: number,
  limit: number,
  sort: { name: string; descending: boolean },
) {
  const slot = portal.properties.get(sort.name)?.slot;
  if (slot === undefined) throw invalid(`There is no property ${sort.name} to sort by`);
  const { total, page } = scan(portal, body, 0, Number.POSITIVE_INFINITY, false);
  const sign = sort.descending ? -1 : 1;
  page.sort((a, b) => compare(a.values[slot], b.values[slot], sign) || a.contact.number - b.contact.number);
  return { total, page: page.slice(after, after + limit) };
}

/** Counts all that match and keeps a page of them, in the order of ids. */
function scan(portal: Portal, body: SearchBody, after: number, limit: number, descending: boolean) {
  const { index, contacts } = portal;
  const groups = compile(portal, body);
  const queried = queryTest(portal, body.query);
  const { modified } = index;
  const low = Math.min(...groups.map((group) => group.low));
  const high = Math.max(...groups.map((group) => group.high));
  const page: Match[] = [];
  let total = 0;
  const places = placesWithin(modified, contacts.all.length, low, high);
  if (descending) places.reverse();
  for (const place of places) {
    const contact = contacts.all[place];
    if (contact?.state !== 'live') continue;
    const values = index.valuesOf(contact);
    if (values === undefined || !queried(values)) continue;
    const at = modified[place] ?? Number.NaN;
    if (!groups.some((group) => passes(group, at, values))) continue;
    if (total >= after && page.length < limit) page.push({ contact, values });
    total++;
  }
  return { total, page };
}

/** By itself, so that the engine makes a tight loop of it: it looks at every contact of the portal. */
function placesWithin(modified: Float64Array, count: number, low: number, high: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < count; place++) {
    // NaN, for a contact that the index has not heard of, is within no bounds.
    const at = modified[place];
    if (at !== undefined && at >= low && at <= high) places.push(place);
  }
  return places;
}

function passes({ low, high, others }: Group, at: number, values: Seen): boolean {
  return at >= low && at <= high && others.every(({ slot, test }) => test(values[slot]));
}

function compile(portal: Portal, body: SearchBody): Group[] {
  const groups = groupsOf(body);
  return (groups.length === 0 ? [[]] : groups).map((filters) => {
    const group: Group = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, others: [] };
    for (const filter of filters) {
      const property = portal.properties.get(filter.propertyName);
      if (property === undefined) throw invalid(`There is no property ${filter.propertyName} to filter by`);
      const bounds = property.name === 'lastmodifieddate' ? boundsOf(filter) : undefined;
      if (bounds === undefined) group.others.push({ slot: property.slot, test: testOf(filter, property.type) });
      else {
        group.low = Math.max(group.low, bounds[0]);
        group.high = Math.min(group.high, bounds[1]);
      }
    }
    return group;
  });
}

function queryTest(portal: Portal, query: string | undefined): (values: Seen) => boolean {
  const wanted = query?.trim().toLowerCase();
  if (wanted === undefined || wanted === '') return () => true;
  const slots = ['firstname', 'lastname', 'email', 'phone', 'company'].map((name) => portal.properties.slot(name));
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
