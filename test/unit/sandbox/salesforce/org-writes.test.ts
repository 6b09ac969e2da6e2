import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../../src/base/clock.ts';
import { MONDAY } from '../../../support/test-clock.ts';
import { grant, newOrg } from './new-org.ts';

const ADA = { FirstName: 'Ada', LastName: 'Lovelace', Company: 'Engines', Email: 'ada@engines.example' };

describe('a write', () => {
  it('gives a record an id of 18 characters, its defaults and its times at whole seconds', () => {
    const { org, api } = newOrg();
    const result = org.insert('Lead', ADA, api);
    expect(result).toEqual({ success: true, id: expect.stringMatching(/^00Q[A-Za-z0-9]{15}$/) });
    const lead = org.type('Lead').all[0]!;
    expect(lead.values()).toMatchObject({
      Name: 'Ada Lovelace',
      Status: 'Open - Not Contacted',
      IsConverted: false,
      IsDeleted: false,
      OwnerId: org.integrationUserId,
      CreatedById: org.integrationUserId,
      CreatedDate: MONDAY,
      SystemModstamp: MONDAY,
    });
    expect(org.find(lead.id.slice(0, 15))).toBe(lead);
  });

  it('moves SystemModstamp even where it changes nothing', async () => {
    const { org, api, people, clock } = newOrg();
    const lead = people.createLead(ADA);
    await clock.advance(MINUTE + 1);
    expect(org.update(lead.id, { Email: ADA.Email }, api)).toEqual({ success: true, id: lead.id });
    expect(lead.systemModstamp).toBe(MONDAY + MINUTE);
    expect(lead.get('LastModifiedById')).toBe(org.integrationUserId);
    expect(lead.get('CreatedDate')).toBe(MONDAY);
  });

  it.each([
    [{ Email: 'nobody' }, 'INVALID_EMAIL_ADDRESS', 'Email: invalid email address: nobody', ['Email']],
    [{ FirstName: 'x'.repeat(41) }, 'STRING_TOO_LONG', expect.stringContaining('(max length=40)'), ['FirstName']],
    [{ LastName: ' ' }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', ['LastName']],
    [
      { NumberOfEmployees: 'many' },
      'INVALID_TYPE_ON_FIELD_IN_RECORD',
      expect.stringContaining('many'),
      ['NumberOfEmployees'],
    ],
    [{ AnnualRevenue: 1e19 }, 'NUMBER_OUTSIDE_VALID_RANGE', expect.any(String), ['AnnualRevenue']],
    [{ Nonsense__c: 1 }, 'INVALID_FIELD', "No such column 'Nonsense__c' on sobject of type Lead", []],
    [{ IsConverted: true }, 'INVALID_FIELD_FOR_INSERT_UPDATE', expect.stringContaining('IsConverted'), ['IsConverted']],
    [{ OwnerId: '005Gg0000000001AAA' }, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['OwnerId']],
    [{ Status: 'Closed - Converted' }, 'INVALID_STATUS', expect.any(String), ['Status']],
  ])('of %j is refused', (values, statusCode, message, fields) => {
    const { org, people, api } = newOrg();
    const lead = people.createLead(ADA);
    const before = lead.values();
    expect(org.update(lead.id, values, api)).toEqual({ success: false, errors: [{ statusCode, message, fields }] });
    expect(lead.values()).toEqual(before);
  });

  it('finds no record that is not there, deleted or converted', () => {
    const { org, people, api } = newOrg();
    const [gone, converted] = [people.createLead(ADA), people.createLead(ADA)];
    people.remove(gone.id);
    people.convert(converted.id);
    const codeOf = (id: string) => {
      const result = org.update(id, { Title: 'Countess' }, api);
      return result.success ? 'success' : result.errors[0]?.statusCode;
    };
    expect(codeOf('nonsense')).toBe('MALFORMED_ID');
    expect(codeOf('00QGg0000000001AAA')).toBe('INVALID_CROSS_REFERENCE_KEY');
    expect(codeOf(gone.id)).toBe('ENTITY_IS_DELETED');
    expect(codeOf(converted.id)).toBe('CANNOT_UPDATE_CONVERTED_LEAD');
    people.purge(gone.id);
    expect(codeOf(gone.id)).toBe('INVALID_CROSS_REFERENCE_KEY');
  });

  it('keeps the values of a multi-select picklist in the order of the picklist', () => {
    const { org, people, api } = newOrg();
    org.addField('Lead', {
      name: 'Flags__c',
      label: 'Flags',
      type: 'multipicklist',
      picklist: ['a', 'b', 'c'],
      restricted: true,
    });
    grant(org, 'Lead.Flags__c');
    const lead = people.createLead(ADA);
    expect(org.update(lead.id, { Flags__c: 'c;a;c' }, api).success).toBe(true);
    expect(lead.get('Flags__c')).toBe('a;c');
    expect(org.update(lead.id, { Flags__c: 'a;d' }, api)).toMatchObject({
      errors: [{ statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['Flags__c'] }],
    });
  });

  it('reads numbers, days and times as JSON and CSV bring them', () => {
    const { org, people, api } = newOrg();
    org.addField('Lead', { name: 'Score__c', label: 'Score', type: 'double', precision: 5, scale: 1 });
    org.addField('Lead', { name: 'At__c', label: 'At', type: 'datetime' });
    org.addField('Lead', { name: 'Day__c', label: 'Day', type: 'date' });
    grant(org, 'Lead.Score__c', 'Lead.At__c', 'Lead.Day__c');
    const lead = people.createLead(ADA);
    org.update(lead.id, { Score__c: '71.26', At__c: '2026-11-16T10:00:00.900+0100', Day__c: '2026-11-16' }, api);
    expect(lead.values()).toMatchObject({ Score__c: 71.3, At__c: MONDAY, Day__c: '2026-11-16' });
    org.update(lead.id, { Score__c: '', At__c: null }, api);
    expect([lead.get('Score__c'), lead.get('At__c')]).toEqual([null, null]);
  });

  it('tells whoever listens what changed, once it is made', () => {
    const { org, people, api } = newOrg();
    const heard: unknown[] = [];
    const stop = org.onChange(({ kind, record, fields, by }) => heard.push([kind, record.type.name, fields, by]));
    const lead = people.createLead(ADA);
    org.update(lead.id, { Title: 'Countess', Email: ADA.Email }, api);
    people.remove(lead.id);
    people.restore(lead.id);
    stop();
    people.remove(lead.id);
    const dana = org.users[0]!.id;
    expect(heard).toEqual([
      ['created', 'Lead', expect.arrayContaining(['LastName', 'Email', 'Name']), dana],
      ['updated', 'Lead', ['Title'], org.integrationUserId],
      ['deleted', 'Lead', ['IsDeleted'], dana],
      ['undeleted', 'Lead', ['IsDeleted'], dana],
    ]);
  });

  it('counts requests over the last 24 hours', async () => {
    const { org, clock } = newOrg({ dailyRequests: 2 });
    expect([org.dailyRequests.take(), org.dailyRequests.take(), org.dailyRequests.take()]).toEqual([true, true, false]);
    expect([org.dailyRequests.used, org.dailyRequests.remaining]).toEqual([2, 0]);
    await clock.advance(25 * 60 * MINUTE);
    expect(org.dailyRequests.take()).toBe(true);
  });
});
