import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';
import { isoTime } from './print.ts';

/** A score as programs read it: times in ISO 8601; `score` is the total. */
export function scoreJson(model: CompiledModel, id: string, score: Score, at: number) {
  const {
    total,
    fit,
    engagement,
    grade,
    mql,
    lead,
    missingRequired,
    persona,
    disqualifications,
    override,
    flags,
    cold,
  } = score;
  return {
    id,
    at: isoTime(at),
    model: model.id,
    modelVersion: score.modelVersion,
    applies: true,
    score: total,
    fit,
    engagement,
    grade,
    mql,
    gates: model.gates,
    lead: model.leadGates && lead,
    leadGates: model.leadGates,
    missingRequired,
    persona,
    disqualifications,
    override,
    flags,
    reasons: score.reasons.map(({ last, ...reason }) => ({ ...reason, last: isoTime(last) })),
    fastTracks: score.fastTracks.map(({ rule, activity }) => ({ rule, at: isoTime(activity.at) })),
    heldRules: score.heldRules.map(({ rule }) => ({ rule })),
    nurture: score.nurture.map(({ rule, activity }) => ({ rule, at: isoTime(activity.at) })),
    cold: cold && { since: isoTime(cold.since), recycleAt: isoTime(cold.recycleAt) },
    leftOut: score.leftOut.map(({ activity: { type, at: time, name, deliveredAt }, why }) => {
      return { type, at: isoTime(time), name, deliveredAt: isoTime(deliveredAt), why };
    }),
    nextChange: isoTime(score.nextChange),
  };
}

/** That a model is not about the lead. */
export function notAboutJson({ id: model, version }: CompiledModel, id: string, at: number) {
  return { id, at: isoTime(at), model, modelVersion: version, applies: false };
}
