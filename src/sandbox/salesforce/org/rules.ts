import type { FieldValue } from './field.ts';
import type { SalesforceRecord } from './record.ts';
import type { WriteError } from './write-result.ts';

/** A record as it would be once it is saved. */
export interface Proposed {
  /** The object's name. */
  readonly type: string;
  /** As it is now; undefined while it is inserted. */
  readonly before: SalesforceRecord | undefined;
  get(field: string): FieldValue;
}

/** What an administrator wrote to keep bad records out. */
export interface ValidationRule {
  /** The object's name. */
  readonly type: string;
  /** The field at which the message is shown; none is at the top of the page. */
  readonly field?: string;
  readonly message: string;
  /** True where the record is refused. */
  readonly refuses: (proposed: Proposed) => boolean;
}

/** Nobody else may have the same value. */
export interface DuplicateRule {
  readonly type: string;
  readonly field: string;
}

/** The active lead assignment rule: gives the id of the new owner, or undefined for leads it says nothing of. */
export type AssignmentRule = (lead: Proposed) => string | undefined;

/** Writes that a test orders to fail: a lock, or a flow of the customer's that breaks. */
export interface Refusal {
  /** The record, or the account or campaign that it belongs to; any where absent. */
  readonly id?: string;
  /** The object's name; any where absent. */
  readonly type?: string;
  readonly error: WriteError;
  /** How many writes it meets; all of them unless told. */
  readonly times?: number;
}

/** The refusals that were ordered. The first that matches is the one. */
export class Refusals {
  #active: { readonly refusal: Refusal; left: number }[] = [];

  /** Orders a refusal; call the function returned to call it off. */
  add(refusal: Refusal): () => void {
    const entry = { refusal, left: refusal.times ?? Number.POSITIVE_INFINITY };
    this.#active.push(entry);
    return () => {
      this.#active = this.#active.filter((other) => other !== entry);
    };
  }

  /** The one that a write of this type, to a record of these ids, meets; used up by one. */
  meet(type: string, ids: readonly FieldValue[]): WriteError | undefined {
    const met = this.#active.find(
      ({ refusal, left }) =>
        left > 0 &&
        (refusal.type === undefined || refusal.type === type) &&
        (refusal.id === undefined || ids.includes(refusal.id)),
    );
    if (met === undefined) return undefined;
    met.left--;
    return met.refusal.error;
  }
}
