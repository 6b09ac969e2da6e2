import { ConfigError } from '../base/errors.ts';
import { wholeText } from './number-text.ts';

/** Below this, a history says nothing that chance does not. */
export const FEWEST_BUYERS = 50;
/** Below this, what it says is rough. */
export const FEW_BUYERS = 120;

/**
 * Whether a history holds enough to learn from or to judge by. What counts is the rarer of the two outcomes, mostly the buyers: 100,000
 * leads of whom ten bought are ten cases.
 * @returns what to warn of.
 * @throws ConfigError where there are too few who bought, or too few who did not.
 */
export function enoughData(bought: Uint8Array): string[] {
  const buyers = bought.reduce((sum, each) => sum + each, 0);
  const others = bought.length - buyers;
  if (buyers < FEWEST_BUYERS) throw new ConfigError(tooFew(buyers, bought.length));
  if (others < FEWEST_BUYERS) throw new ConfigError(tooFewOthers(others, bought.length));
  const fewer = Math.min(buyers, others);
  if (fewer >= FEW_BUYERS) return [];
  const who = buyers <= others ? `${buyers} buyers are` : `${others} leads that did not buy are`;
  return [
    `Only ${who} in the history: take its figures as rough, and look at the intervals. They are firmer from ${FEW_BUYERS} on.`,
  ];
}

function tooFew(buyers: number, leads: number): string {
  return (
    `${wholeText(buyers)} of ${wholeText(leads)} leads bought, which is too few to tell a sign from chance: ${FEWEST_BUYERS} are needed. ` +
    'Take a longer time, or an outcome that more leads reach, such as an opportunity.'
  );
}

function tooFewOthers(others: number, leads: number): string {
  return (
    `Only ${wholeText(others)} of ${wholeText(leads)} leads did not buy, which is too few to hold the buyers against: ${FEWEST_BUYERS} are ` +
    'needed. Take all leads of a time, not only those that became customers, and see that the outcome is the right one.'
  );
}
