import { originOf } from '../http/origin.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import type { BusinessUnit } from './business-unit.ts';
import { pardotError, pardotErrorAnswer } from './pardot-error.ts';
import type { PardotTable } from './pardot-table.ts';
import { queryPage } from './query-page.ts';
import { readSelection } from './selection.ts';

const SCOPE = 'pardot_api';
const CUT_OFF = '203;Record count for nextPageToken sequence has been exceeded. No page token returned.';

/**
 * Account Engagement's API v5, which has a host, limits and errors of its own; here it is served beside the org's API.
 * https://developer.salesforce.com/docs/marketing/pardot/guide/version5overview.html
 */
export function pardotRoutes(unit: BusinessUnit): Route[] {
  return unit.tables.flatMap((table): Route[] => {
    const path = `/api/v5/objects/${table.path}`;
    const kind = table.path === 'visitor-activities' ? 'activity' : 'read';
    const common = { method: 'GET', kind, cost: 0, errorAnswer: pardotErrorAnswer } as const;
    return [
      { ...common, template: path, handle: guarded(unit, (call) => query(unit, table, call)) },
      { ...common, template: `${path}/{id}`, handle: guarded(unit, (call) => read(unit, table, call)) },
    ];
  });
}

function guarded(unit: BusinessUnit, handle: (call: Call) => Answer): (call: Call) => Answer {
  return (call) => {
    if (!call.session.scopes.includes(SCOPE))
      throw pardotError(184, 'access_token is invalid, unknown, or malformed', 401);
    const id = call.headers['pardot-business-unit-id'];
    if (id === undefined) throw pardotError(181, 'A required header is missing: Pardot-Business-Unit-Id');
    if (id !== unit.id)
      throw pardotError(201, 'Business Unit specified in Pardot-Business-Unit-Id header not found or inactive.');
    if (!unit.requests.take()) throw pardotError(122, 'Daily API rate limit met', 429);
    return handle(call);
  };
}

function query(unit: BusinessUnit, table: PardotTable, call: Call): Answer {
  const { time, relations, mostRecords, cacheLag } = unit;
  const now = unit.now();
  const fields = call.query.get('fields');
  const select = readSelection(table, fields, relations, time);
  const page = queryPage(call.query, { table, time, now, cachedAt: now - cacheLag, mostRecords });
  const { nextPageToken } = page;
  const next = new URLSearchParams({ fields: fields ?? '', nextPageToken: nextPageToken ?? '' });
  return {
    status: 200,
    headers: page.cutOff ? { 'Pardot-Warning': CUT_OFF } : {},
    body: {
      nextPageToken,
      nextPageUrl: nextPageToken === null ? null : `${originOf(call)}/api/v5/objects/${table.path}?${next}`,
      values: page.rows.map(select),
    },
  };
}

function read(unit: BusinessUnit, table: PardotTable, { params, query }: Call): Answer {
  const select = readSelection(table, query.get('fields'), unit.relations, unit.time);
  const row = table.find(Number(params.id));
  if (row === undefined || (table.archivable && row.get('isDeleted') === true && query.get('deleted') !== 'true'))
    throw pardotError(109, 'The requested record was not found.', 404);
  return { status: 200, body: select(row) };
}
