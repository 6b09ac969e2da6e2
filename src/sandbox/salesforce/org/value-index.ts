import type { FieldValue } from './field.ts';
import type { SalesforceRecord } from './record.ts';

/**
 * Which records have, or once had, a text in a field. It never forgets: whoever asks looks at the records themselves, too.
 * That way a write costs one entry, whatever the value was before.
 */
export class ValueIndex {
  /** By the text in lower case. A single record stands for itself: most texts belong to one. */
  readonly #records = new Map<string, SalesforceRecord | SalesforceRecord[]>();

  add(record: SalesforceRecord, value: FieldValue): void {
    if (typeof value !== 'string') return;
    const key = value.toLowerCase();
    const there = this.#records.get(key);
    if (there === undefined) this.#records.set(key, record);
    else if (!Array.isArray(there)) {
      if (there !== record) this.#records.set(key, [there, record]);
    } else there.push(record);
  }

  /** How many there are at most. */
  count(value: string): number {
    const there = this.#records.get(value.toLowerCase());
    return Array.isArray(there) ? there.length : there === undefined ? 0 : 1;
  }

  /** Each once. */
  get(value: string): SalesforceRecord[] {
    const there = this.#records.get(value.toLowerCase());
    if (there === undefined) return [];
    return Array.isArray(there) ? [...new Set(there)] : [there];
  }
}
