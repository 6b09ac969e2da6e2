import { ConfigError } from '../base/errors.ts';
import { wholeText } from './number-text.ts';

/** Below this, a history says nothing that chance does not. */
export const FEWEST_BUYERS = 50;
/** Below this, what it says is rough. */
export const FEW_BUYERS = 120;

/**
 * Why a history does not hold enough to learn from or to judge by; undefined where it does. What counts is the rarer of the two outcomes,
 * mostly the buyers: 100,000 leads of whom ten bought are ten cases.
 */
export function tooLittleData(bought: Uint8Array): string | undefined {
  const { buyers, others } = outcomesOf(bought);
  if (buyers < FEWEST_BUYERS) return tooFew(buyers, bought.length);
  return others < FEWEST_BUYERS ? tooFewOthers(others, bought.length) : undefined;
}

/**
 * What to warn of where a history holds enough.
 * @throws ConfigError where there are too few who bought, or too few who did not.
 */
export function enoughData(bought: Uint8Array): string[] {
  const lacking = tooLittleData(bought);
  if (lacking !== undefined) throw new ConfigError(lacking);
  const { buyers, others } = outcomesOf(bought);
  const fewer = Math.min(buyers, others);
  if (fewer >= FEW_BUYERS) return [];
  const who = buyers <= others ? `${buyers} buyers are` : `${others} leads that did not buy are`;
  return [
    `Only ${who} in the history: take its figures as rough, and look at the intervals. They are firmer from ${FEW_BUYERS} on.`,
  ];
}

function outcomesOf(bought: Uint8Array): { readonly buyers: number; readonly others: number } {
  const buyers = bought.reduce((sum, each) => sum + each, 0);
  return { buyers, others: bought.length - buyers };
}

function tooFew(buyers: number, leads: number): string {
  return (
    `${wholeText(buyers)} of ${wholeText(leads)} leads bought, which is too few to tell a sign from chance: ${FEWEST_BUYERS} are needed. ` +
    'Take leads of a longer time, or an outcome that more of them reach.'
  );
}

function tooFewOthers(others: number, leads: number): string {
  return (
    `Only ${wholeText(others)} of ${wholeText(leads)} leads did not buy, which is too few to hold the buyers against: ${FEWEST_BUYERS} are ` +
    'needed. Take all leads of a time, not only those that became customers, and see that the outcome is the right one.'
  );
}
