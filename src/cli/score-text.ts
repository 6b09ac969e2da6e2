import type { CompiledModel } from '../scoring/compiled-model.ts';
import { formatReasons } from '../scoring/format-reasons.ts';
import type { Score } from '../scoring/score.ts';
import { hanging } from './explain-hanging.ts';
import { leftOutText } from './explain-left-out.ts';
import { isRuledOut, whyNotMql } from './gate-gaps.ts';
import { leadText, seriesOf } from './lifecycle-text.ts';
import { timeText } from './print.ts';

/** A score in a few lines; `explain` tells it at length. */
export function scoreText(model: CompiledModel, score: Score): string[] {
  const { total, grade, fit, engagement, persona, flags, leftOut } = score;
  const reasons = formatReasons(score.reasons, Number.POSITIVE_INFINITY);
  const rules = new Set([...score.fastTracks, ...score.heldRules].map(({ rule }) => rule));
  // Whoever goes to sales gets no letters.
  const series = score.mql || rules.size > 0 ? [] : seriesOf(score);
  return [
    `score ${total}, grade ${grade} (fit ${fit}, engagement ${engagement})`,
    hanging(mqlText(model, score), 0),
    ...leadText(model, score),
    ...(persona === undefined ? [] : [`persona: ${persona}`]),
    ...(rules.size === 0 ? [] : [`fast track: ${[...rules].join(', ')}`]),
    ...(series.length === 0 ? [] : [`nurture: ${series.join(', ')}`]),
    ...(flags.length === 0 ? [] : [`flags: ${flags.join(', ')}`]),
    ...(reasons === '' ? ['nothing scores'] : reasons.split('\n').map((line) => `  ${line}`)),
    ...leftOut.map((one) => hanging(`left out: ${timeText(one.activity.at)}, ${leftOutText(one)}`, 0)),
  ];
}

function mqlText(model: CompiledModel, score: Score): string {
  const { mql, override } = score;
  if (mql) return override === undefined ? 'MQL: yes' : 'MQL: yes, set by hand';
  const isNo = isRuledOut(score) || override === 'disqualified';
  return `MQL: ${isNo ? 'no' : 'not yet'}, ${whyNotMql(model, score).join(', ')}`;
}
