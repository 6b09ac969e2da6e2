import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../processes/demo-requests.ts';
import type { PortalProcess } from '../processes/portal.ts';

/** How leadgauge comes to know of a demo request. */
export type Way = 'webhook' | 'hotPoll';

/** Demo requests that were made, and what becomes of them. */
export interface Asked {
  readonly way: Way;
  readonly outcomes: Promise<readonly Outcome[]>;
}

export interface Asking {
  readonly portal: PortalProcess;
  /** For so long, in milliseconds. */
  readonly ms: number;
  /** How long after the other each comes in the mean, in milliseconds. */
  readonly apart: number;
  /** How long a hot poll may take to come round, in milliseconds. */
  readonly period: number;
  /** Ends it sooner. */
  readonly isOver?: () => boolean;
  readonly signal: AbortSignal;
}

/** For the work of a poll, in milliseconds. */
const WORK = 3_000;

/** People ask for a demo, in no step with anything that leadgauge does, and the portal's webhooks tell of it or are all lost. */
export async function askForDemos(
  way: Way,
  { portal, ms, apart, period, isOver = () => false, signal }: Asking,
): Promise<Asked> {
  await portal.webhooks(way === 'webhook' ? 'send' : 'drop');
  const asked: Promise<Outcome>[] = [];
  const end = performance.now() + ms;
  while (performance.now() < end && !isOver()) {
    const outcome = portal.requestDemo();
    // Awaited below; until then a rejection must not count as unhandled.
    outcome.catch(() => {});
    asked.push(outcome);
    await sleep(apart * (0.5 + Math.random()), undefined, { signal });
  }
  const outcomes = Promise.all(asked);
  outcomes.catch(() => {});
  // Else a webhook of the next turn would bring to light what only the poll may find.
  if (way === 'hotPoll') await sleep(period + WORK, undefined, { signal });
  return { way, outcomes };
}
