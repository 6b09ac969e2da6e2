import type { CompiledModel } from '../scoring/compiled-model.ts';
import { formatReasons } from '../scoring/format-reasons.ts';
import type { Score } from '../scoring/score.ts';
import { whyNotMql } from './gate-gaps.ts';

/** A score in a few lines; `explain` tells it at length. */
export function scoreText(model: CompiledModel, score: Score): string[] {
  const reasons = formatReasons(score.reasons, Number.POSITIVE_INFINITY);
  const rules = [...new Set(score.fastTracks.map(({ rule }) => rule))];
  return [
    `score ${score.total}, grade ${score.grade} (fit ${score.fit}, engagement ${score.engagement})`,
    score.mql ? 'MQL: yes' : `MQL: not yet, ${whyNotMql(model, score).join(', ')}`,
    ...(rules.length === 0 ? [] : [`fast track: ${rules.join(', ')}`]),
    ...(score.flags.length === 0 ? [] : [`flags: ${score.flags.join(', ')}`]),
    ...(reasons === '' ? ['nothing scores'] : reasons.split('\n').map((line) => `  ${line}`)),
  ];
}
