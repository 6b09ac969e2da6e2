import type { CallKind } from '../../http/request-record.ts';
import { refusal } from '../http/salesforce-error.ts';
import { mintId } from '../org/ids.ts';

/** The rest of a query's rows, kept until they are fetched. */
export interface Cursor {
  readonly kind: CallKind;
  /** `query` or `queryAll`, as in the addresses of its pages. */
  readonly resource: string;
  readonly pageSize: number;
  readonly totalSize: number;
  /** The rows from a place on, as JSON writes them. */
  readonly rows: (from: number, to: number) => readonly unknown[];
}

/** How many are kept; Salesforce, too, drops the oldest when a user has too many open. */
const MOST_CURSORS = 100;

/** Queries of which there are more rows than one page holds. */
export class QueryCursors {
  readonly #cursors = new Map<string, Cursor>();
  #opened = 0;

  /** The locator of a query's rows. */
  open(cursor: Cursor): string {
    const id = mintId('01g', ++this.#opened);
    this.#cursors.set(id, cursor);
    for (const oldest of this.#cursors.keys()) {
      if (this.#cursors.size <= MOST_CURSORS) break;
      this.#cursors.delete(oldest);
    }
    return id;
  }

  /** @param locator as in an address: `01gGg0000000001AAA-2000`, the query and how many rows went before */
  find(locator: string): { readonly id: string; readonly cursor: Cursor; readonly from: number } {
    const [, id = '', from = ''] = /^(\w{18})-(\d+)$/.exec(locator) ?? [];
    const cursor = this.#cursors.get(id);
    if (cursor === undefined || Number(from) >= cursor.totalSize) {
      throw refusal('INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return { id, cursor, from: Number(from) };
  }

  kindOf(locator: string): CallKind {
    return this.#cursors.get(locator.slice(0, 18))?.kind ?? 'other';
  }

  /** Every locator is over, as after two days, or when the org was moved. */
  expire(): void {
    this.#cursors.clear();
  }
}
