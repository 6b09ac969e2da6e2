import { SECOND } from '../../base/clock.ts';
import type { Io } from '../io.ts';
import type { Cast } from './demo-crm.ts';
import { type Asking, asksForDemo, doesSomething, type Journey } from './journeys.ts';
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
  const { signal } = io;
  const { marketing } = world;
  const cast = marketing.cast(seed);
  await Promise.all(
    [0, 1].map(async (turn) => {
      const person = cast.prospect();
      if (person !== undefined) tell((await doesSomething(marketing, person, turn, signal)).line);
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
  marketing.tell('drop');
  const byPoll = await strangerAsks(world, seed, signal);
  marketing.tell('send');
  tell(`${byPoll.line}, by hot poll`);

  const fastTracks = byWebhook.flatMap(({ took }) => took ?? []);
  return { fastTracks, hotPollMs: byPoll.took, fastTracked: fastTracks.length + (byPoll.took === undefined ? 0 : 1) };
}

/** Goes on until the signal: every few seconds somebody does something. */
export async function liveOn(world: World, seed: number, io: Io, tell: (line: string) => void): Promise<void> {
  const { marketing } = world;
  const cast = marketing.cast(seed + 1);
  for (let turn = 0; !io.signal.aborted; turn += 1) {
    await marketing.connection.clock.sleep(3 * SECOND, io.signal);
    const person = shared(world, cast);
    if (person === undefined) return;
    const journey =
      turn % 4 === 3
        ? await asksForDemo(askingIn(world), person.email, {}, io.signal)
        : await doesSomething(marketing, person, turn, io.signal);
    tell(journey.line);
  }
}

async function knownAsks(world: World, cast: Cast, signal: AbortSignal): Promise<Journey | undefined> {
  const person = shared(world, cast);
  return person && asksForDemo(askingIn(world), person.email, {}, signal);
}

/** People ask where marketing has its forms, and sales sees it where sales works. */
const askingIn = ({ marketing, sales }: World): Asking => ({ at: marketing, seenIn: sales });

/** Somebody whom sales can see. */
function shared({ marketing, sales }: World, cast: Cast) {
  for (;;) {
    const person = cast.prospect();
    if (person === undefined || marketing === sales || sales.find(person.email) !== undefined) return person;
  }
}

function strangerAsks({ marketing }: World, seed: number, signal: AbortSignal): Promise<Journey> {
  const fields = { firstName: 'Noor', jobTitle: 'Head of Operations', company: 'Brightwater Logistics' };
  // Nobody has told sales' CRM of somebody new yet.
  return asksForDemo(
    { at: marketing, seenIn: marketing },
    `noor.${seed}@brightwater-logistics.example`,
    fields,
    signal,
  );
}
