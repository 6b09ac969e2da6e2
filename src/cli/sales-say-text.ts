import { percentText, wholeText } from '../analysis/number-text.ts';
import type { Review } from '../analysis/review/review.ts';
import type { SalesSay } from '../analysis/review/sales-say.ts';
import { figureTable, shortLabel } from './figure-table.ts';
import { fold } from './print.ts';
import { GIVEN_BACK_WORDS, NO_REASONS } from './review-words.ts';

const MOST = 8;

/** What sales said of the leads that they were given, for a person at a terminal; nothing where they were given none. */
export function salesLines({ salesSay }: Pick<Review, 'salesSay'>): string[] {
  const { passed, working, notNow, rejected, silent, traits } = salesSay;
  if (passed === 0) return [];
  const told =
    `Of ${wholeText(passed)} leads that were passed on to sales now, they are working ${wholeText(working)}, gave back ${wholeText(notNow)} ` +
    `for later, rejected ${wholeText(rejected)}, and said nothing of ${wholeText(silent)}.`;
  const rows = traits
    .slice(0, MOST)
    .map(({ name, rejectedShare, othersShare, isApart }) => [
      `  ${shortLabel(name)}`,
      percentText(rejectedShare),
      percentText(othersShare),
      isApart ? 'sets them apart' : 'may be chance',
    ]);
  return [
    fold(told, 0),
    ...statusLines(salesSay),
    ...reasonLines(salesSay),
    ...(rows.length === 0 ? [] : figureTable([['', 'of the rejected', 'of the others', ''], ...rows])),
  ];
}

function statusLines({ statuses }: SalesSay): string[] {
  if (statuses.length === 0) return [];
  const rows = statuses.map(({ status, word, leads }) => [
    `  ${shortLabel(status)}`,
    wholeText(leads),
    GIVEN_BACK_WORDS[word],
  ]);
  return figureTable([['  the status that sales set', 'leads', ''], ...rows]);
}

function reasonLines({ statuses, reasons, withoutReason }: SalesSay): string[] {
  if (reasons.length === 0) return statuses.length === 0 ? [] : [fold(NO_REASONS, 0)];
  const rows = reasons
    .slice(0, MOST)
    .map(({ reason, rejected, notNow }) => [`  ${shortLabel(reason)}`, wholeText(rejected), wholeText(notNow)]);
  return [
    ...figureTable([['  the reason that sales name', 'rejected', 'for later'], ...rows]),
    ...(reasons.length > MOST ? [`  ${wholeText(reasons.length - MOST)} more reasons are on the page.`] : []),
    ...(withoutReason === 0 ? [] : [`  ${wholeText(withoutReason)} of the leads that they gave back have no reason.`]),
  ];
}
