import { invalid } from '../http/answer.ts';
import type { SearchBody } from './search-filter.ts';

const LONGEST_BODY = 3_000;
const MOST_RESULTS = 10_000;
const MOST_ON_PAGE = 200;
const MOST_GROUPS = 5;
const MOST_FILTERS = 6;
const MOST_FILTERS_IN_ALL = 18;

/** Refuses what HubSpot's search refuses of any object, and says which page is meant. */
export function checkSearch(
  body: SearchBody,
  text: string,
): { after: number; limit: number; sort: { name: string; descending: boolean } | undefined } {
  if (text.length > LONGEST_BODY)
    throw invalid(`The request body has ${text.length} characters; a search takes ${LONGEST_BODY} at most`);
  const groups = groupsOf(body);
  if (groups.length > MOST_GROUPS) throw invalid(`Too many filter groups: a search takes ${MOST_GROUPS}`);
  if (groups.some((filters) => filters.length > MOST_FILTERS))
    throw invalid(`Too many filters: a group takes ${MOST_FILTERS}`);
  if (groups.flat().length > MOST_FILTERS_IN_ALL)
    throw invalid(`Too many filters: a search takes ${MOST_FILTERS_IN_ALL} in all`);
  if (body.sorts.length > 1) throw invalid('Too many sorts: a search takes one');
  const limit = body.limit ?? 10;
  if (limit < 1 || limit > MOST_ON_PAGE)
    throw invalid(`Invalid limit. A search gives 1 to ${MOST_ON_PAGE} results a page.`);
  const after = Number(body.after ?? 0);
  if (!Number.isInteger(after) || after < 0 || body.after === '')
    throw invalid('The after parameter of a search must be a whole number');
  if (after + limit > MOST_RESULTS) throw invalid(`A search gives no more than its first ${MOST_RESULTS} results`);
  const [sort] = body.sorts;
  if (sort === undefined) return { after, limit, sort: undefined };
  const { propertyName, direction } = typeof sort === 'string' ? { propertyName: sort, direction: undefined } : sort;
  const descending = direction?.toUpperCase() === 'DESCENDING' || propertyName.startsWith('-');
  return { after, limit, sort: { name: propertyName.replace(/^-/, ''), descending } };
}

/** The groups of filters; a record must pass all of one of them. */
export function groupsOf(body: SearchBody) {
  return body.filters === undefined ? body.filterGroups.map(({ filters }) => filters) : [body.filters];
}

/** The answer, with where the next page begins. */
export function searchAnswer(total: number, after: number, results: unknown[]) {
  const next = after + results.length;
  return { total, results, ...(next < total ? { paging: { next: { after: String(next) } } } : {}) };
}
