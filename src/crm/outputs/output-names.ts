import type { Outputs } from '../crm.ts';
import type { OutputKey } from './output-model.ts';

/** Under which key of config an output has its property. */
export const CONFIG_KEYS: Readonly<Record<keyof Outputs, OutputKey>> = {
  score: 'score',
  fit: 'fit',
  engagement: 'engagement',
  grade: 'grade',
  reasons: 'reasons',
  flags: 'flags',
  mql: 'mql',
  persona: 'persona',
  disqualified: 'disqualified',
  modelVersion: 'model_version',
  scoredAt: 'scored_at',
  mqlAt: 'mql_at',
  route: 'route',
  fastTrack: 'fast_track',
  fastTrackAt: 'fast_track_at',
  leadAt: 'lead_at',
  recycledAt: 'recycled_at',
  stageReason: 'stage_reason',
  nurture: 'nurture',
  nurtureAt: 'nurture_at',
  routedAt: 'routed_at',
  followUpBy: 'follow_up_by',
  followUp: 'follow_up',
  firstTouchedAt: 'first_touched_at',
  attempts: 'attempts',
  overdue: 'overdue',
};

/** Every output, in the order in which they are written. */
export const OUTPUTS = Object.keys(CONFIG_KEYS).filter((key): key is keyof Outputs => key in CONFIG_KEYS);
