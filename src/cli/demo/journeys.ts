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

/** A lead does something that moves its score. */
export async function doesSomething(crm: DemoCrm, person: Person, turn: number, signal: AbortSignal): Promise<Journey> {
  const { what, act } = crm.deed(person, turn);
  const before = crm.glance(person);
  const arrived = (now: Glance) => now.score !== before.score || now.flags.join() !== before.flags.join();
  return follow(crm, person, { what, before, act, arrived }, signal);
}

/** Where a demo request is made, and where sales is to see it. */
export interface Asking {
  readonly at: DemoCrm;
  readonly seenIn: DemoCrm;
}

/** Somebody asks for a demo, whom the CRM may or may not know. */
export async function asksForDemo(
  { at, seenIn }: Asking,
  email: string,
  fields: DemoFields,
  signal: AbortSignal,
): Promise<Journey> {
  const known = seenIn.find(email);
  const before = known && seenIn.glance(known);
  const asked = at.asksForDemo(email, fields);
  const person = at === seenIn ? asked.person : known;
  if (person === undefined) throw new Error(`${seenIn.title} has nobody with this address`);
  const where = at === seenIn ? '' : ` in ${at.title}`;
  const arrived = ({ fastTrackAt }: Glance) => fastTrackAt >= asked.at;
  const what = `asked for a demo${where}`;
  return follow(seenIn, person, { what, before: before ?? seenIn.glance(person), act: () => {}, arrived }, signal);
}

interface Following {
  readonly what: string;
  readonly before: Glance;
  act(): void;
  arrived(now: Glance): boolean;
}

async function follow(crm: DemoCrm, person: Person, following: Following, signal: AbortSignal): Promise<Journey> {
  const { clock } = crm.connection;
  const { what, before, act, arrived } = following;
  const began = clock.now();
  act();
  const came = await until(clock, () => arrived(crm.glance(person)), signal);
  const took = came ? clock.now() - began : undefined;
  const outcome =
    took === undefined ? 'nothing changed within a minute' : `${changes(before, crm.glance(person))} in ${time(took)}`;
  return { took, line: `${crm.describe(person)} ${what}: ${outcome}` };
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
