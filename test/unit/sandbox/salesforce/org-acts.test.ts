import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../../../src/base/clock.ts';
import { MONDAY } from '../../../support/test-clock.ts';
import { newOrg, query } from './new-org.ts';

describe('people', () => {
  it('respond to a campaign: their status says whether they did, and the first day stays', async () => {
    const { org, people, clock } = newOrg();
    const lead = people.createLead({});
    people.createCampaign('Product webinar', { type: 'Webinar', statuses: { Attended: true, Registered: false } });
    const member = people.respond('Product webinar', lead.id, 'Registered');
    expect(member.values()).toMatchObject({ LeadId: lead.id, Type: 'Lead', Status: 'Registered', HasResponded: false });
    expect(member.get('FirstRespondedDate')).toBeNull();
    await clock.advance(DAY);
    people.respond('Product webinar', lead.id, 'Attended');
    await clock.advance(DAY);
    people.respond('Product webinar', lead.id, 'Responded');
    expect(member.values()).toMatchObject({ HasResponded: true, FirstRespondedDate: '2026-11-17' });
    expect(org.insert('CampaignMember', { CampaignId: member.get('CampaignId'), LeadId: lead.id })).toMatchObject({
      errors: [{ statusCode: 'DUPLICATE_VALUE', message: 'Already a campaign member.' }],
    });
  });

  it('log tasks, calls, events and e-mails, as Salesforce relates them', () => {
    const { org, people } = newOrg();
    const account = people.createAccount({ Name: 'Engines' });
    const contact = people.createContact({ AccountId: account.id, Email: 'ada@engines.example' });
    expect(people.logTask(contact.id, { Status: 'Not Started' }).values()).toMatchObject({
      IsClosed: false,
      AccountId: account.id,
    });
    expect(people.logCall(contact.id, { minutes: 3 }).values()).toMatchObject({
      TaskSubtype: 'Call',
      CallDurationInSeconds: 180,
      IsClosed: true,
      CompletedDateTime: MONDAY,
    });
    expect(people.logEvent(contact.id, { minutes: 45 }).values()).toMatchObject({
      StartDateTime: MONDAY,
      EndDateTime: MONDAY + 45 * MINUTE,
      ActivityDate: '2026-11-16',
    });
    const email = people.logEmail(contact.id, { incoming: true });
    expect(org.get(email.text('ActivityId') ?? '').values()).toMatchObject({ TaskSubtype: 'Email', WhoId: contact.id });
    expect(
      query(
        org,
        "SELECT RelationId, RelationType, RelationObjectType FROM EmailMessageRelation WHERE EmailMessage.Incoming = true AND RelationType = 'FromAddress'",
      ),
    ).toEqual([{ RelationId: contact.id, RelationType: 'FromAddress', RelationObjectType: 'Contact' }]);
    people.openEmail(email.id);
    expect(email.values()).toMatchObject({ IsOpened: true, FirstOpenedDate: MONDAY });
  });

  it('convert a lead: it stays as it is, and what it did goes with it to the contact', () => {
    const { org, people } = newOrg();
    org.addField('Lead', { name: 'Score__c', label: 'Score', type: 'double' });
    org.addField('Contact', { name: 'Score__c', label: 'Score', type: 'double' });
    org.leadMapping = { Score__c: 'Score__c' };
    const lead = people.createLead({
      FirstName: 'Ada',
      LastName: 'Lovelace',
      Company: 'Engines',
      Email: 'ada@engines.example',
      Country: 'UK',
      Score__c: 7,
    });
    const member = people.respond('Request a demo', lead.id);
    const task = people.logTask(lead.id);
    const { contact, account, opportunity } = people.convert(lead.id, { opportunity: 'Big deal' });
    expect(contact.values()).toMatchObject({
      Name: 'Ada Lovelace',
      MailingCountry: 'UK',
      AccountId: account.id,
      Score__c: 7,
    });
    expect(account.get('Name')).toBe('Engines');
    expect(lead.values()).toMatchObject({
      IsConverted: true,
      Status: 'Closed - Converted',
      ConvertedDate: '2026-11-16',
      ConvertedContactId: contact.id,
      ConvertedAccountId: account.id,
      ConvertedOpportunityId: opportunity?.id,
    });
    expect([member.get('LeadId'), member.get('ContactId'), member.get('HasResponded')]).toEqual([
      lead.id,
      contact.id,
      true,
    ]);
    expect(task.get('WhoId')).toBe(contact.id);
    expect(query(org, 'SELECT Contact.Email FROM OpportunityContactRole')).toEqual([
      { Contact: { Email: 'ada@engines.example' } },
    ]);
  });

  it('merge two leads: the other names the master, and only queryAll still shows it', () => {
    const { org, people } = newOrg();
    const [master, other] = [people.createLead({ LastName: 'A' }), people.createLead({ LastName: 'B' })];
    people.respond('Request a demo', master.id, 'Sent');
    people.respond('Request a demo', other.id);
    people.respond('Contact sales', other.id);
    const task = people.logTask(other.id);
    expect(people.merge(master.id, other.id)).toBe(master);
    expect([other.isDeleted, other.get('MasterRecordId'), task.get('WhoId')]).toEqual([true, master.id, master.id]);
    expect(query(org, 'SELECT Id FROM Lead')).toEqual([{ Id: master.id }]);
    expect(query(org, `SELECT Id FROM Lead WHERE MasterRecordId IN ('${master.id}')`, { all: true })).toEqual([
      { Id: other.id },
    ]);
    expect(
      query(
        org,
        `SELECT Campaign.Name, HasResponded FROM CampaignMember WHERE LeadId = '${master.id}' ORDER BY Campaign.Name`,
      ),
    ).toEqual([
      { Campaign: { Name: 'Contact sales' }, HasResponded: true },
      { Campaign: { Name: 'Request a demo' }, HasResponded: true },
    ]);
    expect(() => people.restore(other.id)).toThrow('UNDELETE_FAILED');
  });

  it('merge accounts, whose contacts and opportunities move', () => {
    const { people } = newOrg();
    const [acme, twin] = [people.createAccount({}), people.createAccount({})];
    const contact = people.createContact({ AccountId: twin.id });
    const won = people.winOpportunity(contact.id);
    people.merge(acme.id, twin.id);
    expect([contact.get('AccountId'), won.get('AccountId')]).toEqual([acme.id, acme.id]);
  });

  it('win an opportunity, which its stage closes', () => {
    const { people } = newOrg();
    const contact = people.createContact({});
    expect(people.winOpportunity(contact.id).values()).toMatchObject({
      IsWon: true,
      IsClosed: true,
      Probability: 100,
      CloseDate: '2026-11-16',
    });
    expect(people.winOpportunity(contact.id, { stage: 'Closed Lost' }).values()).toMatchObject({
      IsWon: false,
      IsClosed: true,
    });
  });

  it('delete an account with its contacts, and bring all of them back', () => {
    const { people } = newOrg();
    const account = people.createAccount({});
    const contact = people.createContact({ AccountId: account.id });
    const member = people.respond('Request a demo', contact.id);
    people.remove(account.id);
    expect([account, contact, member].map(({ isDeleted }) => isDeleted)).toEqual([true, true, true]);
    people.restore(account.id);
    expect([account, contact, member].map(({ isDeleted }) => isDeleted)).toEqual([false, false, false]);
  });

  it('visit the website, which Account Engagement keeps through a conversion', () => {
    const { org, people } = newOrg();
    const lead = people.createLead({ Email: 'ada@engines.example' });
    const visit = people.visitor(lead.id, 20, { details: '/pricing' });
    const { contact } = people.convert(lead.id);
    const sent = people.visitor(contact.id, 4, { formId: 7 });
    expect(sent.prospectId).toBe(visit.prospectId);
    expect(org.prospects.find(visit.prospectId)).toMatchObject({ leadId: lead.id, contactId: contact.id });
    expect(sent.id).toBeGreaterThan(visit.id);
  });
});
