import { type DomainKind, domainClassifier, domainOf } from '../leads/email-domain.ts';
import type { Lead } from '../leads/lead.ts';
import { listKeys } from '../leads/list-keys.ts';
import type { Lists } from '../leads/lists.ts';
import { type NumberRange, parseNumberRange } from '../leads/number.ts';
import { seniorityOf } from '../leads/seniority.ts';
import type { Seniority } from '../leads/seniority-table.ts';
import { normaliseText } from '../leads/text.ts';

/** The ways in which a field is read. */
export interface Readings {
  readonly text: string;
  readonly number: NumberRange;
  readonly listKeys: readonly string[];
  readonly domain: DomainKind;
  readonly seniority: Seniority;
}

/** What the model needs to know of one lead: each field read once in each way asked for, by slot. */
export type Facts = { readonly [Kind in keyof Readings]: readonly (Readings[Kind] | undefined)[] };

export type Predicate = (facts: Facts) => boolean;

/** Which field lies in which slot. */
export type Slots = { readonly [Kind in keyof Readings]: string[] };

export type FactReader = (lead: Lead) => Facts;

export function noSlots(): Slots {
  return { text: [], number: [], listKeys: [], domain: [], seniority: [] };
}

/** The slot of a field read in this way; a new one where there is none yet. */
export function slotOf(slots: Slots, kind: keyof Readings, field: string): number {
  return placeIn(slots[kind], field);
}

/** Builds the reader of all slots; `slots` must not grow afterwards. */
export function factReader(slots: Slots, lists: Lists): FactReader {
  const classify = slots.domain.length > 0 ? domainClassifier(lists) : undefined;
  const domainKind = (text: string): DomainKind | undefined => {
    const domain = domainOf(text);
    return domain === undefined ? undefined : classify?.(domain);
  };
  // Every field is normalised once, however many ways it is read in.
  const fields = [...slots.text];
  const inTexts = (kind: keyof Readings): number[] => slots[kind].map((field) => placeIn(fields, field));
  const number = inTexts('number');
  const keys = inTexts('listKeys');
  const domain = inTexts('domain');
  const seniority = inTexts('seniority');
  return (lead) => {
    const text = fields.map((field) => fieldOf(lead, field));
    return {
      text,
      number: readAll(text, number, parseNumberRange),
      listKeys: readAll(text, keys, listKeys),
      domain: readAll(text, domain, domainKind),
      seniority: readAll(text, seniority, seniorityOf),
    };
  };
}

/** A field as it is compared. `email` is the primary address where no field of that name is read from the CRM. */
export function fieldOf(lead: Lead, field: string): string | undefined {
  const value = Object.hasOwn(lead.fields, field) ? lead.fields[field] : undefined;
  return normaliseText(value) ?? (field === 'email' ? lead.emails[0] : undefined);
}

function readAll<Reading>(
  texts: readonly (string | undefined)[],
  places: readonly number[],
  read: (text: string) => Reading | undefined,
): (Reading | undefined)[] {
  return places.map((place) => {
    const text = texts[place];
    return text === undefined ? undefined : read(text);
  });
}

/** Where the field stands among others; at their end where it was not yet. */
function placeIn(fields: string[], field: string): number {
  const place = fields.indexOf(field);
  return place < 0 ? fields.push(field) - 1 : place;
}
