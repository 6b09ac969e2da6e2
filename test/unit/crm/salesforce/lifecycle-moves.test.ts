import { describe, expect, test } from 'vitest';
import { salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import { isBeforeLead, recycledStage, stageOf } from '../../../../src/crm/salesforce/lifecycle.ts';
import { writeLeads } from '../../../../src/crm/salesforce/write.ts';
import { CONTACT, createWriteWorld, LEAD, scored } from './write-context.ts';

const LIFECYCLE = { lifecycle: {} };
const promoted = (lead: string) => ({ ...scored(lead), promote: true });
const demoted = (lead: string) => ({ ...scored(lead), demote: true });

describe('where a person stands', () => {
  const { lifecycle } = salesforceConfigSchema.parse({ fields: {}, ...LIFECYCLE });
  test.each([
    [undefined, 'before-mql'],
    ['Lead', 'before-mql'],
    ['MQL', 'mql'],
    ['SQL', 'beyond-mql'],
    ['Customer', 'beyond-mql'],
    ['Partner', 'beyond-mql'],
  ])('%s is %s: nobody is moved out of a stage we do not know', (stage, stands) => {
    if (lifecycle === 'off') throw new Error('the lifecycle is on');
    expect(stageOf(lifecycle, stage)).toBe(stands);
  });

  test('a lead that is given back goes to the stage before, where there is one', () => {
    expect(recycledStage(salesforceConfigSchema.parse({ fields: {}, ...LIFECYCLE }))).toBe('Lead');
    expect(recycledStage(salesforceConfigSchema.parse({ fields: {}, lifecycle: { stages: ['MQL'] } }))).toBeUndefined();
  });
});

describe('who is no lead yet', () => {
  const given = { lifecycle: { stages: ['Subscriber', 'Lead', 'MQL', 'Customer'], lead: 'Lead' } };
  const { lifecycle } = salesforceConfigSchema.parse({ fields: {}, ...given });
  const moving = (record: string, move: 'toLead' | 'demote' | 'promote') => ({ ...scored(record), [move]: true });

  test.each([
    [undefined, true],
    ['Subscriber', true],
    ['Lead', false],
    ['MQL', false],
    ['Partner', false],
  ])('%s: %s', (stage, before) => {
    if (lifecycle === 'off') throw new Error('the lifecycle is on');
    expect(isBeforeLead(lifecycle, stage)).toBe(before);
    expect(isBeforeLead({ ...lifecycle, lead: undefined }, stage)).toBeUndefined();
  });

  test.each([undefined, 'Subscriber'])('is moved on from %s, and no day of an MQL is noted', async (stage) => {
    const { context, org } = createWriteWorld(given);
    org.add({ Id: LEAD, type: 'Lead', ...(stage && { Leadgauge_Stage__c: stage }) });
    expect(await writeLeads(context, [moving(LEAD, 'toLead')])).toMatchObject([{ status: 'written', moved: true }]);
    expect(org.records.get(LEAD)).toMatchObject({ Leadgauge_Stage__c: 'Lead' });
    expect(org.records.get(LEAD)).not.toHaveProperty('Leadgauge_MQL_Date__c');
  });

  test.each(['Lead', 'MQL', 'Customer', 'Partner'])('is nobody at %s by now', async (stage) => {
    const { context, org } = createWriteWorld(given);
    org.add({ Id: LEAD, type: 'Lead', Leadgauge_Stage__c: stage });
    expect(await writeLeads(context, [moving(LEAD, 'toLead')])).toMatchObject([{ status: 'written', moved: false }]);
    expect(org.records.get(LEAD)).toMatchObject({ Leadgauge_Stage__c: stage, Leadgauge_Score__c: 72 });
  });

  test('is nobody where config names no such stage', async () => {
    const { context, org } = createWriteWorld(LIFECYCLE);
    org.add({ Id: LEAD, type: 'Lead' });
    expect(await writeLeads(context, [moving(LEAD, 'toLead')])).toMatchObject([{ status: 'written', moved: false }]);
  });

  test.each([
    ['toLead', 'Subscriber', null, 'Lead', true],
    ['toLead', 'Subscriber', 'MQL', 'MQL', false],
    ['demote', 'MQL', 'MQL', 'Lead', true],
    ['demote', 'MQL', 'Subscriber', 'Subscriber', false],
  ] as const)(
    '%s of a lead at %s that was converted to a contact at %s leaves it at %s',
    async (move, of, at, left, moved) => {
      const converted = { refusals: { [LEAD]: [{ statusCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }] } };
      const { context, org } = createWriteWorld(given, converted);
      org.add({ Id: LEAD, type: 'Lead', ConvertedContactId: CONTACT, Leadgauge_Stage__c: of });
      org.add({ Id: CONTACT, type: 'Contact', Leadgauge_Stage__c: at });
      expect(await writeLeads(context, [moving(LEAD, move)])).toMatchObject([{ id: LEAD, status: 'written', moved }]);
      expect(org.records.get(CONTACT)).toMatchObject({ Leadgauge_Stage__c: left, Leadgauge_Score__c: 72 });
    },
  );
});

describe('a promotion', () => {
  test('sets the stage and the day, on leads and on contacts, and reads that it did', async () => {
    const { context, org } = createWriteWorld(LIFECYCLE);
    org.add({ Id: LEAD, type: 'Lead', Leadgauge_Stage__c: 'Lead' });
    org.add({ Id: CONTACT, type: 'Contact' });
    const outcomes = await writeLeads(context, [promoted(LEAD), promoted(CONTACT)]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'written', moved: true });
    for (const record of [LEAD, CONTACT])
      expect(org.records.get(record)).toMatchObject({ Leadgauge_Stage__c: 'MQL', Leadgauge_MQL_Date__c: '2026-11-16' });
    // One to read the stages of both, one to write and read again.
    expect(org.calls).toHaveLength(2);
  });

  test.each(['MQL', 'SQL', 'Customer', 'Partner'])(
    'leaves a lead alone that is at %s by now, and says so',
    async (stage) => {
      const { context, org } = createWriteWorld(LIFECYCLE);
      org.add({ Id: LEAD, type: 'Lead', Leadgauge_Stage__c: stage });
      expect((await writeLeads(context, [promoted(LEAD)]))[0]).toMatchObject({ status: 'written', moved: false });
      expect(org.records.get(LEAD)).toMatchObject({ Leadgauge_Stage__c: stage, Leadgauge_Score__c: 72 });
      expect((await writeLeads(context, [{ id: LEAD, outputs: {}, promote: true }]))[0]).toMatchObject({
        moved: false,
      });
    },
  );

  test('that a flow of the org takes back did not move the lead', async () => {
    const { context, org } = createWriteWorld(LIFECYCLE, {
      afterWrite: (record) => {
        record.Leadgauge_Stage__c = 'Lead';
      },
    });
    org.add({ Id: LEAD, type: 'Lead' });
    expect((await writeLeads(context, [promoted(LEAD)]))[0]).toMatchObject({ status: 'written', moved: false });
  });

  test('with the lifecycle off is doing nothing', async () => {
    const { context, org } = createWriteWorld();
    expect((await writeLeads(context, [{ id: LEAD, outputs: {}, promote: true }]))[0]).toMatchObject({ moved: true });
    expect(org.calls).toEqual([]);
  });

  test('of a lead that was converted goes by the stage of its contact', async () => {
    const converted = { refusals: { [LEAD]: [{ statusCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }] } };
    for (const [stage, moved] of [
      ['Customer', false],
      [null, true],
    ] as const) {
      const { context, org } = createWriteWorld({ ...LIFECYCLE, rating: { mql: 'Hot' } }, converted);
      org.add({ Id: LEAD, type: 'Lead', ConvertedContactId: CONTACT });
      org.add({ Id: CONTACT, type: 'Contact', Leadgauge_Stage__c: stage });
      expect((await writeLeads(context, [promoted(LEAD)]))[0]).toMatchObject({ id: LEAD, status: 'written', moved });
      expect(org.records.get(CONTACT)).toMatchObject({ Leadgauge_Stage__c: stage ?? 'MQL', Leadgauge_Score__c: 72 });
      expect(org.records.get(CONTACT)).not.toHaveProperty('Rating');
    }
  });
});

describe('Lead Status and Rating', () => {
  const config = { ...LIFECYCLE, lead_status: { mql: 'Working' }, rating: { mql: 'Hot' } };
  const leadStatuses = ['Open', 'Working', 'Closed - Converted', 'Closed - Not Converted'];

  test('go with the stage where config says so, on leads alone', async () => {
    const { context, org } = createWriteWorld(config, { leadStatuses });
    org.add({ Id: LEAD, type: 'Lead', Status: 'Open' });
    org.add({ Id: CONTACT, type: 'Contact' });
    await writeLeads(context, [promoted(LEAD), promoted(CONTACT)]);
    expect(org.records.get(LEAD)).toMatchObject({ Status: 'Working', Rating: 'Hot' });
    expect(org.records.get(CONTACT)).not.toHaveProperty('Status');
  });

  test('the status moves forward only, in the order of the org', async () => {
    const { context, org } = createWriteWorld(config, { leadStatuses });
    org.add({ Id: LEAD, type: 'Lead', Status: 'Closed - Not Converted' });
    await writeLeads(context, [promoted(LEAD)]);
    expect(org.records.get(LEAD)).toMatchObject({ Status: 'Closed - Not Converted', Leadgauge_Stage__c: 'MQL' });
  });
});

describe('a demotion', () => {
  test('sets the stage before MQL, for a lead that is still there', async () => {
    const { context, org } = createWriteWorld(LIFECYCLE);
    org.add({ Id: LEAD, type: 'Lead', Leadgauge_Stage__c: 'MQL' });
    expect((await writeLeads(context, [demoted(LEAD)]))[0]).toMatchObject({ status: 'written', moved: true });
    expect(org.records.get(LEAD)).toMatchObject({ Leadgauge_Stage__c: 'Lead' });
  });

  test.each(['Lead', 'SQL', 'Customer'])('leaves a lead alone that is at %s by now', async (stage) => {
    const { context, org } = createWriteWorld(LIFECYCLE);
    org.add({ Id: LEAD, type: 'Lead', Leadgauge_Stage__c: stage });
    expect((await writeLeads(context, [demoted(LEAD)]))[0]).toMatchObject({ status: 'written', moved: false });
    expect(org.records.get(LEAD)).toMatchObject({ Leadgauge_Stage__c: stage });
  });
});
