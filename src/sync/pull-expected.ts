import { MINUTE, SECOND } from '../base/clock.ts';
import type { ActivityStream, CallOptions } from '../crm/crm.ts';
import { type Expected, giveUp, KEPT, readExpected } from '../ledger/expected.ts';
import { type Pace, takeTurn } from '../ledger/turns.ts';
import { readBaseline } from './baseline.ts';
import type { Connection } from './connection.ts';
import { hotStreams, ordinaryStreams, pullStreams } from './pull-streams.ts';

/** How long after the site told of a submission its form is looked at again, in milliseconds; the first look is at once. */
const LOOKS = [1, 2, 4, 8, 15, 30, 60].map((seconds) => seconds * SECOND);
const LAST_LOOK = Math.max(...LOOKS);

/** However much the site tells of, there are no more looks at hot forms, and at others, than one submission that never comes takes. */
const PACE: Pace = { most: 1 + LOOKS.length, within: MINUTE, apart: SECOND };

/**
 * Fetches the forms of which a company's own site told that somebody sent them, and asks to be woken again for as long as one
 * of those submissions is not there. What comes late, the usual polls find. @throws whatever a stream does, once all were tried.
 */
export async function pullExpected(connection: Connection, signal?: AbortSignal): Promise<void> {
  const { space, clock, wake } = connection;
  const now = clock.now();
  const expected = await readExpected(space);
  // Before the first backfill has begun nothing is fetched, so that nothing can be missed either.
  if (expected.length === 0 || (await readBaseline(connection)) === undefined) return;

  const forms = new Set(expected.map(({ form }) => form));
  const isExpected = ({ form }: { readonly form?: string }) => form !== undefined && forms.has(form);
  const held = new Map<string | undefined, number>();
  const look = async (turns: string, all: readonly ActivityStream[], options: CallOptions) => {
    const streams = all.filter(isExpected);
    const free = streams.length === 0 ? now : await takeTurn(space, turns, PACE, now);
    if (free > now) for (const { form } of streams) held.set(form, free);
    else await pullStreams(connection, streams, options);
  };
  // By turns of their own: a newsletter that many ask for must not use up those of a demo request.
  const pulls = await Promise.allSettled([
    look('pull-expected-hot', hotStreams(connection), { urgent: true, signal }),
    look('pull-expected', ordinaryStreams(connection), { signal }),
  ]);
  const failed = pulls.find((pull) => pull.status === 'rejected');
  const all = await readExpected(space);
  // Of those whose form had no turn, nothing can be said yet.
  const left = all.filter(({ form }) => !held.has(form));
  // Where a form could not be read, nothing can be said of what it holds.
  const patience = failed === undefined ? LAST_LOOK : KEPT;
  const isOver = ({ toldAt }: Expected) => toldAt <= now - patience;
  await tellMissed(connection, left.filter(isOver));
  if (failed !== undefined) throw failed.reason;
  const next = Math.min(...held.values(), ...left.filter((one) => !isOver(one)).map((one) => nextLook(one, now)));
  if (Number.isFinite(next)) await wake('pull-expected', { delay: Math.max(0, next - clock.now()) });
}

function nextLook({ toldAt }: Expected, now: number): number {
  return toldAt + (LOOKS.find((look) => toldAt + look > now) ?? LAST_LOOK);
}

async function tellMissed({ space, log }: Connection, missed: readonly Expected[]): Promise<void> {
  for (const one of missed) {
    const soFar = await giveUp(space, one);
    if (soFar === undefined) continue;
    log.warn('the site told of a submission that the CRM does not show', { form: one.form, soFar });
  }
}
