import { SECOND } from '../../base/clock.ts';
import type { Io } from '../io.ts';
import { type Cast, createCast } from './cast.ts';
import { asksForDemo, type Journey, visits } from './journeys.ts';
import type { World } from './world.ts';

/** How many demo requests by webhook are measured. */
const REQUESTS = 20;

export interface LiveResult {
  readonly fastTracks: readonly number[];
  readonly hotPollMs: number | undefined;
  readonly fastTracked: number;
}

/** One of everything, and enough demo requests to measure them by. */
export async function liveOnce(world: World, seed: number, io: Io, tell: (line: string) => void): Promise<LiveResult> {
  const { portal, webhooks } = world.sandbox;
  const cast = createCast(portal, seed);
  const { signal } = io;
  await Promise.all(
    ['/pricing', '/careers'].map(async (path) => {
      const person = cast.prospect();
      if (person !== undefined) tell((await visits(world, person.contact, path, signal)).line);
    }),
  );

  const byWebhook: Journey[] = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    const journey = await knownAsks(world, cast, signal);
    if (journey === undefined) break;
    byWebhook.push(journey);
    if (count === 0) tell(`${journey.line}, by webhook`);
  }
  const missed = byWebhook.filter(({ took }) => took === undefined);
  for (const { line } of missed) tell(line);

  // As in a portal without webhooks: nobody tells of this one, and the next poll finds it.
  if (webhooks !== undefined) webhooks.mode = 'drop';
  const byPoll = await strangerAsks(world, seed, signal);
  if (webhooks !== undefined) webhooks.mode = 'send';
  tell(`${byPoll.line}, by hot poll`);

  const fastTracks = byWebhook.flatMap(({ took }) => took ?? []);
  return { fastTracks, hotPollMs: byPoll.took, fastTracked: fastTracks.length + (byPoll.took === undefined ? 0 : 1) };
}

/** Goes on until the signal: every few seconds somebody does something. */
export async function liveOn(world: World, seed: number, io: Io, tell: (line: string) => void): Promise<void> {
  const cast = createCast(world.sandbox.portal, seed + 1);
  const paths = ['/pricing', '/product', '/careers', '/pricing', '/blog/lead-scoring'];
  for (let turn = 0; !io.signal.aborted; turn += 1) {
    await world.app.connection.clock.sleep(3 * SECOND, io.signal);
    const path = paths[turn % paths.length] ?? '/pricing';
    const person = cast.prospect();
    if (person === undefined) return;
    const journey =
      turn % 4 === 3
        ? await asksForDemo(world, person.email, {}, io.signal)
        : await visits(world, person.contact, path, io.signal);
    tell(journey.line);
  }
}

async function knownAsks(world: World, cast: Cast, signal: AbortSignal): Promise<Journey | undefined> {
  const person = cast.prospect();
  return person && asksForDemo(world, person.email, {}, signal);
}

function strangerAsks(world: World, seed: number, signal: AbortSignal): Promise<Journey> {
  const fields = { firstname: 'Noor', jobtitle: 'Head of Operations', company: 'Brightwater Logistics' };
  return asksForDemo(world, `noor.${seed}@brightwater-logistics.example`, fields, signal);
}
