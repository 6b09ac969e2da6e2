import { z } from 'zod';
import { type Answer, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Portal } from '../portal/portal.ts';
import { associationPairs, type Linked, type Pair } from './association-pairs.ts';
import { readBody, readLimit } from './read-body.ts';

/** Of one record, in a batch and in a listing. */
const MOST_ON_PAGE = 500;

const batchBody = z.object({
  inputs: z
    .array(z.object({ id: z.coerce.string(), after: z.string().optional() }))
    .min(1)
    .max(1_000),
});

/** What a record is associated with. https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide */
export function associationRoutes(portal: Portal): Route[] {
  return associationPairs(portal).flatMap((pair): Route[] => [
    {
      method: 'GET',
      template: `/crm/objects/{version}/${pair.from}/{id}/associations/${pair.to}`,
      kind: 'read',
      scopes: pair.scopes,
      handle: (call) => list(call, pair),
    },
    {
      method: 'POST',
      template: `/crm/associations/{version}/${pair.from}/${pair.to}/batch/read`,
      kind: 'read',
      scopes: pair.scopes,
      handle: (call) => readBatch(portal, call, pair),
    },
  ]);
}

function list({ params, query }: Call, pair: Pair): Answer {
  const describe = describerOf(params.version);
  const links = pair.linksOf(params.id ?? '');
  if (links === undefined) throw notFound();
  const limit = readLimit(query, { standard: MOST_ON_PAGE, most: MOST_ON_PAGE });
  const { page, paging } = pageOf(links, query.get('after') ?? undefined, limit);
  return { status: 200, body: { results: page.flatMap(describe), ...paging } };
}

function readBatch(portal: Portal, { params, body }: Call, pair: Pair): Answer {
  const describe = describerOf(params.version);
  const { inputs } = readBody(batchBody, body);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const { id, after } of inputs) {
    const { page, paging } = pageOf(pair.linksOf(id) ?? [], after, MOST_ON_PAGE);
    if (page.length > 0) results.push({ from: { id }, to: page.flatMap(describe), ...paging });
    else errors.push(nothingFor(id));
  }
  const at = new Date(portal.now()).toISOString();
  const common = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (errors.length === 0) return { status: 200, body: common };
  return { status: 207, body: { ...common, numErrors: errors.length, errors } };
}

function pageOf(links: readonly Linked[], after: string | undefined, limit: number) {
  const from = Number(after ?? 0);
  const next = String(from + limit);
  const paging = links.length > from + limit ? { paging: { next: { after: next, link: `?after=${next}` } } } : {};
  return { page: links.slice(from, from + limit), paging };
}

/** Versions before the fourth give an entry for each type of association, by its name. */
function describerOf(version = ''): (linked: Linked) => unknown[] {
  if (/^v[1-3]$/.test(version)) return ({ id, types }) => types.map(({ name }) => ({ id, type: name }));
  return ({ id, types }) => {
    const associationTypes = types.map(({ typeId, label }) => ({ category: 'HUBSPOT_DEFINED', typeId, label }));
    return [{ toObjectId: id, associationTypes }];
  };
}

/** The same for a record that is not there as for one that stands alone. */
function nothingFor(id: string) {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No associations were found for record ${id}`,
    context: { fromObjectId: [id] },
  };
}
