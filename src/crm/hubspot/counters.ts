import type { Activity, ActivityType } from '../../leads/activity.ts';
import { ENGAGEMENT_COUNTERS } from './engagement-counters.ts';
import { pageViewCounter } from './page-view-counters.ts';

/** Activities of one type that a contact's own properties tell of: how many, and when the last one was. */
export interface Counter {
  readonly type: ActivityType;
  readonly properties: readonly string[];
  read(properties: Readonly<Record<string, string | null>>): Activity[];
}

const COUNTERS: readonly Counter[] = [pageViewCounter, ...ENGAGEMENT_COUNTERS];

/** Those of types that no stream tells one by one: nothing counts twice. */
export function countersBeside(streamed: ReadonlySet<ActivityType>): readonly Counter[] {
  return COUNTERS.filter(({ type }) => !streamed.has(type));
}
