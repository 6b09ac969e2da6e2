import { SECOND } from '../../base/clock.ts';
import type { Contact } from '../../sandbox/portal/contact.ts';
import { describe, type Glance, glance, until } from './watch.ts';
import type { World } from './world.ts';

/** Something a person does, and what becomes of it. */
export interface Journey {
  /** Milliseconds from the deed to the CRM; undefined where it did not come in time. */
  readonly took: number | undefined;
  /** What to tell of it, in a line. */
  readonly line: string;
}

/** A lead looks at a page. */
export async function visits(world: World, contact: Contact, path: string, signal: AbortSignal): Promise<Journey> {
  const { portal, people } = world.sandbox;
  const what = `looked at ${path}`;
  return follow(
    world,
    contact,
    what,
    signal,
    () => people.visit(contact.id, path),
    differsFrom(glance(portal, contact)),
  );
}

/** Somebody asks for a demo, whom the portal may or may not know. */
export async function asksForDemo(
  world: World,
  email: string,
  extra: Readonly<Record<string, string>>,
  signal: AbortSignal,
) {
  const { people } = world.sandbox;
  const { contact, submission } = people.submitForm('demo', { ...extra, email });
  const isRouted = ({ fastTrackAt }: Glance) => fastTrackAt >= submission.at;
  return follow(world, contact, 'asked for a demo', signal, () => {}, isRouted);
}

async function follow(
  { app, sandbox }: World,
  contact: Contact,
  what: string,
  signal: AbortSignal,
  act: () => void,
  arrived: (now: Glance) => boolean,
): Promise<Journey> {
  const { clock } = app.connection;
  const { portal } = sandbox;
  const before = glance(portal, contact);
  const began = clock.now();
  act();
  const came = await until(clock, () => arrived(glance(portal, contact)), signal);
  const took = came ? clock.now() - began : undefined;
  const outcome =
    took === undefined
      ? 'nothing changed within a minute'
      : `${changes(before, glance(portal, contact))} in ${time(took)}`;
  return { took, line: `${describe(portal, contact)} ${what}: ${outcome}` };
}

const differsFrom = (before: Glance) => (now: Glance) => now.score !== before.score || now.flags !== before.flags;

function changes(before: Glance, now: Glance): string {
  return [
    before.score === now.score ? `score ${now.score}` : `score ${before.score} → ${now.score} (${now.grade})`,
    before.flags === now.flags ? '' : `flagged ${added(before.flags, now.flags)}`,
    before.stage === now.stage ? '' : `stage ${before.stage} → ${now.stage}`,
    before.fastTrackAt === now.fastTrackAt ? '' : 'task for sales',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function added(before: string, now: string): string {
  const had = before.split(';');
  return now
    .split(';')
    .filter((flag) => !had.includes(flag))
    .join(', ');
}

export function time(ms: number): string {
  return ms < SECOND ? `${ms} ms` : `${(ms / SECOND).toFixed(1)} s`;
}
