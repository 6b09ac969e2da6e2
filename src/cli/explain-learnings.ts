import { FUNCTIONS } from '../leads/job-function-table.ts';
import type { Lead } from '../leads/lead.ts';
import type { ConditionSource } from '../scoring/condition-schema.ts';
import { fieldOf } from '../scoring/facts.ts';
import type { Sources } from '../scoring/operator-row.ts';
import { type OperatorName, operatorNames } from '../scoring/operators.ts';
import type { Literal } from '../scoring/warnings/literals.ts';
import { meeting } from '../scoring/warnings/meeting.ts';
import { or } from './explain-words.ts';

/** What would have to be learned of a lead for these questions to have their answers. */
interface Learnings {
  /** A value for each field that is empty and must not be. */
  readonly fields: Readonly<Record<string, string>>;
  readonly phrases: readonly string[];
}

/** Undefined where no value comes to mind. Of fields that hold something nothing is said: they are as they are. */
export function learnings(literals: readonly Literal[], lead: Lead, sources: Sources): Learnings | undefined {
  const fields: [string, string][] = [];
  const phrases: string[] = [];
  for (const [field, own] of Map.groupBy(literals, ({ question }) => question.field)) {
    if (field === undefined || fieldOf(lead, field) !== undefined) continue;
    const word = ['', ...wordsFor(own, sources)].find(meeting(own, field, sources));
    if (word === undefined) return undefined;
    if (word === '') continue;
    fields.push([field, word]);
    phrases.push(`${field} ${inWords(own, word)}`);
  }
  return { fields: Object.fromEntries(fields), phrases };
}

/** Values that may meet the questions: those that they name, and whatever else is a value at all. */
function wordsFor(literals: readonly Literal[], { lists }: Sources): string[] {
  const questions = literals.flatMap(({ question, answer }) => (answer ? [question] : []));
  const named = questions.flatMap(({ is, in: among, contains, country, in_list: list }) => [
    ...(is === undefined ? [] : [is]),
    ...(among ?? []),
    ...(contains ?? []),
    ...(country ?? []),
    ...[...((list === undefined ? undefined : lists.get(list)) ?? [])].slice(0, MOST_OF_LIST),
  ]);
  const numbers = questions.flatMap(({ at_least, at_most, between }) => [at_least, at_most, ...(between ?? [])]);
  const asksTitle = questions.some(({ seniority, function: work }) => seniority !== undefined || work !== undefined);
  return [...named, ...numbers.flatMap((number) => number ?? []).map(String), ...(asksTitle ? TITLES : []), 'x'];
}

const MOST_OF_LIST = 20;

const RANKS = [
  'Chief Officer',
  'CEO',
  'Vice President',
  'Director',
  'Head',
  'Manager',
  'Senior',
  'Staff',
  'Junior',
  'Intern',
  'Student',
];
const WORKS = FUNCTIONS.map((work) => work.replaceAll('-', ' '));
/** Titles of every rank and every line of work that the table knows, alone and together. */
const TITLES = [...RANKS, ...WORKS, ...RANKS.flatMap((rank) => WORKS.map((work) => `${rank} ${work}`))];

/** `is 100 or more`; where only something is not to be, `has a value`. */
function inWords(literals: readonly Literal[], word: string): string {
  const asked = literals.flatMap(({ question, answer }) => (answer ? [question] : []));
  const parts = asked.flatMap((question) => operatorNames.flatMap((name) => phrase(name, question, word) ?? []));
  return parts.length === 0 ? 'has a value' : [...new Set(parts)].join(' and ');
}

function phrase(name: OperatorName, question: ConditionSource, word: string): string | undefined {
  const { at_least, at_most, between, contains, in_list, domain, seniority, country, not_in } = question;
  if (question[name] === undefined) return undefined;
  switch (name) {
    case 'is':
    case 'in':
      return `is "${word}"`;
    case 'not_in':
      return `is not ${or(not_in)}`;
    case 'contains':
      return `has ${or(contains?.map((each) => `"${each}"`))} in it`;
    case 'at_least':
      return `is ${numberText(at_least)} or more`;
    case 'at_most':
      return `is ${numberText(at_most)} or less`;
    case 'between':
      return (
        between &&
        (between[0] === between[1]
          ? `is ${numberText(between[0])}`
          : `is from ${numberText(between[0])} to ${numberText(between[1])}`)
      );
    case 'in_list':
      return `is on the list ${in_list}`;
    case 'domain':
      return `is ${or(domain)}`;
    case 'seniority':
      return `says ${or(seniority)}`;
    case 'function':
      return `says ${or(question.function)}`;
    case 'country':
      return `is in ${or(country)}`;
    case 'matches':
      return 'fits the pattern of the model';
    case 'exists':
      return 'has a value';
    case 'missing':
      return undefined;
  }
}

const numberText = (number: number | undefined) => number?.toLocaleString('en-US') ?? '';
