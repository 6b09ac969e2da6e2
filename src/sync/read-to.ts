import { MINUTE } from '../base/clock.ts';
import type { ActivityStream, CallOptions, Observation, Window } from '../crm/crm.ts';
import { readCursor, saveCursor } from '../ledger/progress.ts';
import type { Space } from '../ledger/space.ts';
import type { Seen } from './seen-observations.ts';

/** What a poll reads of a stream. */
export interface Wanted {
  readonly window: Window;
  /** Set where it ends at the first page that tells nothing new: up to when an earlier poll has dealt with all there was. */
  readonly knownTo?: number;
}

/** How often a hot poll reads the whole window, in milliseconds. */
const WHOLE = MINUTE;

/**
 * What came since the last poll, and before that as far back as something may have come in late. Where hundreds ask for a demo within that
 * time, it would be a dozen calls for each of them, and sales wait for all: a hot poll of what comes latest first looks for the late
 * ones once a minute alone, and then as far back behind the time at which it did so last.
 */
export async function wantedOf(
  space: Space,
  stream: ActivityStream,
  { baseline, now }: { readonly baseline: number; readonly now: number },
  { urgent }: CallOptions,
): Promise<Wanted> {
  const cursor = (await readCursor(space, stream.name, now)) ?? baseline;
  const whole = await readCursor(space, wholeKey(stream), now);
  const from = Math.min(cursor, whole ?? cursor) - stream.overlap;
  const isBrief = urgent === true && stream.latestFirst === true && whole !== undefined && now < whole + WHOLE;
  return { window: { from, to: now - stream.lag }, ...(isBrief && { knownTo: cursor }) };
}

/** Whether all that follows this page was seen, but for what came in late. `fresh` are those of the page that were not. */
export function isSeenTo({ knownTo }: Wanted, page: readonly Observation[], fresh: readonly Seen[]): boolean {
  const last = page.at(-1);
  if (knownTo === undefined || last === undefined) return false;
  // After a poll that failed half way, some that are seen come before others that are not.
  return last.activity.at < knownTo && fresh.at(-1)?.observation !== last;
}

/** The next poll goes on from there. */
export async function saveRead(space: Space, stream: ActivityStream, { window, knownTo }: Wanted): Promise<void> {
  await saveCursor(space, stream.name, window.to);
  if (knownTo === undefined) await saveCursor(space, wholeKey(stream), window.to);
}

const wholeKey = (stream: ActivityStream) => `${stream.name} whole`;
