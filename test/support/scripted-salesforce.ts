import type { ApiAnswer, ApiCall, SalesforceApi } from '../../src/crm/salesforce/api/api.ts';

type Fields = Record<string, unknown>;
/** What a row or a whole request is answered with once. */
export interface Refused {
  readonly statusCode: string;
  readonly message?: string;
  readonly fields?: readonly string[];
}

/** Where the connection breaks: whatever is thrown there. */
export interface ScriptedOptions {
  /** By the id of the record; a row is refused once for each. */
  readonly refusals?: Readonly<Record<string, readonly Refused[]>>;
  /** Called before each request is answered, with how many there were before it. */
  readonly before?: (call: ApiCall, count: number) => void;
  /** What the org does to a record after it was written. */
  readonly afterWrite?: (record: Fields) => void;
}

export interface ScriptedSalesforce extends SalesforceApi {
  readonly calls: readonly ApiCall[];
  /** By id. */
  readonly records: ReadonlyMap<string, Fields>;
  /** The rows of each collection that was written, in their order. */
  readonly written: readonly (readonly Fields[])[];
  /** Every query that was asked, whichever way. */
  readonly queries: readonly string[];
  add(record: Fields & { readonly Id: string }): void;
}

export const MODIFIED = '2026-11-16T09:00:00.000+0000';

/**
 * Answers what writing asks for as Salesforce documents it: composite requests with a collection and queries by id in them, queries by
 * themselves, and new records. No rule of its own: every refusal is scripted.
 */
export function createScriptedSalesforce(options: ScriptedOptions = {}): ScriptedSalesforce {
  const records = new Map<string, Fields>();
  const left = new Map(Object.entries(options.refusals ?? {}).map(([id, all]) => [id, [...all]]));
  const calls: ApiCall[] = [];
  const written: Fields[][] = [];
  const queries: string[] = [];

  function answer(method: string, url: string, body: unknown): { status: number; body: unknown } {
    const { pathname, searchParams } = new URL(url, 'http://org');
    if (pathname.endsWith('/composite/sobjects') && method === 'PATCH') return { status: 200, body: update(body) };
    const [, single] = /\/sobjects\/(?:Lead|Contact|Account)\/(\w+)$/.exec(pathname) ?? [];
    if (single !== undefined && method === 'PATCH') return updateOne(single, body);
    if (/\/query(?:All)?$/.test(pathname)) return { status: 200, body: query(searchParams.get('q') ?? '') };
    if (pathname.endsWith('/composite')) return { status: 200, body: composite(body) };
    if (pathname.endsWith('/sobjects/Task')) return create(body);
    throw new Error(`nothing is scripted for ${method} ${pathname}`);
  }

  function composite(body: unknown) {
    const { compositeRequest } = body as {
      compositeRequest: { method: string; url: string; referenceId: string; body?: unknown }[];
    };
    return {
      compositeResponse: compositeRequest.map((each) => {
        const { status, body: told } = answer(each.method, each.url, each.body);
        return { referenceId: each.referenceId, httpStatusCode: status, httpHeaders: {}, body: told };
      }),
    };
  }

  function update(body: unknown) {
    const { records: rows } = body as { records: (Fields & { Id: string })[] };
    written.push(rows);
    return rows.map(({ Id, attributes: _, ...fields }) => {
      const refused = left.get(Id)?.shift();
      if (refused !== undefined) return { success: false as const, errors: [{ message: '', fields: [], ...refused }] };
      const record = records.get(Id) ?? { Id };
      Object.assign(record, fields);
      options.afterWrite?.(record);
      records.set(Id, record);
      return { id: Id, success: true as const, errors: [] };
    });
  }

  /** One record by itself has errors of another shape. */
  function updateOne(Id: string, body: unknown) {
    const [row] = update({ records: [{ Id, ...(body as Fields) }] });
    if (row?.success !== false) return { status: 204, body: null };
    const errors = row.errors.map(({ statusCode, ...rest }) => ({ errorCode: statusCode, ...rest }));
    return { status: 400, body: errors };
  }

  function query(soql: string) {
    queries.push(soql);
    const [, list = '', object = '', where = ''] = /^SELECT (.+?) FROM (\w+)(?: WHERE (.+))?$/.exec(soql) ?? [];
    const wanted = new Set([...where.matchAll(/'([^']*)'/g)].map(([, text]) => text));
    const rows = [...records.values()].filter(({ Id, WhoId, type }) => {
      return (type === undefined || type === object) && (wanted.has(String(Id)) || wanted.has(String(WhoId)));
    });
    const told = rows.map((record) => ({
      attributes: { type: object },
      ...Object.fromEntries(
        list.split(',').map((name) => [name.trim(), record[name.trim()] ?? DEFAULTS[name.trim()] ?? null]),
      ),
    }));
    return { totalSize: told.length, done: true, records: told };
  }

  function create(body: unknown) {
    const fields = body as Fields;
    const refused = left.get(String(fields.OwnerId ?? 'nobody'))?.shift();
    if (refused !== undefined) throw refused;
    const Id = `00T${String(records.size).padStart(12, '0')}AAA`;
    records.set(Id, { Id, type: 'Task', ...fields });
    return { status: 201, body: { id: Id, success: true, errors: [] } };
  }

  return {
    calls,
    records,
    written,
    queries,
    add: (record) => void records.set(record.Id, record),
    async call(call): Promise<ApiAnswer> {
      options.before?.(call, calls.length);
      calls.push(call);
      const { status, body } = answer(call.method, call.path, call.body);
      return { status, body, header: () => undefined };
    },
  };
}

const DEFAULTS: Readonly<Record<string, unknown>> = { SystemModstamp: MODIFIED, IsDeleted: false };
