import { describe, expect, test } from 'vitest';
import { FatalError, RecordError, RetryableError } from '../../../../src/base/errors.ts';
import { writeAccounts, writeLeads } from '../../../../src/crm/salesforce/write.ts';
import type { Refused } from '../../../support/scripted-salesforce.ts';
import { CONTACT, createWriteWorld, id, LEAD, scored } from './write-context.ts';

const NINE = Date.UTC(2026, 10, 16, 9);
const refusing = (statusCode: string, more: Partial<Refused> = {}) => ({
  refusals: { [LEAD]: [{ statusCode, ...more }] },
});

describe('writing leads and contacts', () => {
  test('is one call for a batch, which also tells when the records changed', async () => {
    const { context, org } = createWriteWorld();
    expect(await writeLeads(context, [scored(LEAD), scored(CONTACT, 5)])).toEqual([
      { id: CONTACT, status: 'written', changedAt: NINE },
      { id: LEAD, status: 'written', changedAt: NINE },
    ]);
    expect(org.calls).toHaveLength(1);
    expect(org.written[0]).toEqual([
      { attributes: { type: 'Contact' }, Id: CONTACT, Leadgauge_Score__c: 5 },
      { attributes: { type: 'Lead' }, Id: LEAD, Leadgauge_Score__c: 72 },
    ]);
  });

  test('fires no assignment rule, in the request and in what it carries', async () => {
    const { context, org } = createWriteWorld();
    await writeLeads(context, [scored(LEAD)]);
    const [call] = org.calls;
    expect(call?.headers).toMatchObject({ 'Sforce-Auto-Assign': 'FALSE' });
    expect(call?.body).toMatchObject({
      allOrNone: false,
      collateSubrequests: false,
      compositeRequest: [{ httpHeaders: { 'Sforce-Auto-Assign': 'FALSE' }, body: { allOrNone: false } }, {}],
    });
  });

  test('takes as many calls as batches, of the size in config', async () => {
    const { context, org } = createWriteWorld({ batch_size: 50 });
    const outcomes = await writeLeads(
      context,
      Array.from({ length: 120 }, (_, index) => scored(id('00Q', index))),
    );
    expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(120);
    expect(org.written.map((rows) => rows.length)).toEqual([50, 50, 20]);
    expect(org.calls).toHaveLength(3);
  });

  test('keeps the rows of one account together, so that they share its lock', async () => {
    const places = new Map([
      [id('003', 1), { accountId: id('001', 2), isPersonAccount: false }],
      [id('003', 2), { accountId: id('001', 1), isPersonAccount: false }],
      [id('003', 3), { accountId: id('001', 2), isPersonAccount: false }],
    ]);
    const { context, org } = createWriteWorld({}, { placeOf: (contact) => places.get(contact) });
    await writeLeads(
      context,
      [1, 2, 3].map((number) => scored(id('003', number))),
    );
    expect(org.written[0]?.map(({ Id }) => Id)).toEqual([id('003', 2), id('003', 1), id('003', 3)]);
  });

  test('goes to the account of a person account, whose fields have another ending', async () => {
    const { context, org } = createWriteWorld({}, { personAccounts: true });
    org.add({ Id: CONTACT, type: 'Contact', AccountId: id('001', 1), IsPersonAccount: true });
    expect(await writeLeads(context, [scored(CONTACT)])).toEqual([{ id: CONTACT, status: 'written', changedAt: NINE }]);
    expect(org.written[0]).toEqual([{ attributes: { type: 'Account' }, Id: id('001', 1), Leadgauge_Score__pc: 72 }]);
  });

  test('asks for nothing where there is nothing to write, and calls gone what is no id of a lead', async () => {
    const { context, org } = createWriteWorld();
    const outcomes = await writeLeads(context, [{ id: LEAD, outputs: {} }, scored('nonsense'), scored(id('500', 1))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['written', 'gone', 'gone']);
    expect(org.calls).toEqual([]);
  });
});

describe('a row that Salesforce refuses', () => {
  const outcomeOf = async (world: ReturnType<typeof createWriteWorld>) =>
    (await writeLeads(world.context, [scored(LEAD)]))[0];
  const errorOf = async (world: ReturnType<typeof createWriteWorld>) => {
    const outcome = await outcomeOf(world);
    return outcome?.status === 'failed' ? outcome.error : undefined;
  };

  test.each([
    ['UNABLE_TO_LOCK_ROW', {}],
    ['CANNOT_EXECUTE_FLOW_TRIGGER', { message: 'the flow failed: UNABLE_TO_LOCK_ROW, unable to obtain access' }],
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', { message: 'trigger: UNABLE_TO_LOCK_ROW' }],
    ['SERVER_UNAVAILABLE', {}],
    ['UNKNOWN_EXCEPTION', {}],
  ])('for %s is tried again by itself after a while', async (code, more) => {
    const world = createWriteWorld({}, refusing(code, more));
    expect(await outcomeOf(world)).toMatchObject({ status: 'written' });
    expect(world.clock.slept).toEqual([1_000]);
    expect(world.org.written).toHaveLength(2);
  });

  test('together with others is tried row by row, after one wait for all', async () => {
    const ids = [1, 2, 3].map((number) => id('00Q', number));
    const refusals = Object.fromEntries(ids.map((lead) => [lead, [{ statusCode: 'UNABLE_TO_LOCK_ROW' }]]));
    const { context, org, clock } = createWriteWorld({}, { refusals });
    const outcomes = await writeLeads(
      context,
      ids.map((lead) => scored(lead)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['written', 'written', 'written']);
    expect(org.written.map((rows) => rows.length)).toEqual([3, 1, 1, 1]);
    expect(clock.slept).toEqual([1_000]);
    expect(org.calls).toHaveLength(2);
  });

  test('row by row still fits a few calls, however many are locked', async () => {
    const ids = Array.from({ length: 60 }, (_, number) => id('00Q', number));
    const refusals = Object.fromEntries(ids.map((lead) => [lead, [{ statusCode: 'UNABLE_TO_LOCK_ROW' }]]));
    const { context, org } = createWriteWorld({}, { refusals });
    const outcomes = await writeLeads(
      context,
      ids.map((lead) => scored(lead)),
    );
    expect(outcomes.every(({ status }) => status === 'written')).toBe(true);
    expect(org.calls).toHaveLength(1 + 3);
    expect(org.calls[1]?.body).toMatchObject({
      allOrNone: false,
      collateSubrequests: false,
      compositeRequest: expect.arrayContaining([
        expect.objectContaining({
          method: 'PATCH',
          url: `/services/data/v68.0/sobjects/Lead/${ids[0]}`,
          httpHeaders: expect.objectContaining({ 'Sforce-Auto-Assign': 'FALSE' }),
          body: { Leadgauge_Score__c: 72 },
        }),
      ]),
    });
  });

  test('for a lock that stays is left for another time', async () => {
    const locked = { statusCode: 'UNABLE_TO_LOCK_ROW' };
    const world = createWriteWorld({}, { refusals: { [LEAD]: [locked, locked, locked, locked] } });
    const error = await errorOf(world);
    expect(error).toBeInstanceOf(RetryableError);
    expect(world.clock.slept).toEqual([1_000, 2_000]);
  });

  test.each([
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', {}, 'Salesforce refused the record (FIELD_CUSTOM_VALIDATION_EXCEPTION)'],
    ['REQUIRED_FIELD_MISSING', { fields: ['Region__c'] }, 'Region__c'],
    ['CANNOT_EXECUTE_FLOW_TRIGGER', {}, 'CANNOT_EXECUTE_FLOW_TRIGGER'],
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', {}, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'],
    ['DUPLICATES_DETECTED', {}, 'a duplicate rule of the org'],
    ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', { fields: ['Parent__c'] }, 'not shared'],
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', { fields: ['Leadgauge_Score__c'] }, 'run "leadgauge setup"'],
    [
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      { fields: ['Status'] },
      '(INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: Status)',
    ],
    ['STRING_TOO_LONG', { fields: ['Leadgauge_Score__c'] }, 'make the field as long again'],
    ['NUMBER_OUTSIDE_VALID_RANGE', { fields: ['Leadgauge_Score__c'] }, 'give the field more digits'],
    ['INVALID_FIELD_FOR_INSERT_UPDATE', { fields: ['Somebodys_Own__c'] }, 'Somebodys_Own__c'],
    ['SOMETHING_NEW', {}, 'SOMETHING_NEW'],
  ])('for %s is a dead letter that names codes and fields', async (code, more, said) => {
    const error = await errorOf(createWriteWorld({}, refusing(code, { message: 'ada@acme.example', ...more })));
    expect(error).toBeInstanceOf(RecordError);
    expect(error?.message).toContain(said);
    expect(error?.message).not.toContain('ada@');
  });

  test.each([
    ['INVALID_FIELD_FOR_INSERT_UPDATE', 'leadgauge_score__c'],
    ['INVALID_FIELD', 'Leadgauge_Score__c'],
  ])('for %s of a field that we write stops everything, as all would fail alike', async (code, field) => {
    const error = await errorOf(createWriteWorld({}, refusing(code, { fields: [field] })));
    expect(error).toBeInstanceOf(FatalError);
    expect(error?.message).toContain(field);
    expect(error?.message).toContain('leadgauge setup');
  });

  test.each(['STORAGE_LIMIT_EXCEEDED', 'API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED'])(
    'for %s stops everything until a person looks',
    async (code) => {
      expect(await errorOf(createWriteWorld({}, refusing(code)))).toBeInstanceOf(FatalError);
    },
  );

  test('because it was deleted is gone', async () => {
    const world = createWriteWorld({}, refusing('ENTITY_IS_DELETED'));
    world.org.add({ Id: LEAD, type: 'Lead', IsDeleted: true, MasterRecordId: null });
    expect(await outcomeOf(world)).toEqual({ id: LEAD, status: 'gone' });
  });

  test('because it was merged is to be read afresh', async () => {
    const world = createWriteWorld({}, refusing('ENTITY_IS_DELETED'));
    world.org.add({ Id: LEAD, type: 'Lead', IsDeleted: true, MasterRecordId: id('00Q', 2) });
    const error = await errorOf(world);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error?.message).toContain('merged');
  });

  test('because its id is unknown is gone; because it is not shared for editing, a dead letter', async () => {
    expect(await outcomeOf(createWriteWorld({}, refusing('INVALID_CROSS_REFERENCE_KEY')))).toMatchObject({
      status: 'gone',
    });
    const world = createWriteWorld({}, refusing('INSUFFICIENT_ACCESS_OR_READONLY'));
    world.org.add({ Id: LEAD, type: 'Lead' });
    expect(await errorOf(world)).toBeInstanceOf(RecordError);
  });

  test('because it was converted is written to its contact', async () => {
    const world = createWriteWorld({}, refusing('CANNOT_UPDATE_CONVERTED_LEAD'));
    world.org.add({ Id: LEAD, type: 'Lead', ConvertedContactId: CONTACT });
    expect(await outcomeOf(world)).toEqual({ id: LEAD, status: 'written', changedAt: NINE });
    expect(world.org.written[1]).toEqual([{ attributes: { type: 'Contact' }, Id: CONTACT, Leadgauge_Score__c: 72 }]);
  });

  test('because it was converted like another, into the same contact, is written by another request', async () => {
    const other = id('00Q', 2);
    const refusal = [{ statusCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }];
    const { context, org } = createWriteWorld({}, { refusals: { [LEAD]: refusal, [other]: refusal } });
    for (const lead of [LEAD, other]) org.add({ Id: lead, type: 'Lead', ConvertedContactId: CONTACT });
    const outcomes = await writeLeads(context, [scored(LEAD), scored(other)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['written', 'written']);
    expect(org.written.map((rows) => rows.map(({ Id }) => Id))).toEqual([[LEAD, other], [CONTACT], [CONTACT]]);
  });

  test('because its new owner has left is written without one', async () => {
    const world = createWriteWorld({}, refusing('INACTIVE_OWNER_OR_USER'));
    const [outcome] = await writeLeads(world.context, [{ ...scored(LEAD), ownerId: id('005', 1) }]);
    expect(outcome).toMatchObject({ status: 'written' });
    expect(world.org.written.map(([row]) => row?.OwnerId)).toEqual([id('005', 1), undefined]);
  });

  test('because its owner may not be changed is written without one', async () => {
    const world = createWriteWorld({}, refusing('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY'));
    world.org.add({ Id: LEAD, type: 'Lead' });
    const [outcome] = await writeLeads(world.context, [{ ...scored(LEAD), ownerId: id('005', 1) }]);
    expect(outcome).toMatchObject({ status: 'written' });
    expect(world.org.written.map(([row]) => row?.OwnerId)).toEqual([id('005', 1), undefined]);
  });

  test('because it was converted leaves the contact to whoever has it', async () => {
    const world = createWriteWorld({}, refusing('CANNOT_UPDATE_CONVERTED_LEAD'));
    world.org.add({ Id: LEAD, type: 'Lead', ConvertedContactId: CONTACT });
    const [outcome] = await writeLeads(world.context, [{ ...scored(LEAD), ownerId: id('005', 1) }]);
    expect(outcome).toMatchObject({ status: 'written' });
    expect(world.org.written[1]).toEqual([{ attributes: { type: 'Contact' }, Id: CONTACT, Leadgauge_Score__c: 72 }]);
  });

  test.each([true, false])('because it became a person account goes to the account (seen before: %s)', async (seen) => {
    const refusals = { [CONTACT]: [{ statusCode: 'INVALID_PERSON_ACCOUNT_OPERATION' }] };
    const before = { accountId: id('001', 9), isPersonAccount: false };
    const world = createWriteWorld({}, { refusals, personAccounts: seen, placeOf: () => before });
    world.org.add({ Id: CONTACT, type: 'Contact', AccountId: id('001', 1), IsPersonAccount: true });
    const outcomes = await writeLeads(world.context, [scored(CONTACT)]);
    expect(outcomes).toEqual([{ id: CONTACT, status: 'written', changedAt: NINE }]);
    expect(world.org.written[1]).toEqual([
      { attributes: { type: 'Account' }, Id: id('001', 1), Leadgauge_Score__pc: 72 },
    ]);
  });

  test('as a person account that it is not is a dead letter', async () => {
    const refusals = { [CONTACT]: [{ statusCode: 'INVALID_PERSON_ACCOUNT_OPERATION' }] };
    const world = createWriteWorld({}, { refusals });
    world.org.add({ Id: CONTACT, type: 'Contact', AccountId: id('001', 1), IsPersonAccount: false });
    const [outcome] = await writeLeads(world.context, [scored(CONTACT)]);
    expect(outcome).toMatchObject({ status: 'failed', error: { name: 'RecordError' } });
  });

  test('holds up no other', async () => {
    const { context } = createWriteWorld({}, refusing('FIELD_CUSTOM_VALIDATION_EXCEPTION'));
    const outcomes = await writeLeads(context, [scored(LEAD), scored(id('00Q', 2)), scored(CONTACT)]);
    expect(new Map(outcomes.map(({ id: lead, status }) => [lead, status]))).toEqual(
      new Map([
        [LEAD, 'failed'],
        [id('00Q', 2), 'written'],
        [CONTACT, 'written'],
      ]),
    );
  });
});

describe('a connection that breaks', () => {
  const many = Array.from({ length: 60 }, (_, index) => scored(id('00Q', index)));

  test('before anything is settled fails the whole', async () => {
    const broken = new RetryableError('gone');
    const { context } = createWriteWorld(
      {},
      {
        before: () => {
          throw broken;
        },
      },
    );
    await expect(writeLeads(context, many)).rejects.toBe(broken);
  });

  test('later leaves the outcomes that are known, and fails what remains', async () => {
    const broken = new RetryableError('gone');
    const before = (_: unknown, count: number) => {
      if (count === 1) throw broken;
    };
    const { context } = createWriteWorld({ batch_size: 25 }, { before });
    const outcomes = await writeLeads(context, many);
    expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(25);
    expect(outcomes.filter((outcome) => outcome.status === 'failed' && outcome.error === broken)).toHaveLength(35);
  });
});

describe('writing the scores of accounts', () => {
  test('writes those of models that have some, and empties them', async () => {
    const { context, org } = createWriteWorld();
    const [acme, other] = [id('001', 1), id('001', 2)];
    const outcomes = await writeAccounts(context, [
      { id: acme, scores: { platform: 7 } },
      { id: other, scores: { platform: null } },
      { id: id('001', 3), scores: { services: 1 } },
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['written', 'written', 'written']);
    expect(org.written).toEqual([
      [
        { attributes: { type: 'Account' }, Id: acme, Leadgauge_Account_Score__c: 7 },
        { attributes: { type: 'Account' }, Id: other, Leadgauge_Account_Score__c: null },
      ],
    ]);
  });
});
