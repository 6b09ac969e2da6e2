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
};

/** Every output, in the order in which they are written. */
export const OUTPUTS = Object.keys(CONFIG_KEYS).filter((key): key is keyof Outputs => key in CONFIG_KEYS);
