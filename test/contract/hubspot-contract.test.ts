import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { SECOND } from '../../src/base/clock.ts';
import { type HubspotConfig, hubspotConfigSchema } from '../../src/crm/hubspot/config.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import { createPortal, DEMO_TOKEN, type NewPortal, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createTestClock } from '../support/test-clock.ts';
import { createUnlimitedBudget } from '../support/unlimited-budget.ts';
import { type CrmWorld, crmContract } from './crm-contract.ts';
import { crmOwnMarksContract } from './crm-own-marks-contract.ts';

/** The config that we ship, with a second model, on a portal that it was written for. */
const config = hubspotConfigSchema.parse({
  ...parse(readFileSync('config/hubspot.yaml', 'utf8')),
  model_outputs: { services: {} },
  nurture: { content: { list: 'Nurture: content' } },
});
const WORDS = { working: 'IN_PROGRESS', 'not-now': 'BAD_TIMING', rejected: 'UNQUALIFIED' } as const;

const words = {
  flags: ['careers-visitor', 'personal-email'],
  personas: ['buyer', 'engineer'],
  activityTypes: ['page-view' as const],
};
const MODELS = [
  { id: 'platform', name: 'Platform', ...words, account: {} },
  { id: 'services', name: 'Services', ...words },
];

/** `own`: what its config has in place of that. */
async function hubspotWorld(settings: NewPortal, own: Partial<HubspotConfig> = {}): Promise<CrmWorld> {
  const clock = createTestClock();
  const portal = createPortal({ ...settings, clock });
  const sandbox = await startSandbox({ portal, clock, indexDelay: 5 * SECOND });
  const { people, requests } = sandbox;
  const series = people.createList({ name: 'Nurture: content' });
  const inHubspot = (fields: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(fields).map(([field, value]) => [config.fields[field] ?? field, value]));
  return {
    crm: createHubspot({
      config: { ...config, ...own },
      token: DEMO_TOKEN,
      baseUrl: sandbox.url,
      budget: createUnlimitedBudget(clock),
      clock,
      random: () => 0.5,
      models: MODELS,
      alsoAsked: ['call', 'call-attempt', 'sales-email', 'email-reply'],
      accountOwners: true,
      knowsOwners: true,
    }),
    clock,
    models: ['platform', 'services'],
    flag: 'personal-email',
    persona: 'buyer',
    form: 'demo-request',
    ownerId: portal.owners.all[0]?.id ?? '',
    longText: 60_000,
    resolution: 1,
    addLead: (fields) => people.createContact(inHubspot(fields)).id,
    changeLead: (id, fields) => people.update(id, inHubspot(fields)),
    removeLead: (id) => people.remove(id),
    mergeLeads(id, other) {
      people.merge(id, other);
      return portal.contacts.find(id)?.id ?? '';
    },
    addAccount: () => people.createCompany({ name: 'Acme' }).id,
    moveToAccount: (id, accountId) => people.moveToCompany(id, accountId),
    mergeAccounts: (id, other) => people.mergeCompanies(id, other).id,
    removeAccount: (id) => people.removeCompany(id),
    visit: (id, path) => people.visit(id, path),
    submitForm(form, fields) {
      people.submitForm(config.forms[form] ?? form, fields);
      return { email: fields.email?.toLowerCase() ?? '' };
    },
    decide: (id, model, word) =>
      people.update(id, { [model === 'platform' ? 'leadgauge_override' : `leadgauge_${model}_override`]: word }),
    nurture: 'content',
    plainNurture: 'webinar',
    enrolled: () => [...series.members.keys()].map(({ id }) => id),
    addOwner: (email, timeZone) => people.addOwner({ firstName: 'Ann', lastName: 'Lee', email, timeZone }).id,
    removeOwner: (id) => people.removeOwner(id),
    ownAccount: (id, ownerId) => people.updateCompany(id, { hubspot_owner_id: ownerId }),
    subscribe(id) {
      people.update(id, { lifecyclestage: undefined });
      people.update(id, { lifecyclestage: 'subscriber' });
    },
    say: (id, word) => people.setStatus(id, word === undefined ? 'OPEN' : WORDS[word]),
    call: (id, reached) =>
      void people.logCall({ contactIds: [id], disposition: reached ? 'connected' : 'left-voicemail' }),
    write: (id, direction) =>
      void people.logEmail({ contactIds: [id], direction: direction === 'in' ? 'INCOMING_EMAIL' : 'EMAIL' }),
    sellTo: (id) => people.update(id, { lifecyclestage: 'customer' }),
    writes: () =>
      requests.all().filter(({ method, path }) => method !== 'GET' && !/\/(batch\/read|search)$/.test(path)).length,
    close: () => sandbox.close(),
  };
}

crmContract('HubSpot Enterprise', () => hubspotWorld({ tier: 'enterprise', badValues: 'fail-batch' }));
crmContract('HubSpot Professional', () =>
  hubspotWorld({ tier: 'professional', badValues: 'fail-row', mergeKeepsId: true }),
);
crmOwnMarksContract('HubSpot', () => hubspotWorld({ tier: 'enterprise' }, { lifecycle: 'off', sales_status: 'off' }));
