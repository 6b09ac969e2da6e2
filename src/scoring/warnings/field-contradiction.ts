import { countriesNamed } from '../../leads/country.ts';
import type { ConditionSource } from '../condition-schema.ts';
import type { Sources } from '../operator-row.ts';
import type { Literal } from './literals.ts';
import { meeting } from './meeting.ts';

/** Whether no value of the field, nor the lack of one, gives all questions about it their answers. Says so only when sure. */
export function fieldContradiction(field: string, literals: readonly Literal[], sources: Sources): boolean {
  if (literals.length < 2) return false;
  return isThereAndNot(literals) || noNumber(literals) || noneLeft(literals) || noWordLeft(field, literals, sources);
}

function isThereAndNot(literals: readonly Literal[]): boolean {
  const absent = literals.some(({ question, answer }) => (answer ? question.missing : question.exists) === true);
  return absent && literals.some(needsValue);
}

function needsValue({ question, answer }: Literal): boolean {
  if (!answer) return question.missing === true;
  return question.missing === undefined && question.is !== '' && question.in?.includes('') !== true;
}

/** A range is at least its low end, and at most its high end, which may not lie below it. */
function noNumber(literals: readonly Literal[]): boolean {
  const bounds = literals.map(({ question: { at_least, at_most, between }, answer }) => ({
    answer,
    low: at_least ?? between?.[0],
    high: at_most ?? between?.[1],
    isPair: between !== undefined,
  }));
  const met = bounds.filter(({ answer }) => answer);
  const low = Math.max(...met.map((one) => one.low ?? Number.NEGATIVE_INFINITY));
  const high = Math.min(...met.map((one) => one.high ?? Number.POSITIVE_INFINITY));
  if (low > high) return true;
  // A number that is asked for elsewhere is there, so a no means that it lies on the other side.
  return bounds.some(
    (one) =>
      !one.answer &&
      !one.isPair &&
      ((one.low !== undefined && low >= one.low) || (one.high !== undefined && high <= one.high)),
  );
}

/** The operators that ask whether a reading is one of several. */
const ONE_OF: readonly ((question: ConditionSource) => readonly string[] | undefined)[] = [
  ({ seniority }) => seniority,
  ({ function: jobFunction }) => jobFunction,
  ({ domain }) => domain,
  ({ country }) => country?.flatMap((name) => [...(countriesNamed(name) ?? [])]),
];

function noneLeft(literals: readonly Literal[]): boolean {
  return ONE_OF.some((wordsOf) => {
    const allowed = literals.flatMap(({ question, answer }) => (answer ? [wordsOf(question)] : [])).filter(isGiven);
    const [first, ...others] = allowed;
    const refused = new Set(literals.flatMap(({ question, answer }) => (answer ? [] : (wordsOf(question) ?? []))));
    return first !== undefined && !first.some((one) => !refused.has(one) && others.every((more) => more.includes(one)));
  });
}

/** Where the words are counted, each can be tried. */
function noWordLeft(field: string, literals: readonly Literal[], sources: Sources): boolean {
  const allowed = literals.flatMap(({ question, answer }) =>
    answer ? [question.in ?? (question.is === undefined ? undefined : [question.is])] : [],
  );
  const [words] = allowed.filter(isGiven);
  return words !== undefined && !words.some(meeting(literals, field, sources));
}

function isGiven<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
