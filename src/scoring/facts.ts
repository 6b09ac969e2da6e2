import type { DomainKind } from '../leads/email-domain.ts';
import type { JobFunction } from '../leads/job-function-table.ts';
import type { Lead } from '../leads/lead.ts';
import type { NumberRange } from '../leads/number.ts';
import type { Seniority } from '../leads/seniority-table.ts';
import { normaliseText } from '../leads/text.ts';

/** The ways in which a field is read. */
export interface Readings {
  readonly text: string;
  readonly number: NumberRange;
  readonly listKeys: readonly string[];
  readonly domain: DomainKind;
  readonly seniority: Seniority;
  readonly function: JobFunction;
  /** As `countryOf` gives it. */
  readonly country: string;
}

/** A field read in the ways that are asked for. */
export type FieldReading = { readonly [Kind in keyof Readings]: Readings[Kind] | undefined };

/** What a model makes of the value of one field: the answers to its questions, by their places. */
export interface FieldFacts {
  readonly answers: readonly boolean[];
  readonly number: NumberRange | undefined;
}

/** What the model needs to know of one lead. */
export interface Facts {
  /** By slot. */
  readonly fields: readonly FieldFacts[];
  /** The id of the first persona that the lead fits. */
  readonly persona: string | undefined;
}

export type Predicate = (facts: Facts) => boolean;

/** All that is asked about one field, so that each value of it has to be looked at once. */
export interface Slot {
  readonly field: string;
  /** How it must be read for that. */
  readonly kinds: Set<keyof Readings>;
  readonly questions: ((reading: FieldReading) => boolean)[];
}

/** The place of a field among the slots, to be read in this way too; at their end where it was not there yet. */
export function slotOf(slots: Slot[], kind: keyof Readings, field: string): number {
  const known = slots.findIndex((slot) => slot.field === field);
  const place = known < 0 ? slots.push({ field, kinds: new Set(), questions: [] }) - 1 : known;
  slots[place]?.kinds.add(kind);
  return place;
}

/** Puts a question about a field, read in this way; the predicate looks up the answer. */
export function ask<Kind extends keyof Readings>(
  slots: Slot[],
  kind: Kind,
  field: string,
  question: (reading: Readings[Kind] | undefined) => boolean,
): Predicate {
  const slot = slotOf(slots, kind, field);
  const place = (slots[slot]?.questions.push((reading) => question(reading[kind])) ?? 0) - 1;
  return ({ fields }) => fields[slot]?.answers[place] === true;
}

/** A field as it is compared. `email` is the primary address where no field of that name is read from the CRM. */
export function fieldOf(lead: Lead, field: string): string | undefined {
  // What every object has, such as `constructor`, is no text.
  const value: unknown = lead.fields[field];
  const text = typeof value === 'string' ? normaliseText(value) : undefined;
  return text ?? (field === 'email' ? lead.emails[0] : undefined);
}
