import { SECOND } from '../../base/clock.ts';
import type { DemoCrm, DemoFields, Glance, Person } from './demo-crm.ts';
import { until } from './watch.ts';

/** Something a person does, and what becomes of it. */
export interface Journey {
  /** Milliseconds from the deed to the CRM; undefined where it did not come in time. */
  readonly took: number | undefined;
  /** What to tell of it, in a line. */
  readonly line: string;
}

/** Where somebody does something, and where sales is to see it. */
export interface Places {
  readonly at: DemoCrm;
  readonly seenIn: DemoCrm;
}

/** A lead does something that moves its score. */
export async function doesSomething(
  places: Places,
  person: Person,
  turn: number,
  signal: AbortSignal,
): Promise<Journey> {
  const { at, seenIn } = places;
  const { what, act } = at.deed(person, turn);
  const seen = seenAs(places, person);
  const before = seenIn.glance(seen);
  const arrived = (now: Glance) => now.score !== before.score || now.flags.join() !== before.flags.join();
  const began = seenIn.connection.clock.now();
  act();
  return follow(places, seen, { what, before, began, arrived }, signal);
}

/** Somebody asks for a demo, whom the CRM may or may not know. */
export async function asksForDemo(
  places: Places,
  email: string,
  fields: DemoFields,
  signal: AbortSignal,
): Promise<Journey> {
  const { at, seenIn } = places;
  const known = seenIn.find(email);
  const beforehand = known && seenIn.glance(known);
  const began = seenIn.connection.clock.now();
  const asked = at.asksForDemo(email, fields);
  const seen = seenAs(places, asked.person);
  const before = beforehand ?? seenIn.glance(seen);
  // As exact as both of them keep it.
  const coarser = Math.max(at.resolution, seenIn.resolution);
  const since = Math.floor(asked.at / coarser) * coarser;
  const arrived = ({ fastTrackAt }: Glance) => fastTrackAt >= since;
  return follow(places, seen, { what: 'asked for a demo', before, began, arrived }, signal);
}

/** By whom sales knows them. */
function seenAs({ at, seenIn }: Places, person: Person): Person {
  const seen = at === seenIn ? person : seenIn.find(person.email);
  if (seen === undefined) throw new Error(`${seenIn.title} has nobody with this address`);
  return seen;
}

interface Following {
  readonly what: string;
  readonly before: Glance;
  readonly began: number;
  arrived(now: Glance): boolean;
}

async function follow(
  { at, seenIn }: Places,
  person: Person,
  following: Following,
  signal: AbortSignal,
): Promise<Journey> {
  const { clock } = seenIn.connection;
  const { what, before, began, arrived } = following;
  const came = await until(clock, () => arrived(seenIn.glance(person)), signal);
  const took = came ? clock.now() - began : undefined;
  const outcome =
    took === undefined
      ? 'nothing changed within a minute'
      : `${changes(before, seenIn.glance(person))} in ${time(took)}`;
  const [where, there] = at === seenIn ? ['', ''] : [` in ${at.title}`, `in ${seenIn.title} `];
  return { took, line: `${seenIn.describe(person)} ${what}${where}: ${there}${outcome}` };
}

function changes(before: Glance, now: Glance): string {
  const added = now.flags.filter((flag) => !before.flags.includes(flag));
  return [
    before.score === now.score ? `score ${now.score}` : `score ${before.score} → ${now.score} (${now.grade})`,
    added.length === 0 ? '' : `flagged ${added.join(', ')}`,
    before.stage === now.stage ? '' : `stage ${before.stage} → ${now.stage}`,
    before.fastTrackAt === now.fastTrackAt ? '' : 'task for sales',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export function time(ms: number): string {
  return ms < SECOND ? `${ms} ms` : `${(ms / SECOND).toFixed(1)} s`;
}
