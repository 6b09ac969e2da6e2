import { type ChangedAfter, changeWithPurchase } from './changed-after.ts';
import { soundsLater } from './later-words.ts';
import { percentText, wholeText } from './number-text.ts';

/** What is known of a column, a field or a kind of activity before anything is learned from it. Shares are from 0 to 1. */
export interface ColumnFacts {
  /** As people call it, and as `--ignore` takes it. */
  readonly name: string;
  /**
   * How well it alone tells buyers from others; NaN where that was not measured. `sourceFacts` measures it for the sources of features:
   * never by the rates of the very leads that are judged, or a column with another value for each lead would know everything.
   */
  readonly auc: number;
  /** The share of buyers, and of others, for whom it has a value; absent where it has none by nature, as what people did. */
  readonly filledForBuyers?: number;
  readonly filledForOthers?: number;
  /** For whom it was changed after that, where the past of it is known. */
  readonly changedAfter?: ChangedAfter;
  /** Our names of the fields that it is read from, where they are known. */
  readonly fields?: readonly string[];
  /** Set of what a model asks and of what people did: what it is called does not tell when it was known. */
  readonly isQuestion?: true;
}

/** No honest sign of a purchase to come is as good alone. */
const TOO_GOOD_ALONE = 0.9;
/** Nor are all signs together, of which points are made up. */
const TOO_GOOD_TOGETHER = 0.95;
/** One is filled in mostly for buyers, or for others, where it is so many times as often, and by so much, that few leads do not make it. */
const TIMES_AS_OFTEN = 2;
const MORE_OFTEN_BY = 0.1;
/** Below this a column does no harm, whatever it is called. */
const TELLS_SOMETHING = 0.55;

/** How what leaks is left out: with `--ignore` where something is learnt, and by hand where a model or columns of points are judged. */
export type LeaveOut = 'ignore' | 'model' | 'points';

/**
 * Which columns likely know the outcome, because they were filled in with it or after it. A model that learns from them looks splendid
 * on paper and has nothing to go by for a new lead. Sentences for people, each with the column and what to do about it; surest first.
 */
export function leakageOf(columns: readonly ColumnFacts[], how: LeaveOut = 'ignore'): string[] {
  const byStrength = [...columns].sort((one, other) => strength(other) - strength(one));
  const isChanged = changeWithPurchase(byStrength.map(({ changedAfter }) => changedAfter));
  const measured = byStrength.map((column, place) => ({
    column,
    warning:
      aloneLeak(column, how) ??
      (isChanged[place] === true ? changedLeak(column, how) : undefined) ??
      filledLeak(column, how),
  }));
  const hinted = measured.filter(
    ({ column, warning }) => warning === undefined && strength(column) >= TELLS_SOMETHING && maySoundLater(column),
  );
  const leaking = new Set(
    measured.flatMap(({ column, warning }) =>
      warning === undefined || column.isQuestion ? [] : (column.fields ?? []),
    ),
  );
  // Who leaves a field out is rid of what asks for it as well.
  const isSaid = ({ isQuestion, fields = [] }: ColumnFacts) => isQuestion && fields.some((field) => leaking.has(field));
  return [
    ...measured.flatMap(({ column, warning }) => (warning === undefined || isSaid(column) ? [] : [warning])),
    ...hintedLeaks(
      hinted.map(({ column }) => column.name),
      how,
    ),
  ];
}

/** What to say of an AUC, be it a model's or a score's, that is better than history allows; undefined of any other. */
export function tooGoodToBeTrue(auc: number): string | undefined {
  if (!(auc >= TOO_GOOD_TOGETHER)) return undefined;
  return (
    `An AUC of ${auc.toFixed(3)} is too good to be true: something behind it was likely known only once the leads had bought. ` +
    'Look at what it is made of, and leave out what sales or time fill in later.'
  );
}

function aloneLeak(column: ColumnFacts, how: LeaveOut): string | undefined {
  const { name, auc, isQuestion } = column;
  const tooGood = how === 'points' ? TOO_GOOD_TOGETHER : TOO_GOOD_ALONE;
  if (Number.isNaN(auc) || strength(column) <= tooGood) return undefined;
  return (
    `"${name}" alone tells a buyer from another lead ${Math.floor(strength(column) * 100)} times in 100, as nothing does that is known before a ` +
    `purchase: it ${isQuestion ? 'likely came' : 'was likely filled in'} with the outcome or after it. Leave it out${leaveOut(how, [name])}`
  );
}

function changedLeak({ name, changedAfter }: ColumnFacts, how: LeaveOut): string | undefined {
  if (changedAfter === undefined) return undefined;
  const { buyers, ofBuyers, others, ofOthers } = changedAfter;
  return (
    `"${name}" was changed for ${wholeText(buyers)} of ${wholeText(ofBuyers)} buyers with the outcome or within a month after it, and for ` +
    `${wholeText(others)} of ${wholeText(ofOthers)} others in as long a time: what it says today comes of the purchase, and does not ` +
    `foretell it. Leave it out${leaveOut(how, [name])}`
  );
}

function filledLeak({ name, filledForBuyers, filledForOthers }: ColumnFacts, how: LeaveOut): string | undefined {
  if (filledForBuyers === undefined || filledForOthers === undefined) return undefined;
  const more = Math.max(filledForBuyers, filledForOthers);
  const less = Math.min(filledForBuyers, filledForOthers);
  if (more - less < MORE_OFTEN_BY || more < TIMES_AS_OFTEN * less) return undefined;
  const whom = filledForBuyers > filledForOthers ? 'buyers' : 'those who did not buy';
  return (
    `"${name}" is filled in mostly for ${whom}: for ${percentText(filledForBuyers)} of the buyers and ${percentText(filledForOthers)} of the ` +
    `others. Unless it was so before the outcome, leave it out${leaveOut(how, [name])}`
  );
}

/** How far from chance it is, on either side; as far as can be where that was not measured. */
function strength({ auc }: ColumnFacts): number {
  return Number.isNaN(auc) ? 1 : Math.max(auc, 1 - auc);
}

const maySoundLater = ({ name, isQuestion }: ColumnFacts) => isQuestion === undefined && soundsLater(name);

function hintedLeaks(names: readonly string[], how: LeaveOut): string[] {
  if (names.length === 0) return [];
  const isOne = names.length === 1;
  const quoted = names.map((name) => `"${name}"`);
  const listed = isOne ? quoted.join() : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
  return [
    `${listed} ${isOne ? 'sounds' : 'sound'} like something that sales, time or another score fill in later. Unless it was there before the ` +
      `outcome, leave ${isOne ? 'it' : 'them'} out${leaveOut(how, names)}`,
  ];
}

function leaveOut(how: LeaveOut, names: readonly string[]): string {
  if (how !== 'ignore') return ` of the ${how}.`;
  // A comma parts names.
  const written = names.map((name) => (name.includes(',') ? `${name.slice(0, name.indexOf(','))}*` : name));
  return `: --ignore "${written.join(',')}"`;
}
