import { describe, expect, test } from 'vitest';
import { salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import type { Former } from '../../../../src/crm/salesforce/formers.ts';
import { createMappings } from '../../../../src/crm/salesforce/leads.ts';
import { modelOutputs } from '../../../../src/crm/salesforce/model-outputs.ts';
import { visibleFields } from '../../../../src/crm/salesforce/visible-fields.ts';
import { CONTACT, id, LEAD, MODEL } from './write-context.ts';

const OUTPUTS = ['Leadgauge_Routed_At__c', 'Leadgauge_Stage__c'];
const visible = (...names: string[]) =>
  visibleFields(names.map((name) => ({ name, type: 'string', calculated: false })));

function mappings({ accountOwners, hidden = false, ...given }: Record<string, unknown> = {}) {
  const config = salesforceConfigSchema.parse({ fields: {}, ...given });
  const people = ['Id', 'Email', 'OwnerId', 'CreatedDate', 'SystemModstamp', ...OUTPUTS];
  return createMappings({
    config,
    models: modelOutputs(config, [MODEL]),
    main: MODEL.id,
    visible: {
      Lead: visible(...people, 'Status', 'Reason__c'),
      Contact: visible(...people, 'AccountId', 'Standing__c', 'Why__c'),
      Account: visible(...(hidden ? [] : ['OwnerId'])),
    },
    accountOwners: accountOwners === true,
  });
}

const STATUS = { contact: 'Standing__c', working: ['Working'], not_now: ['Later'], rejected: ['Closed'] };
const OWNER = id('005', 1);
const row = (Id: string, more: object = {}) => ({
  Id,
  CreatedDate: '2026-11-16T09:00:00.000+0000',
  SystemModstamp: '2026-11-16T10:30:00.000+0000',
  ...more,
});

describe('what sales say', () => {
  test.each([
    ['Working', 'working'],
    [' Later ', 'not-now'],
    ['Closed', 'rejected'],
    ['Open', undefined],
    [null, undefined],
  ])('by the status %s is %s, of leads and of contacts', (status, word) => {
    const { Lead, Contact } = mappings({ sales_status: STATUS });
    expect(Lead.toRecord(row(LEAD, { Status: status }), []).salesSay).toBe(word);
    expect(Contact.toRecord(row(CONTACT, { Standing__c: status }), []).salesSay).toBe(word);
    expect(Lead.toRecord(row(LEAD, { Status: status }), [])).not.toHaveProperty('salesSaidAt');
  });

  test('is told in their own words, and why, which makes no other lead', () => {
    const { Lead, Contact } = mappings({
      sales_status: { ...STATUS, reason: { lead: 'Reason__c', contact: 'Why__c' } },
    });
    const lead = row(LEAD, { Status: 'Closed', Reason__c: 'No budget; Too small' });
    expect(Lead.toRecord(lead, [])).toMatchObject({
      salesSay: 'rejected',
      salesStatus: 'Closed',
      salesReasons: ['No budget', 'Too small'],
    });
    const contact = row(CONTACT, { Standing__c: 'Later', Why__c: 'No budget' });
    expect(Contact.toRecord(contact, [])).toMatchObject({ salesStatus: 'Later', salesReasons: ['No budget'] });
    expect(Lead.fingerprint(lead)).toBe(Lead.fingerprint(row(LEAD, { Status: 'Closed' })));
    expect(Lead.inputs).not.toContain('Reason__c');
    const silent = Lead.toRecord(row(LEAD, { Status: 'Open', Reason__c: null }), []);
    expect(silent).not.toHaveProperty('salesStatus');
    expect(silent).not.toHaveProperty('salesReasons');
    expect(mappings({ sales_status: STATUS }).Lead.columns).not.toContain('Reason__c');
  });

  test('makes another lead, and a status that says nothing does not', () => {
    const { Lead } = mappings({ sales_status: STATUS });
    const print = (Status: string | null) => Lead.fingerprint(row(LEAD, { Status }));
    expect(print('Open')).toBe(print(null));
    expect(new Set(['Open', 'Working', 'Later', 'Closed'].map(print)).size).toBe(4);
    expect(Lead.inputs).toContain('Status');
  });

  test('is not asked for where config has no words for it, and leaves the fingerprint as it was', () => {
    const { Lead } = mappings();
    expect(Lead.columns).not.toContain('Status');
    expect(Lead.fingerprint(row(LEAD, { Status: 'Working' }))).toBe(Lead.fingerprint(row(LEAD)));
    expect(Lead.toRecord(row(LEAD, { Status: 'Working' }), [])).not.toHaveProperty('salesSay');
  });

  test('of a contact is nothing where config names no field of contacts', () => {
    const { contact: _, ...status } = STATUS;
    const { Contact } = mappings({ sales_status: status });
    expect(Contact.toRecord(row(CONTACT, { Standing__c: 'Working' }), [])).not.toHaveProperty('salesSay');
  });

  test('by converting a lead that was routed to them is that they work it, until it is routed to them again', () => {
    const { Contact } = mappings();
    const converted: Former = { id: LEAD, email: undefined, how: 'converted' };
    const say = (routedAt: string | null, formers: readonly Former[] = [converted]) =>
      Contact.toRecord(row(CONTACT, { Leadgauge_Routed_At__c: routedAt }), formers).salesSay;
    expect(say('2026-11-16T08:00:00.000+0000')).toBe('working');
    const routed = row(CONTACT, { Leadgauge_Routed_At__c: '2026-11-16T08:00:00.000+0000' });
    expect(Contact.toRecord(routed, [converted]).salesSaidAt).toBe(Date.UTC(2026, 10, 16, 9));
    expect(say('2026-11-16T09:00:01.000+0000')).toBeUndefined();
    expect(say(null)).toBeUndefined();
    expect(say('2026-11-16T08:00:00.000+0000', [{ ...converted, how: 'merged' }])).toBeUndefined();
  });
});

describe('the owner of an account', () => {
  const ofAccount = (OwnerId: string | null, more: object = {}) =>
    row(CONTACT, { AccountId: id('001', 1), Account: { OwnerId }, ...more });
  const owner = (given: Record<string, unknown>, read: object) => mappings(given).Contact.toRecord(read as never, []);

  test('is told where routing asks, and nobody who is no user', () => {
    expect(owner({ accountOwners: true }, ofAccount(OWNER)).accountOwnerId).toBe(OWNER);
    expect(owner({ accountOwners: true }, ofAccount(id('00G', 1)))).not.toHaveProperty('accountOwnerId');
    expect(owner({}, ofAccount(OWNER))).not.toHaveProperty('accountOwnerId');
    expect(mappings().Contact.columns).not.toContain('Account.OwnerId');
  });

  test('is the same, whether REST or Bulk told of it', () => {
    const byBulk = row(CONTACT, { AccountId: id('001', 1), 'Account.OwnerId': OWNER });
    expect(owner({ accountOwners: true }, byBulk).accountOwnerId).toBe(OWNER);
  });

  test('is not asked for where our user may not see accounts, and nobody’s where the account is a person', () => {
    expect(mappings({ accountOwners: true, hidden: true }).Contact.columns).not.toContain('Account.OwnerId');
    const person = ofAccount(OWNER, { IsPersonAccount: true });
    expect(owner({ accountOwners: true }, person)).not.toHaveProperty('accountOwnerId');
  });

  test('changes no fingerprint: it gives no points', () => {
    const { Contact } = mappings({ accountOwners: true });
    expect(Contact.fingerprint(ofAccount(id('005', 2)))).toBe(Contact.fingerprint(ofAccount(OWNER)));
    expect(Contact.inputs).not.toContain('Account.OwnerId');
  });
});

describe('whether somebody is a lead yet', () => {
  const lifecycle = { stages: ['Subscriber', 'Lead', 'MQL'], lead: 'Lead' };
  const staged = (stage: string | null) => row(CONTACT, { Leadgauge_Stage__c: stage });

  test('is told by the stage, where config names that of a lead', () => {
    const { Contact } = mappings({ lifecycle });
    const told = [null, 'Subscriber', 'Lead', 'MQL'].map((stage) => Contact.toRecord(staged(stage), []).isBeforeLead);
    expect(told).toEqual([true, true, false, false]);
    expect(mappings({ lifecycle: {} }).Contact.toRecord(staged(null), [])).not.toHaveProperty('isBeforeLead');
    expect(mappings().Contact.toRecord(staged(null), [])).not.toHaveProperty('isBeforeLead');
  });

  test('holds for the Contact of a Lead, where the conversion left the stage behind', () => {
    const { Contact } = mappings({ lifecycle });
    const former = (isBeforeLead: boolean): Former => {
      return { id: LEAD, email: undefined, how: 'converted', stage: 'before-mql', isBeforeLead };
    };
    expect(Contact.toRecord(staged(null), [former(false)]).isBeforeLead).toBe(false);
    expect(Contact.toRecord(staged(null), [former(true)]).isBeforeLead).toBe(true);
  });
});
