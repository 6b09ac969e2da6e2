import { invalid } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Contact, Value } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import { chooseProperties, contactAnswer } from './contact-answer.ts';
import { readBody } from './read-body.ts';
import { type SearchBody, searchBody, type Test, testOf } from './search-filter.ts';
import { checkSearch, groupsOf, searchAnswer } from './search-page.ts';

type Seen = (Value | undefined)[];
interface Match {
  readonly contact: Contact;
  readonly values: Seen;
}
/** One group of filters: tests on the column of change times, and on the rest of the contact. */
interface Group {
  readonly modified: readonly Test[];
  readonly others: readonly { slot: number; test: Test }[];
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
  const page: Match[] = [];
  let total = 0;
  const count = contacts.all.length;
  for (let step = 0; step < count; step++) {
    const place = descending ? count - 1 - step : step;
    const at = modified[place];
    // NaN: the index has not heard of this contact.
    if (at === undefined || Number.isNaN(at)) continue;
    let values: Seen | undefined;
    let passes = groups.length === 0;
    for (const group of groups) {
      if (!group.modified.every((test) => test(at))) continue;
      if (values === undefined) values = seen(portal, contacts.all[place]);
      const shown = values;
      passes = shown !== undefined && group.others.every(({ slot, test }) => test(shown[slot]));
      if (passes) break;
    }
    if (!passes) continue;
    const contact = contacts.all[place];
    values ??= seen(portal, contact);
    if (contact === undefined || values === undefined || !queried(values)) continue;
    if (total >= after && page.length < limit) page.push({ contact, values });
    total++;
  }
  return { total, page };
}

function compile(portal: Portal, body: SearchBody): Group[] {
  return groupsOf(body).map((filters) => {
    const modified: Test[] = [];
    const others: { slot: number; test: Test }[] = [];
    for (const filter of filters) {
      const property = portal.properties.get(filter.propertyName);
      if (property === undefined) throw invalid(`There is no property ${filter.propertyName} to filter by`);
      const test = testOf(filter, property.type);
      if (property.name === 'lastmodifieddate') modified.push(test);
      else others.push({ slot: property.slot, test });
    }
    return { modified, others };
  });
}

function queryTest(portal: Portal, query: string | undefined): (values: Seen) => boolean {
  const wanted = query?.trim().toLowerCase();
  if (wanted === undefined || wanted === '') return () => true;
  const slots = ['firstname', 'lastname', 'email', 'phone', 'company'].map((name) => portal.properties.slot(name));
  return (values) =>
    slots.some((slot) => values[slot] !== undefined && String(values[slot]).toLowerCase().includes(wanted));
}

function seen(portal: Portal, contact: Contact | undefined): Seen | undefined {
  return contact?.state === 'live' ? portal.index.valuesOf(contact) : undefined;
}

/** Records without a value come last, whichever way the rest goes. */
function compare(a: Value | undefined, b: Value | undefined, sign: number): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -sign : sign;
}
