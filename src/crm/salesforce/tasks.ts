import { z } from 'zod';
import { SECOND } from '../../base/clock.ts';
import { RecordError, RetryableError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { CallOptions, FollowUpTask } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { createRecord } from './api/create-record.ts';
import { SalesforceRefusal } from './api/error-table.ts';
import { queryPages } from './api/query.ts';
import { isSalesforceId } from './api/record-id.ts';
import { literal } from './api/soql.ts';
import type { SalesforceConfig } from './config.ts';
import type { Organization } from './organization.ts';
import { wholeSeconds } from './outputs.ts';
import { isUserId } from './owners.ts';

export interface TaskContext {
  readonly api: SalesforceApi;
  readonly config: Pick<SalesforceConfig, 'tasks'>;
  /** A user's id. */
  readonly fallbackOwner: string | undefined;
  readonly dayOf: Organization['dayOf'];
  readonly log?: Log | undefined;
}

/** What a subject and a description hold, in characters. */
const LONGEST_SUBJECT = 255;
const LONGEST_DESCRIPTION = 32_000;

/** Who waits longer may lose the turn at this lead, and the next worker, who does not find the task yet, would make a second. */
const TIMEOUT = 20 * SECOND;

/**
 * For the lead's owner; where Salesforce refuses that, as it does once the owner has left, for the fallback owner and else for the
 * integration user: the task still stands on the lead's record. A task has a day and no hour: the reminder has the hour. Returns the
 * task's id.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
 * @throws RecordError where Salesforce refuses every task for this lead; RetryableError where the lead is another record by now.
 */
export async function createTask(
  { api, config: { tasks }, fallbackOwner, dayOf, log }: TaskContext,
  task: FollowUpTask,
  options?: CallOptions,
): Promise<string> {
  const due = wholeSeconds(task.dueAt);
  const fields = {
    WhoId: task.leadId,
    Subject: tasks.subject.replaceAll('{subject}', () => task.subject).slice(0, LONGEST_SUBJECT),
    Status: tasks.status,
    Priority: tasks.priority,
    ActivityDate: await dayOf(task.dueAt, options),
    Description: description(task),
  };
  const reminder = { ReminderDateTime: due, IsReminderSet: true };
  const owners = new Set([ownerOf(task) ?? fallbackOwner, fallbackOwner, undefined]);
  let refused: SalesforceRefusal | undefined;
  for (const owner of owners) {
    try {
      const owned = owner === undefined ? fields : { ...fields, OwnerId: owner };
      const id = await createReminding(api, owned, reminder, options);
      if (refused !== undefined)
        log?.warn('the owner of a lead could not be given its task', { lead: task.leadId, task: id });
      return id;
    } catch (error) {
      if (!(error instanceof SalesforceRefusal)) throw error;
      if (isAnotherRecord(error))
        throw new RetryableError('the lead was converted, merged or deleted in Salesforce: read it afresh');
      refused ??= error;
      if (!mayBeTheOwner(error)) break;
    }
  }
  // The other leads' tasks must not wait for somebody to mend this one.
  throw new RecordError(refused?.message ?? 'Salesforce refused the task');
}

function isAnotherRecord({ codes }: SalesforceRefusal): boolean {
  return codes.includes('CANNOT_UPDATE_CONVERTED_LEAD') || codes.includes('ENTITY_IS_DELETED');
}

/** What names other fields alone is refused whoever owns the task. */
function mayBeTheOwner({ fields }: SalesforceRefusal): boolean {
  return fields.length === 0 || fields.includes('OwnerId');
}

/** Where the integration user may not set a reminder, the task comes without one: it has its day all the same. */
async function createReminding(
  api: SalesforceApi,
  fields: Readonly<Record<string, string>>,
  reminder: Readonly<Record<string, string | boolean>>,
  options?: CallOptions,
): Promise<string> {
  try {
    return await createRecord(api, 'Task', { ...fields, ...reminder }, { ...options, timeout: TIMEOUT });
  } catch (error) {
    if (!(error instanceof SalesforceRefusal) || !error.fields.some((name) => name in reminder)) throw error;
    return createRecord(api, 'Task', fields, { ...options, timeout: TIMEOUT });
  }
}

/** Looks through the descriptions of all the person's tasks: no query can filter by them. */
export async function findTask(
  api: SalesforceApi,
  leadId: string,
  reference: string,
  options?: CallOptions,
): Promise<string | undefined> {
  if (!isSalesforceId(leadId)) return undefined;
  const soql = `SELECT Id,Description FROM Task WHERE WhoId = ${literal(leadId)}`;
  for await (const page of queryPages(api, soql, taskSchema, { kind: 'read', ...options })) {
    const found = page.find(({ Description }) => Description?.includes(mark(reference)));
    if (found !== undefined) return found.Id;
  }
  return undefined;
}

const taskSchema = z.looseObject({ Id: z.string(), Description: z.string().nullish() });

function ownerOf({ ownerId }: FollowUpTask): string | undefined {
  return ownerId !== undefined && isUserId(ownerId) ? ownerId : undefined;
}

function description({ body, reference }: FollowUpTask): string {
  const end = `\n\n${mark(reference)}`;
  return `${body.slice(0, LONGEST_DESCRIPTION - end.length)}${end}`;
}

/** Brackets keep one reference from being found as the beginning of another. */
function mark(reference: string): string {
  return `[leadgauge ${reference}]`;
}
