import { SECOND } from '../../base/clock.ts';
import type { Io } from '../io.ts';
import type { Cast } from './demo-crm.ts';
import { asksForDemo, doesSomething, type Journey, type Places } from './journeys.ts';
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
      const person = shared(world, cast);
      if (person !== undefined) tell((await doesSomething(placesIn(world), person, turn, signal)).line);
    }),
  );

  const byWebhook: Journey[] = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    const journey = await knownAsks(world, cast, signal);
    if (journey === undefined) break;
    byWebhook.push(journey);
    if (count === 0) tell(`${journey.line}, by ${marketing.tellsBy}`);
  }
  const missed = byWebhook.filter(({ took }) => took === undefined);
  for (const { line } of missed) tell(line);

  // As in a CRM that tells of nothing: nobody tells of this one, and the next poll finds it.
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
        ? await asksForDemo(placesIn(world), person.email, {}, io.signal)
        : await doesSomething(placesIn(world), person, turn, io.signal);
    tell(journey.line);
  }
}

async function knownAsks(world: World, cast: Cast, signal: AbortSignal): Promise<Journey | undefined> {
  const person = shared(world, cast);
  return person && asksForDemo(placesIn(world), person.email, {}, signal);
}

/** People act where marketing has its pages and forms, and sales sees it where sales works. */
const placesIn = ({ marketing, sales }: World): Places => ({ at: marketing, seenIn: sales });

/** Somebody whom sales can see and does not work yet. */
function shared({ marketing, sales }: World, cast: Cast) {
  for (;;) {
    const person = cast.prospect();
    if (person === undefined || marketing === sales) return person;
    const seen = sales.find(person.email);
    if (seen !== undefined && sales.isProspect(seen)) return person;
  }
}

function strangerAsks({ marketing }: World, seed: number, signal: AbortSignal): Promise<Journey> {
  const name = { firstName: 'Noor', lastName: 'Haddad' };
  const fields = { ...name, jobTitle: 'Head of Operations', company: 'Brightwater Logistics' };
  // Nobody has told sales' CRM of somebody new yet.
  return asksForDemo(
    { at: marketing, seenIn: marketing },
    `noor.${seed}@brightwater-logistics.example`,
    fields,
    signal,
  );
}
