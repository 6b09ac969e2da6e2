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
  return `${rates}${isApart ? '.' : ': that may be chance.'}${weightText(judged)}`;
}

function weightText(judged: Omit<CriterionVerdict, 'why'>): string {
  const { holds, rest, points = 0, given = points, weight, isApart, off = 0 } = judged;
  if (weight !== 'too much' && weight !== 'too little') return '';
  const amount = Math.round(Math.abs(off));
  const others = `they buy as often as others with ${amount} point${amount === 1 ? '' : 's'} ${off > 0 ? 'more' : 'fewer'}`;
  const isWrong = Math.sign(holds.conversion - rest.conversion) !== Math.sign(given);
  if (isApart && isWrong) return ` That is owed to what else holds for them: ${others}.`;
  return ` Beside the other criteria ${givenText(judged)} is ${weight}: ${others}.`;
}

/** `+10`, or `+23 in the mean` where it is not the same for all. */
function givenText({ points = 0, given }: Pick<CriterionVerdict, 'points' | 'given'>): string {
  return given === undefined ? signed(points) : `${signed(given)} in the mean`;
}

const signed = (points: number) => (points > 0 ? `+${points}` : String(points));
