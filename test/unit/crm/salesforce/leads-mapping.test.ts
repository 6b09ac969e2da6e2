import { describe, expect, test } from 'vitest';
import { salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import type { Former } from '../../../../src/crm/salesforce/formers.ts';
import { createMappings, type MappingOptions } from '../../../../src/crm/salesforce/leads.ts';
import { modelOutputs } from '../../../../src/crm/salesforce/model-outputs.ts';
import { visibleFields } from '../../../../src/crm/salesforce/visible-fields.ts';

const MODEL = { id: 'platform', name: 'Platform', flags: [], personas: [], activityTypes: [] };

const LIFECYCLE = { field: 'Leadgauge_Stage__c', stages: ['Lead', 'MQL', 'Customer'], mql: 'MQL' };

const TYPES: Readonly<Record<string, string>> = {
  AnnualRevenue: 'currency',
  NumberOfEmployees: 'int',
  CreatedDate: 'datetime',
  SystemModstamp: 'datetime',
  Demo_At__c: 'datetime',
  HasOptedOutOfEmail: 'boolean',
  Address: 'address',
};
const visible = (...names: readonly string[]) =>
  visibleFields(names.map((name) => ({ name, type: TYPES[name] ?? 'string', calculated: false })));

const OUTPUTS = [
  'Leadgauge_Score__c',
  'Leadgauge_MQL_At__c',
  'Leadgauge_Recycled_At__c',
  'Leadgauge_Scored_At__c',
  'Leadgauge_Override__c',
];
const COMMON = ['Id', 'Email', 'OwnerId', 'CreatedDate', 'SystemModstamp', 'Title', 'Leadgauge_Stage__c', ...OUTPUTS];

function mappings(
  more: { readonly lifecycle?: object | 'off'; readonly hidden?: readonly string[] } & Partial<MappingOptions> = {},
) {
  const { lifecycle = 'off', hidden = [], ...options } = more;
  const config = salesforceConfigSchema.parse({
    fields: {
      email: 'Email',
      job_title: 'title',
      company: { lead: 'Company', contact: 'Account.Name' },
      employees: { lead: 'NumberOfEmployees', contact: 'Account.NumberOfEmployees' },
      annual_revenue: { lead: 'AnnualRevenue', contact: 'Account.AnnualRevenue' },
      demo_at: { lead: 'Demo_At__c' },
      unsubscribed: { lead: 'HasOptedOutOfEmail' },
      address: { lead: 'Address' },
    },
    lifecycle,
  });
  const seen = (names: readonly string[]) => visible(...names.filter((name) => !hidden.includes(name)));
  return createMappings({
    config,
    models: modelOutputs(config, [MODEL]),
    main: 'platform',
    visible: {
      Lead: seen([
        ...COMMON,
        'Company',
        'NumberOfEmployees',
        'AnnualRevenue',
        'Demo_At__c',
        'HasOptedOutOfEmail',
        'Address',
      ]),
      Contact: seen([...COMMON, 'AccountId', 'IsPersonAccount']),
      Account: visible('Name', 'NumberOfEmployees', 'AnnualRevenue'),
    },
    ...options,
  });
}

const LEAD_ID = '00Q000000000001AAA';
const CONTACT_ID = '003000000000001AAA';
const ACCOUNT_ID = '001000000000001AAA';
const USER_ID = '005000000000001AAA';

/** A Lead as REST answers it. */
const BY_REST = {
  attributes: { type: 'Lead', url: '/services/data/v68.0/sobjects/Lead/00Q000000000001AAA' },
  Id: LEAD_ID,
  Email: 'Ada@Acme.example',
  OwnerId: USER_ID,
  CreatedDate: '2026-11-16T09:00:00.000+0000',
  SystemModstamp: '2026-11-16T10:30:00.000+0000',
  Title: ' VP Engineering ',
  Company: 'Acme\r\nInc.',
  NumberOfEmployees: 400,
  AnnualRevenue: 15_000_000,
  Demo_At__c: '2026-11-16T09:30:00.000+0000',
  HasOptedOutOfEmail: false,
  Leadgauge_Score__c: 72,
  Leadgauge_Scored_At__c: '2026-11-16T10:00:00.000+0000',
  Leadgauge_MQL_At__c: null,
  Leadgauge_Override__c: 'disqualified',
};
/** The same as Bulk has it. */
const BY_BULK = {
  Id: LEAD_ID,
  Email: 'Ada@Acme.example',
  OwnerId: USER_ID,
  CreatedDate: '2026-11-16T09:00:00.000Z',
  SystemModstamp: '2026-11-16T10:30:00.000Z',
  Title: ' VP Engineering ',
  Company: 'Acme\nInc.',
  NumberOfEmployees: '400',
  AnnualRevenue: '1.5E7',
  Demo_At__c: '2026-11-16T09:30:00.000Z',
  HasOptedOutOfEmail: 'false',
  Leadgauge_Score__c: '72.0',
  Leadgauge_Scored_At__c: '2026-11-16T10:00:00.000Z',
  Leadgauge_MQL_At__c: '',
  Leadgauge_Override__c: 'disqualified',
};
const CONTACT = {
  Id: CONTACT_ID,
  Email: 'ada@acme.example',
  OwnerId: USER_ID,
  AccountId: ACCOUNT_ID,
  IsPersonAccount: false,
  CreatedDate: '2026-11-16T09:00:00.000+0000',
  SystemModstamp: '2026-11-16T10:30:00.000+0000',
  Title: 'CTO',
  Account: { attributes: { type: 'Account' }, Name: 'Acme', NumberOfEmployees: 400, AnnualRevenue: null },
};

describe('a Lead', () => {
  test('is the same lead, whether REST or Bulk told of it', () => {
    const { Lead } = mappings();
    const record = Lead.toRecord(BY_REST, []);
    expect(record).toMatchObject({
      lead: {
        id: LEAD_ID,
        formerIds: [],
        emails: ['ada@acme.example'],
        createdAt: Date.UTC(2026, 10, 16, 9),
        ownerId: USER_ID,
        overrides: { platform: 'disqualified' },
      },
      counters: [],
      outputs: { platform: { score: 72 } },
      stage: 'before-mql',
      changedAt: Date.UTC(2026, 10, 16, 10, 30),
    });
    expect(record.lead.fields).toEqual({
      email: 'Ada@Acme.example',
      job_title: 'VP Engineering',
      company: 'Acme\nInc.',
      employees: '400',
      annual_revenue: '15000000',
      demo_at: '2026-11-16T09:30:00.000Z',
      unsubscribed: 'false',
    });
    expect(Lead.toRecord(BY_BULK, [])).toEqual(record);
  });

  test('of a queue is nobody’s', () => {
    const { lead } = mappings().Lead.toRecord({ ...BY_REST, OwnerId: '00G000000000001AAA' }, []);
    expect(lead).not.toHaveProperty('ownerId');
  });

  test('is another lead with another owner, field or decision, and the same one with another score or time', () => {
    const { Lead } = mappings();
    const same = Lead.fingerprint(BY_REST);
    const touched = { ...BY_REST, Leadgauge_Score__c: 5, SystemModstamp: '2026-11-17T10:30:00.000+0000' };
    expect(Lead.fingerprint(touched)).toBe(same);
    const others = [{ OwnerId: '005000000000002AAA' }, { Title: null }, { Leadgauge_Override__c: null }];
    const prints = others.map((other) => Lead.fingerprint({ ...BY_REST, ...other }));
    expect(new Set([same, ...prints]).size).toBe(4);
  });

  test('is asked for by the names that Salesforce has, without what our user may not see', () => {
    const { Lead } = mappings({ hidden: ['Leadgauge_Score__c', 'Company'] });
    expect(Lead.columns).toContain('Title');
    expect(Lead.columns).not.toContain('Leadgauge_Score__c');
    expect(Lead.columns).not.toContain('Company');
    // An address is an object, of which Bulk knows nothing.
    expect(Lead.columns).not.toContain('Address');
    expect(new Set(Lead.columns).size).toBe(Lead.columns.length);
  });

  test('shows by its inputs alone whether it changed', () => {
    const { Lead } = mappings();
    expect(Lead.inputs).not.toContain('Leadgauge_Score__c');
    const { Leadgauge_Score__c: _, ...inputs } = BY_REST;
    expect(Lead.fingerprint(inputs)).toBe(Lead.fingerprint(BY_REST));
  });
});

describe('a Contact', () => {
  test('has the fields of its account, and tells of its version', () => {
    const { Contact } = mappings();
    const record = Contact.toRecord(CONTACT, []);
    expect(record.lead).toMatchObject({
      accountId: ACCOUNT_ID,
      fields: { company: 'Acme', employees: '400', job_title: 'CTO' },
    });
    expect(record.lead.fields).not.toHaveProperty('annual_revenue');
    expect(record.related).toEqual([{ source: 'account', id: ACCOUNT_ID, version: expect.any(String) }]);
    const { Account: _, ...rest } = CONTACT;
    const byBulk = {
      ...rest,
      IsPersonAccount: 'false',
      'Account.Name': 'Acme',
      'Account.NumberOfEmployees': '400',
      'Account.AnnualRevenue': '',
    };
    expect(Contact.toRecord(byBulk, [])).toEqual(record);
  });

  test('whose account changed is the same lead with another version of the account', () => {
    const { Contact } = mappings();
    const before = Contact.toRecord(CONTACT, []);
    const after = Contact.toRecord({ ...CONTACT, Account: { ...CONTACT.Account, NumberOfEmployees: 500 } }, []);
    expect(after.fingerprint).toBe(before.fingerprint);
    expect(after.related?.[0]?.version).not.toBe(before.related?.[0]?.version);
  });

  test('is never asked for fields of the account where only a change is looked for', () => {
    expect(mappings().Contact.inputs.filter((name) => name.includes('.'))).toEqual([]);
  });

  test('without an account is related to none', () => {
    const record = mappings().Contact.toRecord({ ...CONTACT, AccountId: null, Account: null }, []);
    expect(record.lead).not.toHaveProperty('accountId');
    expect(record).not.toHaveProperty('related');
  });

  test('that is a person account belongs to no company, and still changes with its account', () => {
    const places = new Map<string, unknown>();
    const { Contact } = mappings({ onContact: (id, place) => void places.set(id, place) });
    const record = Contact.toRecord({ ...CONTACT, IsPersonAccount: true }, []);
    expect(record.lead).not.toHaveProperty('accountId');
    expect(record.related).toHaveLength(1);
    expect(places).toEqual(new Map([[CONTACT_ID, { accountId: ACCOUNT_ID, isPersonAccount: true }]]));
  });
});

describe('the stage', () => {
  const withStage = (stage: string | null) => ({ ...CONTACT, Leadgauge_Stage__c: stage });
  const former = (stage: Former['stage']): Former => ({ id: LEAD_ID, email: undefined, how: 'converted', stage });

  test('is that of the picklist, and beyond MQL where config does not know it', () => {
    const { Contact } = mappings({ lifecycle: LIFECYCLE });
    const stages = [null, 'Lead', 'MQL', 'Customer', 'Partner'].map(
      (one) => Contact.toRecord(withStage(one), []).stage,
    );
    expect(stages).toEqual(['before-mql', 'before-mql', 'mql', 'beyond-mql', 'beyond-mql']);
  });

  test('with the lifecycle off is our own mark', () => {
    const { Lead } = mappings();
    expect(Lead.toRecord({ ...BY_REST, Leadgauge_MQL_At__c: '2026-11-16T10:00:00.000+0000' }, []).stage).toBe('mql');
  });

  test('with the lifecycle off is before MQL again once sales gave the lead back, be it as a Lead that was converted', () => {
    const { Lead, Contact } = mappings();
    expect(Lead.stages).toEqual(['Leadgauge_MQL_At__c', 'Leadgauge_Recycled_At__c']);
    const times = {
      Leadgauge_MQL_At__c: '2026-11-16T10:00:00.000+0000',
      Leadgauge_Recycled_At__c: '2026-11-17T10:00:00.000+0000',
    };
    const given = { ...BY_REST, ...times };
    expect(Lead.toRecord(given, []).stage).toBe('before-mql');
    const converted: Former = { id: LEAD_ID, email: undefined, how: 'converted', ...Lead.stageOf(given) };
    expect(Contact.toRecord(CONTACT, [converted]).stage).toBe('before-mql');
    // What happened to the Contact itself goes before what its Lead had reached.
    const { Leadgauge_Recycled_At__c } = times;
    expect(Contact.toRecord({ ...CONTACT, Leadgauge_Recycled_At__c }, [former('mql')]).stage).toBe('before-mql');
  });

  test('that a Lead had reached holds for its Contact, where the conversion left it behind', () => {
    const { Contact } = mappings({ lifecycle: LIFECYCLE });
    expect(Contact.toRecord(withStage(null), [former('mql'), former(undefined)]).stage).toBe('mql');
    // What sales says of the Contact itself goes before it.
    expect(Contact.toRecord(withStage('Lead'), [former('mql')]).stage).toBe('before-mql');
  });
});

test('what lives on in a record brings its ids and addresses along', () => {
  const formers: Former[] = [
    { id: LEAD_ID, email: 'ADA@acme.example', how: 'converted' },
    { id: '00Q000000000002AAA', email: 'ada@home.example', how: 'merged' },
  ];
  const { lead } = mappings().Contact.toRecord(CONTACT, formers);
  expect(lead.formerIds).toEqual([LEAD_ID, '00Q000000000002AAA']);
  expect(lead.emails).toEqual(['ada@acme.example', 'ada@home.example']);
});
