import type { Score } from '../scoring/score.ts';
import type { Explanation } from './explanation.ts';
import { whyRuledOut } from './gate-gaps.ts';
import { timeText } from './print.ts';

/** When the score next changes by itself, and what changes then. */
export function nextText({ score, next }: Explanation): string {
  if (next === undefined) return 'never: nothing that can be seen changes with time alone';
  if ('notBefore' in next) return `not before ${timeText(next.notBefore)}`;
  const after = next.score;
  const [before, later] = [whyRuledOut(score), whyRuledOut(after)];
  const changes = [
    ...(after.total === score.total
      ? ofSameTotal(score, after)
      : [`the score goes from ${score.total} to ${after.total}`]),
    ...(after.grade === score.grade ? [] : [`the grade from ${score.grade} to ${after.grade}`]),
    ...(after.mql === score.mql ? [] : [after.mql ? 'it becomes an MQL' : 'it is no MQL any more']),
    ...more(after.flags, score.flags).map((flag) => `it gains the flag ${flag}`),
    ...more(score.flags, after.flags).map((flag) => `it loses the flag ${flag}`),
    ...more(later, before).map((why) => `it is ruled out: ${why}`),
    ...more(before, later).map((why) => `it is no longer ruled out: ${why}`),
  ];
  return `${timeText(next.at)}: ${changes.join(', ')}`;
}

/** What fit loses, engagement may gain. */
function ofSameTotal(score: Score, after: Score): string[] {
  return (['fit', 'engagement'] as const)
    .filter((name) => after[name] !== score[name])
    .map((name) => `${name} goes from ${score[name]} to ${after[name]}`);
}

const more = (words: readonly string[], others: readonly string[]) => words.filter((word) => !others.includes(word));
