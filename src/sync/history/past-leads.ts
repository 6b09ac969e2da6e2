import { createHash } from 'node:crypto';
import { type Growing, growing } from '../../analysis/table/growing.ts';
import type { PastRecord } from '../../crm/crm.ts';
import type { Lead } from '../../leads/lead.ts';

/**
 * Leads with all that their fields ever held. They go by their number, in the order in which they came; what is kept of each are numbers
 * alone, and each text once, so that 200,000 of them take some tens of megabytes. Times are milliseconds since 1970, NaN where there is none.
 */
export interface PastLeads {
  readonly count: number;
  /** When the CRM first knew them. */
  readonly createdAt: Float64Array;
  readonly customerSince: Float64Array;
  readonly convertedAt: Float64Array;
  /** Our names of the fields that any of them ever had. */
  readonly fields: readonly string[];
  /** A share from 0 to below 1 that belongs to the lead's id, and to no run. */
  readonly draw: Float64Array;
  /** As `leadAt` gives a lead, but for its ids, which nobody needs, and its address, which is one of the fields. */
  leadAt(lead: number, time: number): Lead;
  /** The fields that came to hold another value than at `from` after that, up to `to`: not those that were emptied. */
  changedBetween(lead: number, from: number, to: number): string[];
}

export interface PastLeadsBuilder {
  /** Returns the number of the lead. */
  add(record: PastRecord): number;
  finish(): PastLeads;
}

export function pastLeads(): PastLeadsBuilder {
  const [createdAt, customerSince, convertedAt, draw] = [times(), times(), times(), times()];
  const versions = { starts: codes(), fields: codes(), texts: codes(), since: times() };
  const fields = dictionary();
  const texts = dictionary();
  // Its number is 0.
  texts.codeOf('');
  let count = 0;
  let length = 0;

  function keep(field: string, value: string | undefined, since: number): void {
    versions.fields.push(fields.codeOf(field));
    versions.texts.push(texts.codeOf(shortened(value ?? '')));
    versions.since.push(since);
    length += 1;
  }

  return {
    add({ lead, past, customerSince: customer, convertedAt: converted }) {
      versions.starts.push(length);
      createdAt.push(lead.createdAt);
      customerSince.push(customer ?? Number.NaN);
      convertedAt.push(converted ?? Number.NaN);
      draw.push(drawOf(lead.id));
      for (const [field, values] of Object.entries(past)) {
        for (const { value, since } of values) keep(field, value, since);
      }
      const [email] = lead.emails;
      // The model language knows the address as the field `email`, whether config maps it or not.
      const present = email === undefined ? lead.fields : { email, ...lead.fields };
      for (const [field, value] of Object.entries(present)) {
        if (!Object.hasOwn(past, field)) keep(field, value, Number.NEGATIVE_INFINITY);
      }
      count += 1;
      return count - 1;
    },
    finish() {
      versions.starts.push(length);
      return heldLeads(
        {
          createdAt: createdAt.finish(),
          customerSince: customerSince.finish(),
          convertedAt: convertedAt.finish(),
          draw: draw.finish(),
        },
        {
          starts: versions.starts.finish(),
          fields: versions.fields.finish(),
          texts: versions.texts.finish(),
          since: versions.since.finish(),
          fieldNames: fields.words,
          textOf: texts.words,
        },
      );
    },
  };
}

/** In a scope of its own: what was needed to add leads, such as the numbers of all texts, is not kept alive by it. */
function heldLeads(
  times: Pick<PastLeads, 'createdAt' | 'customerSince' | 'convertedAt' | 'draw'>,
  versions: Versions,
): PastLeads {
  const { createdAt } = times;
  return {
    ...times,
    count: createdAt.length,
    fields: versions.fieldNames,
    leadAt: (lead, time) => ({
      id: '',
      formerIds: [],
      emails: [],
      fields: fieldsAt(versions, lead, time),
      createdAt: createdAt[lead] ?? 0,
    }),
    changedBetween: (lead, from, to) => changedFields(versions, lead, { from, to }),
  };
}

/** What fields held, lead by lead and field by field, each oldest first. */
interface Versions {
  /** By lead, where its own begin; one entry more says where those of the last one end. */
  readonly starts: Uint32Array;
  readonly fields: Uint32Array;
  readonly texts: Uint32Array;
  readonly since: Float64Array;
  readonly fieldNames: readonly string[];
  readonly textOf: readonly string[];
}

/** The number of the empty text. */
const EMPTY = 0;

function fieldsAt(versions: Versions, lead: number, time: number): Record<string, string> {
  const { starts, fields, texts, since, fieldNames, textOf } = versions;
  const held: Record<string, string> = {};
  const end = starts[lead + 1] ?? 0;
  for (let place = starts[lead] ?? 0; place < end; ) {
    const field = fields[place];
    let text = EMPTY;
    for (; place < end && fields[place] === field; place++) {
      if ((since[place] ?? 0) <= time) text = texts[place] ?? 0;
    }
    const name = fieldNames[field ?? 0];
    const value = textOf[text];
    if (name !== undefined && value !== undefined && value !== '') held[name] = value;
  }
  return held;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function changedFields(
  { starts, fields, texts, since, fieldNames }: Versions,
  lead: number,
  { from, to }: Span,
): string[] {
  const changed: string[] = [];
  const end = starts[lead + 1] ?? 0;
  for (let place = starts[lead] ?? 0; place < end; ) {
    const field = fields[place];
    let before = EMPTY;
    let isChanged = false;
    for (; place < end && fields[place] === field; place++) {
      const [text = EMPTY, at = 0] = [texts[place], since[place]];
      if (at <= from) before = text;
      else if (at <= to && text !== before && text !== EMPTY) isChanged = true;
    }
    const name = fieldNames[field ?? 0];
    if (isChanged && name !== undefined) changed.push(name);
  }
  return changed;
}

/** Numbers for words. Once no more are looked up, the words alone remain. */
function dictionary() {
  const words: string[] = [];
  const known = new Map<string, number>();
  return {
    words,
    codeOf(word: string): number {
      const code = known.get(word);
      if (code !== undefined) return code;
      known.set(word, words.length);
      words.push(word);
      return words.length - 1;
    },
  };
}

/** Notes of many pages would fill the memory, and no criterion reads so far. */
const LONGEST_TEXT = 2_000;

/** As a text of its own: a piece of a longer one would keep all of that alive. */
function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : Buffer.from(text.slice(0, LONGEST_TEXT)).toString();
}

const DRAWN_BYTES = 6;

function drawOf(id: string): number {
  const hash = createHash('sha256').update(`looked at ${id}`).digest();
  return hash.readUIntBE(0, DRAWN_BYTES) / 2 ** (8 * DRAWN_BYTES);
}

const times = (): Growing<Float64Array> => growing((length) => new Float64Array(length));
const codes = (): Growing<Uint32Array> => growing((length) => new Uint32Array(length));
