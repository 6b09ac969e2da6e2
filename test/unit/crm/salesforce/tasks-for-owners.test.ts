import { describe, expect, test } from 'vitest';
import { RecordError, RetryableError } from '../../../../src/base/errors.ts';
import { SalesforceRefusal } from '../../../../src/crm/salesforce/api/error-table.ts';
import { salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import { createTask, findTask } from '../../../../src/crm/salesforce/tasks.ts';
import { createScriptedSalesforce } from '../../../support/scripted-salesforce.ts';
import { MONDAY } from '../../../support/test-clock.ts';
import { dayInUtc, id, LEAD } from './write-context.ts';

const [ANN, BO] = [id('005', 1), id('005', 2)];
const config = salesforceConfigSchema.parse({ fields: {}, tasks: { subject: 'Call: {subject}' } });
const task = {
  leadId: LEAD,
  ownerId: ANN,
  subject: 'Demo',
  body: 'Line <1>\nLine 2',
  dueAt: MONDAY + 999,
  reference: 'demo-12',
};

/** Salesforce gives no task to these. */
function org(...left: string[]) {
  return createScriptedSalesforce({
    before: ({ body }) => {
      const { OwnerId } = (body ?? {}) as { OwnerId?: string };
      if (left.includes(OwnerId ?? 'nobody'))
        throw new SalesforceRefusal('refused', { status: 400, codes: ['INACTIVE_OWNER_OR_USER'], fields: ['OwnerId'] });
    },
  });
}

describe('a follow-up task', () => {
  test('has the lead, the owner, a day, and a reminder with the hour', async () => {
    const api = org();
    const created = await createTask({ api, config, fallbackOwner: undefined, dayOf: dayInUtc }, task);
    expect(api.records.get(created)).toMatchObject({
      WhoId: LEAD,
      OwnerId: ANN,
      Subject: 'Call: Demo',
      Status: 'Not Started',
      Priority: 'High',
      ActivityDate: '2026-11-16',
      ReminderDateTime: '2026-11-16T09:00:00.000Z',
      IsReminderSet: true,
      Description: 'Line <1>\nLine 2\n\n[leadgauge demo-12]',
    });
  });

  test('is found by its reference, and another is not', async () => {
    const api = org();
    const created = await createTask({ api, config, fallbackOwner: undefined, dayOf: dayInUtc }, task);
    expect(await findTask(api, LEAD, 'demo-12')).toBe(created);
    expect(await findTask(api, LEAD, 'demo-1')).toBeUndefined();
    expect(await findTask(api, 'nonsense', 'demo-12')).toBeUndefined();
  });

  test('goes to the fallback owner where the lead has none, or a queue for one', async () => {
    const api = org();
    for (const ownerId of [undefined, id('00G', 1)]) {
      const { ownerId: _, ...unowned } = task;
      const created = await createTask(
        { api, config, fallbackOwner: BO, dayOf: dayInUtc },
        { ...unowned, ...(ownerId && { ownerId }) },
      );
      expect(api.records.get(created)).toMatchObject({ OwnerId: BO });
    }
  });

  test('goes to the fallback owner once the owner has left, and then to nobody', async () => {
    const api = org(ANN);
    const first = await createTask({ api, config, fallbackOwner: BO, dayOf: dayInUtc }, task);
    expect(api.records.get(first)).toMatchObject({ OwnerId: BO });
    const nobodys = org(ANN, BO);
    const second = await createTask({ api: nobodys, config, fallbackOwner: BO, dayOf: dayInUtc }, task);
    expect(nobodys.records.get(second)).not.toHaveProperty('OwnerId');
  });

  test('comes without a reminder where leadgauge may set none', async () => {
    const api = createScriptedSalesforce({
      before: ({ body }) => {
        if (body !== undefined && 'IsReminderSet' in (body as object))
          throw new SalesforceRefusal('hidden', { status: 400, codes: ['INVALID_FIELD'], fields: ['IsReminderSet'] });
      },
    });
    const created = await createTask({ api, config, fallbackOwner: undefined, dayOf: dayInUtc }, task);
    expect(api.records.get(created)).toMatchObject({ OwnerId: ANN, ActivityDate: '2026-11-16' });
  });

  test.each([
    [['INVALID_CROSS_REFERENCE_KEY'], ['WhoId']],
    [['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'], ['Priority']],
    [['REQUIRED_FIELD_MISSING'], ['Region__c']],
  ])(
    'that is refused for %s of %s is not offered to anybody else: that would be calls for nothing',
    async (codes, fields) => {
      let calls = 0;
      const api = createScriptedSalesforce({
        before: () => {
          calls += 1;
          throw new SalesforceRefusal('refused', { status: 400, codes, fields });
        },
      });
      await expect(createTask({ api, config, fallbackOwner: BO, dayOf: dayInUtc }, task)).rejects.toBeInstanceOf(
        RecordError,
      );
      expect(calls).toBe(1);
    },
  );

  test.each(['CANNOT_UPDATE_CONVERTED_LEAD', 'ENTITY_IS_DELETED'])(
    'for a lead that is another record by now (%s) is made once that was read',
    async (code) => {
      let calls = 0;
      const api = createScriptedSalesforce({
        before: () => {
          calls += 1;
          throw new SalesforceRefusal('refused', { status: 400, codes: [code], fields: [] });
        },
      });
      const made = createTask({ api, config, fallbackOwner: BO, dayOf: dayInUtc }, task);
      await expect(made).rejects.toBeInstanceOf(RetryableError);
      expect(calls).toBe(1);
    },
  );

  test('that Salesforce does not answer in time is given up while its turn lasts, so that nobody makes a second', async () => {
    const api = org();
    await createTask({ api, config, fallbackOwner: undefined, dayOf: dayInUtc }, task);
    expect(api.calls[0]?.timeout).toBeLessThanOrEqual(20_000);
  });

  test('that nobody can have is a matter of this lead alone', async () => {
    const api = org(ANN, 'nobody');
    await expect(createTask({ api, config, fallbackOwner: undefined, dayOf: dayInUtc }, task)).rejects.toBeInstanceOf(
      RecordError,
    );
  });
});
