import { createPortal, DEMO_TOKEN, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { Connection } from '../../sync/connection.ts';
import { createCast, isProspect } from './cast.ts';
import type { Deed, DemoCrm, DemoFields, Glance, Person, ServedCrm } from './demo-crm.ts';
import { inShort } from './in-short.ts';
import { INDEX_DELAY } from './index-delay.ts';

/** A portal of HubSpot's with so many made-up contacts, which tells the receiver of what happens in it. */
export async function serveHubspot(
  { leads, seed }: { readonly leads: number; readonly seed: number },
  receiver: { readonly url: string; readonly secret: string },
): Promise<ServedCrm> {
  const sandbox = await startSandbox({
    portal: createPortal({ leads, seed }),
    indexDelay: INDEX_DELAY,
    webhooks: { url: `${receiver.url}/webhooks/hubspot`, secret: receiver.secret },
    record: { bodies: 'none' },
  });
  return {
    environment: { HUBSPOT_BASE_URL: sandbox.url, HUBSPOT_TOKEN: DEMO_TOKEN },
    connected: (connection) => demoHubspot(sandbox, connection),
    close: () => sandbox.close(),
  };
}

const PATHS = ['/pricing', '/careers', '/product', '/pricing', '/blog/lead-scoring'];

function demoHubspot(sandbox: Sandbox, connection: Connection): DemoCrm {
  const { portal, people, webhooks } = sandbox;
  const contactOf = ({ id }: Person) => {
    const contact = portal.contacts.find(id);
    if (contact === undefined) throw new Error('the portal has no such contact');
    return contact;
  };
  return {
    title: 'HubSpot',
    place: 'portal',
    holders: 'properties',
    tellsBy: 'webhook',
    url: sandbox.url,
    connection,
    resolution: 1,
    cast(seed) {
      const cast = createCast(portal, seed);
      return {
        prospect() {
          const found = cast.prospect();
          return found && { id: found.contact.id, email: found.email };
        },
      };
    },
    find(email) {
      const contact = portal.contacts.findByEmail(email);
      return contact && { id: contact.id, email };
    },
    isProspect: (person) => isProspect(portal, contactOf(person)),
    someone() {
      const [contact] = portal.contacts.all;
      return contact && { id: contact.id, email: portal.textOf(contact, 'email') ?? '' };
    },
    deed(person, turn): Deed {
      const path = PATHS[turn % PATHS.length] ?? '/pricing';
      return { what: `looked at ${path}`, act: () => people.visit(person.id, path) };
    },
    asksForDemo(email, fields) {
      const { contact, submission } = people.submitForm('demo', { ...inHubspot(fields), email });
      return { person: { id: contact.id, email }, at: submission.at };
    },
    glance(person): Glance {
      const contact = contactOf(person);
      return {
        score: portal.numberOf(contact, 'leadgauge_score') ?? 0,
        grade: portal.textOf(contact, 'leadgauge_grade') ?? '-',
        flags: (portal.textOf(contact, 'leadgauge_flags') ?? '').split(';').filter((flag) => flag !== ''),
        stage: portal.textOf(contact, 'lifecyclestage') ?? 'none',
        fastTrackAt: portal.numberOf(contact, 'leadgauge_fast_track_at') ?? 0,
      };
    },
    describe(person) {
      const contact = contactOf(person);
      return inShort(portal.textOf(contact, 'jobtitle'), portal.textOf(contact, 'company'));
    },
    tell(mode) {
      if (webhooks !== undefined) webhooks.mode = mode;
    },
    settled: async () => webhooks?.settled(),
    rateLimited: () => sandbox.requests.count({ status: 429 }),
  };
}

function inHubspot({ firstName, lastName, jobTitle, company }: DemoFields): Record<string, string> {
  return {
    ...(firstName !== undefined && { firstname: firstName }),
    ...(lastName !== undefined && { lastname: lastName }),
    ...(jobTitle !== undefined && { jobtitle: jobTitle }),
    ...(company !== undefined && { company }),
  };
}
