import { SECOND } from '../../src/base/clock.ts';
import { mintId } from '../../src/sandbox/salesforce/org/ids.ts';
import type { Org } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { type SalesforceSettings, salesforceWorld } from '../support/salesforce-world.ts';
import { type CrmWorld, crmContract } from './crm-contract.ts';
import { crmOwnMarksContract } from './crm-own-marks-contract.ts';

/** What the contract calls a field, and where Leads and Contacts have it. */
const FIELDS = { email: 'Email', job_title: 'Title', company: 'Description' } as const;

const BUSINESS_UNIT = mintId('0Uv', 1);
const FORM = 'Request a demo';
const SERIES = 'Nurture: content';
const WORDS = {
  working: 'Working - Contacted',
  'not-now': 'Nurturing',
  rejected: 'Closed - Not Converted',
} as const;
const NEUTRAL = 'Open - Not Contacted';

/** People are added as Leads, or as Contacts. `own`: what its config has in place of this. */
async function contractWorld(kind: 'Lead' | 'Contact', own: Partial<SalesforceSettings> = {}): Promise<CrmWorld> {
  const { crm, clock, sandbox, close } = await salesforceWorld({
    isSetUp: false,
    config: {
      fields: FIELDS,
      campaigns: { 'demo-request': FORM },
      model_outputs: { services: {} },
      lifecycle: { stages: ['Subscriber', 'Lead', 'MQL', 'SQL', 'Customer'], lead: 'Lead' },
      sales_status: {
        contact: 'Contact_Status__c',
        working: [WORDS.working],
        not_now: [WORDS['not-now']],
        rejected: [WORDS.rejected],
      },
      nurture: { content: { campaign: SERIES } },
      account_engagement: { business_unit: BUSINESS_UNIT },
      ...own,
    },
    org: { businessUnitId: BUSINESS_UNIT },
    needs: {
      alsoAsked: ['call', 'call-attempt', 'sales-email', 'email-reply'],
      accountOwners: true,
      knowsOwners: true,
    },
  });
  const { people, org, requests } = sandbox;
  people.createCampaign(FORM);
  const series = people.createCampaign(SERIES).id;
  addStatuses(org);
  const [seller] = org.users;
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
    ownerId: seller?.id ?? '',
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
    nurture: 'content',
    plainNurture: 'webinar',
    enrolled: () =>
      org
        .type('CampaignMember')
        .where('CampaignId', series)
        .map((member) => member.text('LeadOrContactId') ?? ''),
    addOwner(email, timeZone) {
      const values = { LastName: 'Lee', Email: email, Username: email, Alias: 'lee', TimeZoneSidKey: timeZone };
      return people.create('User', { ...values, ProfileId: seller?.text('ProfileId') }).id;
    },
    removeOwner: (id) => people.change(id, { IsActive: false }),
    ownAccount: (id, ownerId) => people.change(id, { OwnerId: ownerId }),
    subscribe: (id) => people.change(id, { Leadgauge_Stage__c: 'Subscriber' }),
    say(id, word) {
      const status = word === undefined ? NEUTRAL : WORDS[word];
      if (kind === 'Lead') people.setStatus(id, status);
      else people.change(id, { Contact_Status__c: status });
    },
    call: (id, reached) => void people.logCall(id, { result: reached ? 'Connected' : 'No answer' }),
    write: (id, direction) => void people.logEmail(id, { incoming: direction === 'in' }),
    sellTo: (id) => people.change(id, { Leadgauge_Stage__c: 'Customer' }),
    writes: () => requests.all().filter(({ kind: each }) => each === 'write').length,
    close,
  };
}

/** The statuses of sales: one more for leads, and a field for contacts, which our user may read. */
function addStatuses(org: Org): void {
  const statuses = [NEUTRAL, ...Object.values(WORDS)];
  org.type('Lead').changeField('Status', { picklist: statuses });
  org.addField('Contact', { name: 'Contact_Status__c', label: 'Contact Status', type: 'picklist', picklist: statuses });
  const set = org.insert('PermissionSet', { Name: 'Contact_Status', Label: 'Contact status' });
  if (!set.success) throw new Error('the org has no room for a permission set');
  const grant = { SobjectType: 'Contact', Field: 'Contact.Contact_Status__c', PermissionsRead: true };
  org.insert('FieldPermissions', { ParentId: set.id, ...grant });
  org.insert('PermissionSetAssignment', { PermissionSetId: set.id, AssigneeId: org.integrationUserId });
}

function nameOf(field: string): string {
  return Object.entries(FIELDS).find(([ours]) => ours === field)?.[1] ?? field;
}

crmContract('Salesforce (Leads)', () => contractWorld('Lead'), { accounts: false });
crmContract('Salesforce (Contacts)', () => contractWorld('Contact'));
for (const kind of ['Lead', 'Contact'] as const)
  crmOwnMarksContract(`Salesforce (${kind}s)`, () => contractWorld(kind, { lifecycle: 'off', sales_status: 'off' }));
