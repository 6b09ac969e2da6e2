import type { Call } from '../http/route.ts';
import type { FieldValue } from '../org/field.ts';
import type { Org, Writing } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import type { WriteResult } from '../org/write-result.ts';

type Given = Readonly<Record<string, unknown>>;

/** Writes to an org, several together if need be: all of them stay, or none does. */
export class Writer {
  readonly #org: Org;
  /** How to take back what was written so far; undefined while every write stands for itself. */
  #undo: (() => void)[] | undefined;

  constructor(org: Org) {
    this.#org = org;
  }

  insert(type: string, values: Given, writing: Writing): WriteResult {
    const result = this.#org.insert(type, values, writing);
    if (result.success) this.#undo?.push(() => this.#org.purge(result.id));
    return result;
  }

  update(id: string, values: Given, writing: Writing): WriteResult {
    const back = this.#remember(id);
    const result = this.#org.update(id, values, writing);
    if (result.success) this.#undo?.push(back);
    return result;
  }

  delete(id: string, writing: Writing): WriteResult {
    const back = this.#remember(id);
    const result = this.#org.delete(id, writing);
    if (result.success) {
      this.#undo?.push(() => {
        this.#org.undelete(id);
        back();
      });
    }
    return result;
  }

  /** Runs writes that belong together; they are taken back, last first, where it returns false. */
  together(run: () => boolean): void {
    const outer = this.#undo;
    const own: (() => void)[] = [];
    this.#undo = own;
    let keep = false;
    try {
      keep = run();
    } finally {
      this.#undo = outer;
      if (keep) outer?.push(...own);
      else for (const back of own.reverse()) back();
    }
  }

  #remember(id: string): () => void {
    const record = this.#undo === undefined ? undefined : this.#org.findAny(id);
    if (record === undefined) return () => {};
    const before = [...record.slots];
    return () => putBack(record, before);
  }
}

/** What the request's headers say of a write. https://developer.salesforce.com/docs/platform/api-rest/guide/headers.html */
export function writingOf({ session, headers }: Pick<Call, 'session' | 'headers'>): Writing {
  const assign = headers['sforce-auto-assign'];
  return {
    by: session.userId,
    // Anything but false, such as the id of a rule, has the leads assigned.
    ...(assign === undefined ? {} : { autoAssign: !/^\s*false\s*$/i.test(assign) }),
    allowDuplicates: /\ballowSave\s*=\s*true\b/i.test(headers['sforce-duplicate-rule-header'] ?? ''),
  };
}

function putBack(record: SalesforceRecord, before: readonly FieldValue[]): void {
  for (const field of record.type.fields()) {
    const value = before[field.slot] ?? null;
    if ((record.slots[field.slot] ?? null) !== value) record.type.write(record, field, value);
  }
}
