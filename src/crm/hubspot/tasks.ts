import { batches } from '../../base/batches.ts';
import { RecordError } from '../../base/errors.ts';
import type { CallOptions, FollowUpTask } from '../crm.ts';
import { createContactTask, listContactTasks, readTaskBodies } from './api/tasks.ts';
import type { HubspotConfig } from './config.ts';
import type { ContactLinks } from './contact-links.ts';
import { ForbiddenError, RefusedError } from './refusal.ts';
import type { Transport } from './transport.ts';

export interface TaskContext {
  readonly transport: Transport;
  readonly config: Pick<HubspotConfig, 'tasks'>;
  /** An owner's id. */
  readonly fallbackOwner: string | undefined;
  readonly linkTo: ContactLinks;
}

/**
 * For the lead's owner; where HubSpot refuses that, as it does once the owner has left, for the fallback owner and else for
 * nobody: a task without an owner still stands on the lead's record. Returns the task's id.
 * @throws RecordError where HubSpot refuses every task for this lead.
 */
export async function createTask(
  { transport, config: { tasks }, fallbackOwner, linkTo }: TaskContext,
  task: FollowUpTask,
  options?: CallOptions,
): Promise<string> {
  const link = await linkTo(task.leadId, options);
  const properties = {
    hs_timestamp: new Date(task.dueAt).toISOString(),
    hs_task_subject: tasks.subject.replaceAll('{subject}', () => task.subject),
    hs_task_body: [toHtml(task.body), ...(link === undefined ? [] : [anchor(link)]), mark(task.reference)].join(
      '<br><br>',
    ),
    hs_task_status: 'NOT_STARTED',
    hs_task_priority: tasks.priority,
    hs_task_type: tasks.type,
  };
  const owners = new Set([task.ownerId ?? fallbackOwner, fallbackOwner, undefined]);
  let refused: RefusedError | ForbiddenError | undefined;
  for (const owner of owners) {
    try {
      const owned = owner === undefined ? properties : { ...properties, hubspot_owner_id: owner };
      const id = await createContactTask(transport, task.leadId, owned, options);
      const facts = { lead: task.leadId, task: id };
      if (refused !== undefined) transport.log?.warn('the owner of a lead could not be given its task', facts);
      return id;
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof ForbiddenError)) throw error;
      refused ??= error;
      if (error instanceof ForbiddenError) break;
    }
  }
  // The other leads' tasks must not wait for somebody to mend this one.
  throw new RecordError(refused?.message ?? 'HubSpot refused the task');
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

/** Tasks are also read where no contact is in sight: in lists, queues and e-mails. */
function anchor(link: string): string {
  return `<a href="${link}">Open the contact</a>`;
}

/** Brackets keep one reference from being found as the beginning of another. */
function mark(reference: string): string {
  return `[leadgauge ${toHtml(reference)}]`;
}

/** HubSpot shows the text of a task as HTML. */
function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
}
