import { RecordError } from '../../base/errors.ts';
import type { CallOptions, FollowUpTask } from '../crm.ts';
import { createContactTask, listContactTasks, readTaskBodies } from './api/tasks.ts';
import { batches } from './batches.ts';
import type { HubspotConfig } from './config.ts';
import { ForbiddenError, RefusedError } from './refusal.ts';
import type { Transport } from './transport.ts';

/** `fallbackOwner`: an owner's id. Returns the task's id. @throws RecordError where HubSpot refuses a task for this lead. */
export async function createTask(
  transport: Transport,
  { tasks }: HubspotConfig,
  fallbackOwner: string | undefined,
  task: FollowUpTask,
  options?: CallOptions,
): Promise<string> {
  const ownerId = task.ownerId ?? fallbackOwner;
  const properties = {
    hs_timestamp: new Date(task.dueAt).toISOString(),
    hs_task_subject: tasks.subject.replaceAll('{subject}', () => task.subject),
    hs_task_body: `${toHtml(task.body)}<br><br>${mark(task.reference)}`,
    hs_task_status: 'NOT_STARTED',
    hs_task_priority: tasks.priority,
    hs_task_type: tasks.type,
    ...(ownerId === undefined ? {} : { hubspot_owner_id: ownerId }),
  };
  try {
    return await createContactTask(transport, task.leadId, properties, options);
  } catch (error) {
    // Such as an owner who has left: the other leads' tasks must not wait for somebody to mend this one.
    if (error instanceof RefusedError || error instanceof ForbiddenError) throw new RecordError(error.message);
    throw error;
  }
}

/** Looks through the texts of all the contact's tasks: tasks have no key of their own that we could set. */
export async function findTask(
  transport: Transport,
  leadId: string,
  reference: string,
  options?: CallOptions,
): Promise<string | undefined> {
  const ids = await listContactTasks(transport, leadId, options);
  for (const batch of batches(ids, 100)) {
    const bodies = await readTaskBodies(transport, batch, options);
    for (const [id, body] of bodies) if (body.includes(mark(reference))) return id;
  }
  return undefined;
}

/** Brackets keep one reference from being found as the beginning of another. */
function mark(reference: string): string {
  return `[leadgauge ${toHtml(reference)}]`;
}

/** HubSpot shows the text of a task as HTML. */
function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
}
