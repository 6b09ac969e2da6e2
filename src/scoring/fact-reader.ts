import { countryOf } from '../leads/country.ts';
import { type DomainKind, domainClassifier, domainOf } from '../leads/email-domain.ts';
import type { Lead } from '../leads/lead.ts';
import { listKeys } from '../leads/list-keys.ts';
import type { Lists } from '../leads/lists.ts';
import { parseNumberRange } from '../leads/number.ts';
import { normaliseText } from '../leads/text.ts';
import { type TitleReader, titleReader } from '../leads/titles.ts';
import type { Facts, FieldFacts, FieldReading, Predicate, Readings, Slot } from './facts.ts';
import type { Sources } from './operator-row.ts';
import { remembering } from './remembering.ts';

export type FactReader = (lead: Lead) => Facts;

/** A kind of people, and the questions about fields that tell them. */
export interface Persona {
  readonly id: string;
  readonly holds: Predicate;
}

/** Builds the reader of all slots; they must not grow afterwards. Of the personas, the first that holds is the lead's. */
export function factReader(slots: readonly Slot[], sources: Sources, personas: readonly Persona[]): FactReader {
  const readers = readersFor(slots, sources);
  const fields = slots.map((slot) => fieldReader(slot, readers));
  return (lead) => {
    const facts: { readonly fields: FieldFacts[]; persona: string | undefined } = { fields: [], persona: undefined };
    for (const readField of fields) facts.fields.push(readField(lead));
    for (const { id, holds } of personas) {
      if (holds(facts)) {
        facts.persona = id;
        break;
      }
    }
    return facts;
  };
}

type Readers = { readonly [Kind in keyof Readings]: (text: string) => Readings[Kind] | undefined };

/** Looks at one field of a lead. Values come again and again, so that most are only looked up; but for e-mail addresses, which are nobody else's. */
function fieldReader({ field, kinds, questions }: Slot, readers: Readers): (lead: Lead) => FieldFacts {
  const judge = (reading: FieldReading): FieldFacts => {
    const answers: boolean[] = [];
    for (const question of questions) answers.push(question(reading));
    return { answers, number: reading.number };
  };
  const missing = judge(NOTHING);
  const read = readingOf(kinds, readers);
  const look = (value: string): FieldFacts => {
    const text = normaliseText(value);
    return text === undefined ? missing : judge(read(text));
  };
  const lookUp = field === 'email' || kinds.has('domain') ? look : remembering(look);
  if (field === 'email') {
    // The primary address stands in where no field of that name is read from the CRM.
    return ({ fields, emails }) => {
      const { email } = fields;
      const facts = typeof email === 'string' ? lookUp(email) : missing;
      const primary = facts === missing ? emails[0] : undefined;
      return primary === undefined ? facts : lookUp(primary);
    };
  }
  return ({ fields }) => {
    // What every object has, such as `constructor`, is no text.
    const value: unknown = fields[field];
    return typeof value === 'string' ? lookUp(value) : missing;
  };
}

const NOTHING: FieldReading = {
  text: undefined,
  number: undefined,
  listKeys: undefined,
  domain: undefined,
  seniority: undefined,
  function: undefined,
  country: undefined,
};

/** Reads a text, as `normaliseText` gives it, in the ways asked for. */
function readingOf(kinds: ReadonlySet<keyof Readings>, readers: Readers): (text: string) => FieldReading {
  const only = <Kind extends keyof Readings>(kind: Kind): ((text: string) => Readings[Kind] | undefined) =>
    kinds.has(kind) ? readers[kind] : unread;
  const number = only('number');
  const keys = only('listKeys');
  const domain = only('domain');
  const seniority = only('seniority');
  const jobFunction = only('function');
  const country = only('country');
  return (text) => ({
    text,
    number: number(text),
    listKeys: keys(text),
    domain: domain(text),
    seniority: seniority(text),
    function: jobFunction(text),
    country: country(text),
  });
}

function unread(): undefined {
  return undefined;
}

function readersFor(slots: readonly Slot[], { lists, titles }: Sources): Readers {
  const asks = (kind: keyof Readings) => slots.some(({ kinds }) => kinds.has(kind));
  const title = asks('seniority') || asks('function') ? titleReader(titles) : NO_TITLES;
  return {
    text: (text) => text,
    number: parseNumberRange,
    listKeys,
    domain: domainReader(lists, asks('domain')),
    seniority: title.seniorityOf,
    function: title.functionOf,
    country: countryOf,
  };
}

/** For a model that asks nothing of titles: to build a reader takes time. */
const NO_TITLES: TitleReader = { seniorityOf: () => undefined, functionOf: () => undefined };

function domainReader(lists: Lists, isAsked: boolean): (text: string) => DomainKind | undefined {
  const classify = isAsked ? remembering(domainClassifier(lists)) : undefined;
  return (text) => {
    const domain = domainOf(text);
    return domain === undefined ? undefined : classify?.(domain);
  };
}
