import type { Contact } from '../../src/sandbox/portal/contact.ts';
import type { Task } from '../../src/sandbox/portal/tasks.ts';
import type { World } from './world.ts';

/** Somebody who fits well enough for an MQL and has done nothing yet. */
export function addProspect(world: World, name = 'ada', extra: Readonly<Record<string, string | number>> = {}) {
  const email = `${name}@acme-${name}.example`;
  const contact = world.sandbox.people.createContact({
    email,
    jobtitle: 'Head of Sales',
    company: 'Acme',
    country: 'Germany',
    numemployees: '500-1000',
    annualrevenue: '50000000',
    lifecyclestage: 'lead',
    ...extra,
  });
  return { contact, email };
}

/** Does what makes a prospect an MQL. */
export function showInterest(world: World, { contact, email }: { contact: Contact; email: string }): void {
  world.sandbox.people.visit(contact.id, '/pricing');
  world.sandbox.people.submitForm('ebook', { email });
}

export function asksForDemo(world: World, email: string) {
  return world.sandbox.people.submitForm('demo', { email });
}

export function tasksOf({ sandbox }: World, contact: Contact): Task[] {
  return sandbox.portal.tasks.ofContact(contact);
}

export function stageOf({ sandbox }: World, contact: Contact): string | undefined {
  return sandbox.portal.textOf(contact, 'lifecyclestage');
}

/** Everything that leadgauge writes, but for the times at which it did, by e-mail address or name. */
export function stateOf({ sandbox: { portal } }: World): Record<string, Record<string, unknown>> {
  const names = OUTPUTS.map((name) => `leadgauge_${name}`).concat('lifecyclestage');
  const live = portal.contacts.all.filter(({ state }) => state === 'live');
  return Object.fromEntries(
    live.map((contact) => [contact.id, Object.fromEntries(names.map((name) => [name, portal.valueOf(contact, name)]))]),
  );
}

const OUTPUTS = [
  'score',
  'fit',
  'engagement',
  'grade',
  'reasons',
  'flags',
  'mql',
  'model_version',
  'route',
  'fast_track',
];
