import type { CallKind } from './request-record.ts';

/** Something that is to go wrong. Without `times` it goes wrong for ever. */
export interface Fault {
  readonly method?: string;
  /** The start of the path as sent, or a pattern for it. */
  readonly path: string | RegExp;
  /** What the call must be for, as the record has it: one address may be for many things. */
  readonly kind?: CallKind;
  /** Before: the request is not carried out. After: it is, and then the answer goes wrong. */
  readonly when?: 'before' | 'after';
  /** Answer so. Without `status`, `body` and `reset` the request is carried out, and its answer delayed, cut or given headers. */
  readonly status?: number;
  /** JSON value, or text that is sent as it is; with status 200 unless told. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds by the sandbox's clock, before anything is sent. */
  readonly delayMs?: number;
  /** Break the connection instead of answering. */
  readonly reset?: boolean;
  /** Break it after half the body. */
  readonly halfBody?: boolean;
  /** How many requests it meets. */
  readonly times?: number;
  /** How many matching requests it lets pass first. */
  readonly skip?: number;
}

/** The faults that were ordered. The first that matches is the one. */
export class Faults {
  #active: { fault: Fault; left: number; skip: number; met: number }[] = [];

  /** Orders a fault; call the function returned to call it off. */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY, skip: fault.skip ?? 0, met: 0 };
    this.#active.push(entry);
    return () => {
      this.#active = this.#active.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.#active = [];
  }

  list(): { fault: Fault; left: number; met: number }[] {
    return this.#active.map(({ fault, left, met }) => ({ fault, left, met }));
  }

  /** The fault that this request meets, used up by one. */
  meet(method: string, path: string, kind: CallKind): Fault | undefined {
    for (const entry of this.#active) {
      if (entry.left <= 0 || !matches(entry.fault, method, path, kind)) continue;
      if (entry.skip > 0) {
        entry.skip--;
        continue;
      }
      entry.left--;
      entry.met++;
      return entry.fault;
    }
    return undefined;
  }
}

function matches(
  { method, path, kind }: Fault,
  actualMethod: string,
  actualPath: string,
  actualKind: CallKind,
): boolean {
  if (kind !== undefined && kind !== actualKind) return false;
  if (method !== undefined && method.toUpperCase() !== actualMethod) return false;
  // A pattern with the g flag would remember where it stopped.
  return typeof path === 'string'
    ? actualPath.startsWith(path)
    : new RegExp(path.source, path.flags.replace(/[gy]/g, '')).test(actualPath);
}
