/** What a call is for, as a connector would count it. */
export type CallKind = 'read' | 'search' | 'write' | 'activity' | 'related' | 'setup' | 'sign-in' | 'other';

/** One request that the sandbox was sent. */
export class RecordedRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** With `{id}` and the like for what varies: `/crm/objects/{version}/contacts/{id}`. */
  readonly template: string;
  readonly query: Readonly<Record<string, string>>;
  readonly kind: CallKind;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of the answer as it was sent; 0 where the connection was broken before one. */
  status = 0;
  /** A fault that was ordered met it. */
  faulty = false;
  readonly #text: string | undefined;

  constructor(
    request: Pick<RecordedRequest, 'method' | 'path' | 'template' | 'query' | 'kind' | 'at'>,
    text: string | undefined,
  ) {
    this.method = request.method;
    this.path = request.path;
    this.template = request.template;
    this.query = request.query;
    this.kind = request.kind;
    this.at = request.at;
    this.#text = text;
  }

  /** The JSON that was sent; text where it is none, undefined where there was nothing or it was not kept. */
  get body(): unknown {
    if (this.#text === undefined || this.#text === '') return undefined;
    try {
      return JSON.parse(this.#text);
    } catch {
      return this.#text;
    }
  }

  toJSON(): Record<string, unknown> {
    const { method, path, template, query, kind, at, status, faulty, body } = this;
    return { method, path, template, query, kind, at, status, faulty, body };
  }
}

export interface RecordOptions {
  /** How many of the last requests are kept; 5,000 unless told. Counts are exact all the same. */
  readonly keep?: number;
  /** Which bodies are kept with them; all unless told. */
  readonly bodies?: 'all' | 'writes' | 'none';
}

export interface RequestFilter {
  readonly method?: string;
  /** The start of the path or of its template, or a pattern for either. */
  readonly path?: string | RegExp;
  readonly kind?: CallKind;
  readonly status?: number;
}

interface Count {
  readonly method: string;
  readonly template: string;
  readonly kind: CallKind;
  readonly status: number;
  count: number;
}

/** The last requests, and how many there were of each sort. */
export class RequestRecord {
  readonly #keep: number;
  readonly #bodies: 'all' | 'writes' | 'none';
  readonly #counts = new Map<string, Count>();
  #kept: RecordedRequest[] = [];

  constructor({ keep = 5_000, bodies = 'all' }: RecordOptions = {}) {
    this.#keep = keep;
    this.#bodies = bodies;
  }

  begin(request: ConstructorParameters<typeof RecordedRequest>[0], text: string): RecordedRequest {
    const keepBody = this.#bodies === 'all' || (this.#bodies === 'writes' && request.kind === 'write');
    const recorded = new RecordedRequest(request, keepBody ? text : undefined);
    this.#kept.push(recorded);
    if (this.#kept.length > this.#keep * 1.25 + 16) this.#kept = this.#kept.slice(-this.#keep);
    return recorded;
  }

  end(recorded: RecordedRequest, status: number): void {
    recorded.status = status;
    const key = `${recorded.method} ${recorded.template} ${recorded.kind} ${status}`;
    const count = this.#counts.get(key);
    if (count !== undefined) count.count++;
    else {
      const { method, template, kind } = recorded;
      this.#counts.set(key, { method, template, kind, status, count: 1 });
    }
  }

  /** Those kept, oldest first. */
  all(filter: RequestFilter = {}): RecordedRequest[] {
    const kept = this.#kept.slice(-this.#keep);
    return kept.filter((one) => fits(filter, one, [one.path, one.template]));
  }

  /** How many were answered, exactly; a path is matched against the template. */
  count(filter: RequestFilter = {}): number {
    let sum = 0;
    for (const one of this.#counts.values()) if (fits(filter, one, [one.template])) sum += one.count;
    return sum;
  }

  /** How many were answered, by `METHOD /template` and status. */
  counts(): Record<string, Record<string, number>> {
    const table: Record<string, Record<string, number>> = {};
    for (const { method, template, status, count } of this.#counts.values()) {
      const key = `${method} ${template}`;
      const row = table[key] ?? {};
      table[key] = row;
      row[status] = (row[status] ?? 0) + count;
    }
    return table;
  }

  clear(): void {
    this.#kept = [];
    this.#counts.clear();
  }
}

function fits(
  { method, path, kind, status }: RequestFilter,
  one: { method: string; kind: CallKind; status: number },
  paths: readonly string[],
): boolean {
  if (method !== undefined && method !== one.method) return false;
  if (kind !== undefined && kind !== one.kind) return false;
  if (status !== undefined && status !== one.status) return false;
  if (path === undefined) return true;
  return paths.some((actual) => (typeof path === 'string' ? actual.startsWith(path) : actual.search(path) >= 0));
}
