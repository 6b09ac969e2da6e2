import { BEYOND, type Column } from './column.ts';
import { isNoAnswer, isNoNumber } from './no-answer.ts';

/**
 * What a column holds: nothing at all, the `same` in every row, yes or no, numbers, dates, one of some values, something else in
 * every row such as an address (`id`), or free text.
 */
export type ColumnKind = 'empty' | 'same' | 'yes-no' | 'number' | 'date' | 'category' | 'id' | 'text';

/** So many of a hundred answers must be of a kind; the others are slips. */
const NEARLY_ALL = 0.95;

/** In fewer rows every number may well be another one. */
const LEAST_FOR_ID = 20;

export function kindOf(column: Column): ColumnKind {
  const { answered, distinct, isComplete } = countAnswers(column);
  if (answered === 0) return 'empty';
  if (isComplete && distinct === 1) return answered === column.codes.length ? 'same' : 'category';
  if (isComplete && isYesNo(column)) return 'yes-no';
  if (shareOf(column.times, answered) >= NEARLY_ALL) return 'date';
  const numbers = numbersIn(column);
  if (numbers.length > 0 && numbers.length >= NEARLY_ALL * countNumeric(column)) {
    return isIdNumber(column, numbers) ? 'id' : isComplete && distinct <= FEW_NUMBERS ? 'category' : 'number';
  }
  return textKind(column, answered, distinct);
}

/** Such as 0, 1 and 2: each is a value of its own, and no bin has to be made of them. */
const FEW_NUMBERS = 3;

const WORDS_OF_YES_NO = new Set(['yes', 'no', 'true', 'false', '1', '0', '1.0', '0.0', 'y', 'n', 't', 'f']);

function isYesNo({ values }: Column): boolean {
  const answers = values.filter((text) => !isNoAnswer(text));
  return answers.length === 2 && answers.every((text) => WORDS_OF_YES_NO.has(text));
}

/** Cells with an answer, and how many of these are different ones as far as they were kept. */
function countAnswers({ codes, values }: Column) {
  const isAnswer = values.map((text) => !isNoAnswer(text));
  let answered = 0;
  let beyond = 0;
  for (const code of codes) {
    if (code === BEYOND) beyond += 1;
    if (code === BEYOND || isAnswer[code] === true) answered += 1;
  }
  return { answered, distinct: isAnswer.filter((is) => is).length, isComplete: beyond === 0 };
}

/** Cells that could hold a number. */
function countNumeric({ codes, values }: Column): number {
  const isOne = values.map((text) => !isNoNumber(text));
  return codes.reduce((count, code) => count + (code === BEYOND || isOne[code] === true ? 1 : 0), 0);
}

function shareOf(read: Float64Array | undefined, answered: number): number {
  return (read?.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0) ?? 0) / answered;
}

/** The numbers of a column, in the order of its rows. */
export function numbersIn({ numbers }: Column): Float64Array {
  return numbers?.filter((value) => !Number.isNaN(value)) ?? new Float64Array();
}

/** Whole numbers, another one in every row, that are called so, or that rise or fall all the way down the table. */
function isIdNumber({ name }: Column, numbers: Float64Array): boolean {
  if (numbers.length < LEAST_FOR_ID || !numbers.every(Number.isInteger)) return false;
  if (new Set(numbers).size < NEARLY_ALL * numbers.length) return false;
  return /\b(id|no|nr|number|key|code|phone|mobile|zip)\b/i.test(name.replaceAll('_', ' ')) || isSorted(numbers);
}

function isSorted(numbers: Float64Array): boolean {
  const rises = numbers.every((value, index) => index === 0 || value > (numbers[index - 1] ?? value));
  return rises || numbers.every((value, index) => index === 0 || value < (numbers[index - 1] ?? value));
}

/** Texts of which more than a half are there once only are no choices that somebody made. */
function textKind({ filledAfter }: Column, answered: number, distinct: number): ColumnKind {
  const share = distinct / (filledAfter ?? answered);
  if (share >= NEARLY_ALL && answered >= LEAST_FOR_ID) return 'id';
  return share > 0.5 ? 'text' : 'category';
}
