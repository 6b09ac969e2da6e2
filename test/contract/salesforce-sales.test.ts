import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError, RecordError, RetryableError } from '../../src/base/errors.ts';
import { type Log, silentLog } from '../../src/base/log.ts';
import type { Crm } from '../../src/crm/crm.ts';
import { enrol } from '../../src/crm/salesforce/enrol.ts';
import type { NewOrg } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { openSalesforceOrg } from '../support/salesforce-org.ts';
import { type SalesforceSettings, salesforceWorld } from '../support/salesforce-world.ts';

const SERIES = 'Nurture: content';
const FIELDS = { email: 'Email' };

/** An org with a connection that has yet to be made. */
async function world(config: object = {}, org: NewOrg = {}, needs = {}) {
  const given = { fields: FIELDS, ...config } as SalesforceSettings;
  const opened = await salesforceWorld({ config: given, org, needs, isSetUp: false });
  onTestFinished(() => opened.close());
  await opened.crm.applySetup(await opened.crm.planSetup());
  return opened;
}

async function problemsOf(crm: Crm): Promise<string> {
  const error = await crm.connect().catch((reason: unknown) => reason);
  return error instanceof ConfigError ? error.message : 'none';
}

describe('the owners of an org', () => {
  test('have their manager, and only a time zone that there is', async () => {
    const { crm, sandbox } = await world(
      {},
      {
        users: [
          { lastName: 'Ann', email: 'ann@acme.example', manager: 'cy@acme.example', timeZone: 'Europe/Berlin' },
          { lastName: 'Cy', email: 'cy@acme.example', timeZone: 'Atlantis/Capital' },
        ],
      },
    );
    const id = (name: string) => sandbox.org.findUser(name)?.id;
    const owners = new Map((await crm.listOwners()).map((owner) => [owner.id, owner]));
    expect(owners.get(id('ann@acme.example') ?? '')).toEqual({
      id: id('ann@acme.example'),
      email: 'ann@acme.example',
      isActive: true,
      timeZone: 'Europe/Berlin',
      managerId: id('cy@acme.example'),
    });
    expect(owners.get(id('cy@acme.example') ?? '')).not.toHaveProperty('timeZone');
  });

  test('are those of the company and its partners: who only chats and what runs by itself owns no lead', async () => {
    const named = (lastName: string, userType?: string) => {
      return { lastName, email: `${lastName}@acme.example`, ...(userType && { userType }) };
    };
    const users = [
      named('ann'),
      named('partner', 'PowerPartner'),
      named('chat', 'CsnOnly'),
      named('robot', 'AutomatedProcess'),
    ];
    const { crm } = await world({}, { users });
    const emails = (await crm.listOwners()).map(({ email }) => email);
    expect(emails).toEqual(['ann@acme.example', 'partner@acme.example', 'leadgauge@gaugeworks.example']);
  });

  test('are one call, and check says how many there are', async () => {
    const { crm, callsOf } = await world({}, {}, { knowsOwners: true });
    expect(await callsOf(() => crm.listOwners())).toBe(1);
    const told = (await crm.check()).map(({ message }) => message);
    expect(told).toContain('4 active users of the org can own leads');
  });
});

describe('who owns an account', () => {
  test('comes with the contact, and costs no call', async () => {
    const { crm, sandbox, callsOf } = await world({}, {}, { accountOwners: true });
    await crm.connect();
    const { people, org } = sandbox;
    const owner = org.sellers.at(-1)?.id;
    const account = people.createAccount({ Name: 'Acme', OwnerId: owner });
    const ids = [people.createContact({ AccountId: account.id }).id, people.createLead({}).id];
    expect(await callsOf(() => crm.readLeads(ids))).toBe(1);
    const [contact, lead] = await Promise.all(ids.map((id) => crm.readLeads([id])));
    expect(contact?.[0]?.accountOwnerId).toBe(owner);
    expect(lead?.[0]).not.toHaveProperty('accountOwnerId');
  });

  test('is in the listing of a backfill as well', async () => {
    const { crm, sandbox } = await world({}, {}, { accountOwners: true });
    await crm.connect();
    const { people, org } = sandbox;
    const owner = org.sellers.at(-1)?.id;
    people.createContact({ AccountId: people.createAccount({ OwnerId: owner }).id });
    const { records } = await crm.listLeads(undefined);
    expect(records.map(({ accountOwnerId }) => accountOwnerId)).toEqual([owner]);
  });
});

describe('the campaigns of nurture rules', () => {
  const nurture = { content: { campaign: SERIES } };

  test('must be there, each once, and are named with the word that was meant', async () => {
    const missing = await world({ nurture });
    missing.sandbox.people.createCampaign('Nurture: contents');
    expect(await problemsOf(missing.crm)).toContain('did you mean "Nurture: contents"?');
    const { crm, sandbox } = await world({ nurture });
    const ids = [SERIES, SERIES].map((name) => sandbox.people.createCampaign(name).id);
    expect(await problemsOf(crm)).toContain(`Salesforce has 2 campaigns "${SERIES}": write the id`);
    sandbox.people.remove(ids[0] ?? '');
    await crm.connect();
    expect([...crm.nurtures]).toEqual(['content']);
  });

  test('are not looked for by who only reads', async () => {
    const { crm } = await world({ nurture });
    await crm.connect({ readOnly: true });
  });

  test('are part of what check tells', async () => {
    const { crm, sandbox } = await world({ nurture });
    const told = async () => (await crm.check()).filter(({ message }) => /nurture/i.test(message));
    expect(await told()).toMatchObject([{ level: 'problem', message: expect.stringContaining('no campaign') }]);
    sandbox.people.createCampaign(SERIES);
    expect(await told()).toEqual([{ level: 'ok', message: 'the campaign for nurture takes leads' }]);
  });

  test('take leads from a user who has no more than the set-up grants', async () => {
    const robot = { lastName: 'Robot', email: 'robot@acme.example', profile: 'Minimum Access - API Only Integrations' };
    const { setUp, org, people, apiAs } = await openSalesforceOrg({ nurture }, { users: [robot] });
    await setUp();
    const campaign = people.createCampaign(SERIES).id;
    const { id } = people.createLead({});
    const enrolling = { api: apiAs(robot.email), batchSize: 200 };
    await expect(enrol(enrolling, campaign, [id])).rejects.toThrow();
    const [set] = org.type('PermissionSet').where('Name', 'Leadgauge');
    org.insert('PermissionSetAssignment', {
      PermissionSetId: set?.id ?? '',
      AssigneeId: org.findUser(robot.email)?.id,
    });
    await enrol(enrolling, campaign, [id]);
    expect(org.type('CampaignMember').where('LeadId', id)).toHaveLength(1);
  });
});

describe('putting leads into a campaign', () => {
  async function campaigned(batchSize = 200) {
    const open = await openSalesforceOrg();
    const { api, org, people } = open;
    const campaign = people.createCampaign(SERIES).id;
    const warnings: unknown[] = [];
    const log: Log = { ...silentLog, warn: (message, details) => void warnings.push({ message, ...details }) };
    const put = (...ids: string[]) => enrol({ api, batchSize, log }, campaign, ids);
    const members = () => org.type('CampaignMember').where('CampaignId', campaign);
    return { ...open, campaign, put, members, warnings };
  }

  test('gives them the status of new members, and leaves those as they are who are in it', async () => {
    const { people, put, members } = await campaigned();
    const [lead, contact] = [people.createLead({}).id, people.createContact({}).id];
    people.respond(SERIES, contact, 'Responded');
    await put(lead, contact);
    await put(lead, contact);
    expect(members().map((member) => [member.text('LeadOrContactId'), member.text('Status')])).toEqual(
      expect.arrayContaining([
        [lead, 'Sent'],
        [contact, 'Responded'],
      ]),
    );
    expect(members()).toHaveLength(2);
  });

  test('takes one call for 200, or for as many as config says', async () => {
    const { people, put, callsOf } = await campaigned();
    const ids = Array.from({ length: 250 }, () => people.createLead({}).id);
    expect(await callsOf(() => put(...ids))).toBe(2);
    const few = await campaigned(50);
    const others = Array.from({ length: 100 }, () => few.people.createLead({}).id);
    expect(await few.callsOf(() => few.put(...others))).toBe(2);
  });

  test('puts a lead there that was converted meanwhile as its contact', async () => {
    const { people, put, members } = await campaigned();
    const { id } = people.createLead({});
    const contact = people.convert(id).contact.id;
    await put(id);
    expect(members().map((member) => member.text('ContactId'))).toEqual([contact]);
  });

  test('passes over who was deleted, merged away or never was', async () => {
    const { people, put, members, warnings } = await campaigned();
    const [gone, master, loser, left] = Array.from({ length: 4 }, () => people.createLead({}).id) as [
      string,
      string,
      string,
      string,
    ];
    people.remove(gone);
    people.merge(master, loser);
    await put(gone, loser, 'nonsense', left);
    expect(members().map((member) => member.text('LeadId'))).toEqual([left]);
    expect(warnings).toEqual([]);
  });

  test('that others have locked is to be tried again, and changes nothing for those who are in it', async () => {
    const { people, put, members, org, campaign } = await campaigned();
    const ids = [people.createLead({}).id, people.createLead({}).id];
    org.lock(campaign, 1);
    await expect(put(...ids)).rejects.toBeInstanceOf(RetryableError);
    expect(members()).toHaveLength(1);
    await put(...ids);
    expect(members()).toHaveLength(2);
  });

  test('by a lead that a rule refuses is held up for no other, and said once', async () => {
    const { people, put, members, org, warnings, campaign } = await campaigned();
    const [bad, good] = [people.createLead({}).id, people.createLead({}).id];
    org.validationRules = [
      { type: 'CampaignMember', message: 'a secret of theirs', refuses: (member) => member.get('LeadId') === bad },
    ];
    await put(bad, good);
    expect(members().map((member) => member.text('LeadId'))).toEqual([good]);
    expect(warnings).toEqual([
      {
        message: expect.stringContaining('does not take leads'),
        campaign,
        leads: bad,
        count: 1,
        codes: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      },
    ]);
  });

  test('that was deleted is a matter for a person', async () => {
    const { people, put, campaign } = await campaigned();
    const { id } = people.createLead({});
    people.remove(campaign);
    await expect(put(id)).rejects.toBeInstanceOf(RecordError);
  });
});

describe('the words of sales', () => {
  test.each([
    [{ working: ['Workin - Contacted'] }, 'did you mean "Working - Contacted"?'],
    [{ lead: 'Statuss', working: ['Working - Contacted'] }, 'sees no field "Statuss" of Lead: did you mean "Status"?'],
    [{ contact: 'Standing__c', working: ['Working - Contacted'] }, 'sees no field "Standing__c" of Contact'],
    [{ working: ['Working - Contacted'], reason: { lead: 'Why__c' } }, 'sees no field "Why__c" of Lead'],
    [{ working: ['Working - Contacted'], reason: { contact: 'Email' } }, '"Email" of Contact is no picklist'],
  ])('%j: %s, before anything runs and in check', async (sales_status, said) => {
    const { crm } = await world({ sales_status });
    expect(await problemsOf(crm)).toContain(said);
    const problems = (await crm.check()).filter(({ level }) => level === 'problem').map(({ message }) => message);
    expect(problems.join('\n')).toContain(said);
  });

  test('are heard of where config has some', async () => {
    const { crm } = await world({ sales_status: { rejected: ['Closed - Not Converted'] } });
    await crm.connect();
    expect(crm.hearsSales).toBe(true);
    expect((await world()).crm.hearsSales).toBe(false);
  });
});

describe('what a follow-up needs', () => {
  const needs = { alsoAsked: ['call', 'call-attempt', 'sales-email', 'email-reply', 'meeting'] as const };

  test('is read though no model asks for it', async () => {
    const { crm } = await world({}, {}, needs);
    await crm.connect();
    expect(crm.streams.map(({ name }) => name)).toEqual(['task', 'meeting', 'email']);
    const without = await world();
    await without.crm.connect();
    expect(without.crm.streams).toEqual([]);
  });

  test('and the org does not show is a warning of check that says who asks', async () => {
    const { crm, sandbox } = await world({}, {}, needs);
    sandbox.org.access.hide('Task', 'CallDisposition');
    const warnings = (await crm.check()).filter(({ level }) => level === 'warning').map(({ message }) => message);
    expect(warnings.join('\n')).toContain('The follow-up asks for call and call-attempt and sales-email');
  });
});
