import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';
import { isoTime } from './print.ts';

/** A score as programs read it: times in ISO 8601; `score` is the total. */
export function scoreJson(model: CompiledModel, id: string, score: Score, at: number) {
  const { total, fit, engagement, grade, mql, missingRequired, flags, modelVersion } = score;
  return {
    id,
    at: isoTime(at),
    model: model.id,
    modelVersion,
    score: total,
    fit,
    engagement,
    grade,
    mql,
    gates: model.gates,
    missingRequired,
    flags,
    reasons: score.reasons.map(({ last, ...reason }) => ({ ...reason, last: isoTime(last) })),
    fastTracks: score.fastTracks.map(({ rule, activity }) => ({ rule, at: isoTime(activity.at) })),
    nextChange: isoTime(score.nextChange),
  };
}
