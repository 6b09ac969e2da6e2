import { asTodayText } from './as-today.ts';
import { leadsText, percentText } from './number-text.ts';
import type { CriterionVerdict } from './verdicts.ts';

/** Why a criterion is judged as it is, for people. */
export function verdictText(judged: Omit<CriterionVerdict, 'why'>): string {
  return [ratesText(judged), ...asTodayText(judged)].join(' ');
}

function ratesText(judged: Omit<CriterionVerdict, 'why'>): string {
  const { holds, rest, verdict, isApart } = judged;
  if (holds.leads === 0) return 'It holds for nobody.';
  if (rest.leads === 0) return 'It holds for everybody, so it tells nobody apart.';
  const rates = `${percentText(holds.conversion)} of the ${leadsText(holds.leads)} it holds for bought, ${percentText(rest.conversion)} of the others`;
  if (verdict === undefined) return `${rates}.`;
  if (verdict === 'denied') return `${rates}, though it gives ${givenText(judged)}.`;
  const weighed = weightText(judged);
  if (isApart) return [`${rates}.`, ...weighed].join(' ');
  return [`${rates}, which may be chance.`, ...weighed.map((text) => `But ${lower(text)}`)].join(' ');
}

function weightText(judged: Omit<CriterionVerdict, 'why'>): string[] {
  const { holds, rest, points = 0, given = points, weight, isApart, off = 0 } = judged;
  if (weight !== 'too much' && weight !== 'too little') return [];
  const others = `they buy as often as others with ${amountText(Math.abs(off))} ${off > 0 ? 'more' : 'fewer'}`;
  const isWrong = Math.sign(holds.conversion - rest.conversion) !== Math.sign(given);
  if (isApart && isWrong) return [`That is owed to what else holds for them: ${others}.`];
  return [`Beside the other criteria ${givenText(judged)} is ${weight}: ${others}.`];
}

/** Where a model's points hardly tell buyers from others, any difference is worth very many of them: no such number is to be taken at its word. */
const MOST_TOLD = 100;

function amountText(off: number): string {
  if (off > MOST_TOLD) return `over ${MOST_TOLD} points`;
  const amount = Math.round(off);
  return `${amount} point${amount === 1 ? '' : 's'}`;
}

/** `+10`, or `+23 in the mean` where it is not the same for all. */
function givenText({ points = 0, given }: Pick<CriterionVerdict, 'points' | 'given'>): string {
  return given === undefined ? signed(points) : `${signed(given)} in the mean`;
}

const signed = (points: number) => (points > 0 ? `+${points}` : String(points));
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
