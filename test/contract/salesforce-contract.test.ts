import { SECOND } from '../../src/base/clock.ts';
import { mintId } from '../../src/sandbox/salesforce/org/ids.ts';
import { salesforceWorld } from '../support/salesforce-world.ts';
import { type CrmWorld, crmContract } from './crm-contract.ts';

/** What the contract calls a field, and where Leads and Contacts have it. */
const FIELDS = { email: 'Email', job_title: 'Title', company: 'Description' } as const;

const BUSINESS_UNIT = mintId('0Uv', 1);
const FORM = 'Request a demo';

/** People are added as Leads, or as Contacts. */
async function contractWorld(kind: 'Lead' | 'Contact'): Promise<CrmWorld> {
  const { crm, clock, sandbox, close } = await salesforceWorld({
    isSetUp: false,
    config: {
      fields: FIELDS,
      campaigns: { 'demo-request': FORM },
      model_outputs: { services: {} },
      lifecycle: { stages: ['Lead', 'MQL', 'SQL', 'Customer'] },
      account_engagement: { business_unit: BUSINESS_UNIT },
    },
    org: { businessUnitId: BUSINESS_UNIT },
  });
  const { people, org, requests } = sandbox;
  people.createCampaign(FORM);
  const inSalesforce = (fields: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(fields).map(([field, value]) => [nameOf(field), value]));
  const create = { Lead: people.createLead, Contact: people.createContact };
  const addLead = (fields: Readonly<Record<string, string>>) => create[kind](inSalesforce(fields)).id;
  return {
    crm,
    clock,
    models: ['platform', 'services'],
    flag: 'personal-email',
    persona: 'buyer',
    form: 'demo-request',
    ownerId: org.users[0]?.id ?? '',
    longText: 32_000,
    resolution: SECOND,
    addLead,
    changeLead: (id, fields) => people.change(id, inSalesforce(fields)),
    removeLead: (id) => people.remove(id),
    mergeLeads: (id, other) => people.merge(id, other).id,
    addAccount: () => people.createAccount({ Name: 'Acme' }).id,
    moveToAccount: (id, accountId) => people.moveToAccount(id, accountId),
    mergeAccounts: (id, other) => people.merge(id, other).id,
    removeAccount: (id) => people.remove(id),
    visit(id, path) {
      people.visitor(id, 2, { details: `https://gaugeworks.example${path}` });
    },
    submitForm(_, fields) {
      const leadId = addLead(fields);
      people.respond(FORM, leadId);
      return { leadId };
    },
    decide: (id, model, word) =>
      people.change(id, { [model === 'platform' ? 'Leadgauge_Override__c' : 'Leadgauge_Services_Override__c']: word }),
    sellTo: (id) => people.change(id, { Leadgauge_Stage__c: 'Customer' }),
    writes: () => requests.all().filter(({ kind: each }) => each === 'write').length,
    close,
  };
}

function nameOf(field: string): string {
  return Object.entries(FIELDS).find(([ours]) => ours === field)?.[1] ?? field;
}

crmContract('Salesforce (Leads)', () => contractWorld('Lead'), { accounts: false });
crmContract('Salesforce (Contacts)', () => contractWorld('Contact'));
