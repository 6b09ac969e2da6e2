import type { Explanation } from './explanation.ts';
import { gateGaps } from './gate-gaps.ts';
import { isoTime } from './print.ts';
import { scoreJson } from './score-json.ts';

/** The explanation for programs: what `score --json` gives, and more. */
export function explanationJson(explanation: Explanation) {
  const { model, record, stage, at, score, next, fastTracks, differs, note } = explanation;
  const { outputs } = record;
  return {
    ...scoreJson(model, record.lead.id, score, at),
    gaps: gateGaps(model, score),
    fastTracks: fastTracks.map(({ rule, activity, state }) => ({ rule, at: isoTime(activity.at), state })),
    next: next && {
      at: isoTime(next.at),
      score: next.score.total,
      grade: next.score.grade,
      mql: next.score.mql,
      flags: next.score.flags,
    },
    crm: {
      ...outputs,
      scoredAt: isoTime(outputs.scoredAt),
      mqlAt: isoTime(outputs.mqlAt),
      fastTrackAt: isoTime(outputs.fastTrackAt),
      stage,
      differs,
    },
    note,
  };
}
