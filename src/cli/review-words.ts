import type { FiringWord } from '../analysis/review/criteria-firing.ts';
import type { DriftWord } from '../analysis/review/drift.ts';
import type { Review } from '../analysis/review/review.ts';
import type { SaidStatus } from '../analysis/review/sales-say.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2 Nov 2026`, or `2 Nov`. @param time in ISO 8601. */
export function dayText(time: string, withYear = true): string {
  const date = new Date(time);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return withYear ? `${day} ${date.getUTCFullYear()}` : day;
}

/** What is held against what. */
export function periodSentence({ weeks, since, at, earlierSince }: Review): string {
  return `“Now” is ${dayText(since)} to ${dayText(at)}, the last ${weeks} weeks; “before” is the ${weeks} weeks before that, from ${dayText(earlierSince)} on.`;
}

/** A mark beside the heading of what a learnt model says of leads that it may know; none where it cannot. */
export function learntMark(
  { learntUntil, since }: Pick<Review, 'learntUntil' | 'since'>,
  when: 'earlier' | 'now',
): string {
  const isKnown = learntUntil !== undefined && (when === 'earlier' || learntUntil >= since.slice(0, 10));
  return isKnown ? '*' : '';
}

/** What the mark means. @param learntUntil as the review has it. */
export function learntSentence(name: string, learntUntil: string): string {
  return `* ${name} was learnt from leads that had come by ${dayText(learntUntil)}. Those it knows, and looks better on them than it is.`;
}

export const DRIFT_WORDS: Readonly<Record<DriftWord, string>> = {
  steady: 'steady',
  'may be chance': 'may be chance',
  shifted: 'has shifted',
  'much shifted': 'has shifted much',
  'too few leads': 'too few leads to say',
  'past unknown': 'as it is today, no drift can be told',
};

export const FIRING_WORDS: Readonly<Record<FiringWord, string>> = {
  stopped: 'stopped',
  never: 'never holds',
  fewer: 'less than half as often',
  more: 'more than twice as often',
  'as before': 'as before',
  'past unknown': DRIFT_WORDS['past unknown'],
};

export const GIVEN_BACK_WORDS: Readonly<Record<SaidStatus['word'], string>> = {
  rejected: 'rejected',
  'not-now': 'for later',
};

/** Where sales gave leads back, and none of them has a reason. */
export const NO_REASONS =
  'None of them has a reason: “reason” below “sales_status” in the CRM’s file names where sales give one.';

/** `below 10`, `10 to 39`, `40 and more`, for whole scores. */
export function bandLabel(from: number, next: number | undefined, isFirst: boolean): string {
  if (next === undefined) return isFirst ? 'all' : `${from}+`;
  if (isFirst) return `below ${next}`;
  return next - 1 > from ? `${from}–${next - 1}` : String(from);
}
