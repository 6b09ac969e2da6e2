import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { batchErrors, expectOnlyNotFound, paging } from './shapes.ts';

/** HubSpot's own type of the association from a task to a contact. */
const TASK_TO_CONTACT = 204;

/**
 * Not idempotent: whatever happens, it is made once. Returns the task's id.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/activities/tasks/guide
 */
export async function createContactTask(
  transport: Transport,
  contactId: string,
  properties: Readonly<Record<string, string>>,
  options?: CallOptions,
): Promise<string> {
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: TASK_TO_CONTACT }];
  const body = { properties, associations: [{ to: { id: contactId }, types }] };
  const schema = z.object({ id: z.string() });
  const answer = await transport.call(
    { kind: 'write', method: 'POST', path: PATHS.tasks, body, schema, once: true },
    options,
  );
  return answer.id;
}

const associatedSchema = z.object({
  results: z.array(z.object({ to: z.array(z.object({ toObjectId: z.coerce.string() })), paging })),
  errors: batchErrors,
});

/** The ids of all tasks of a contact. @throws RetryableError where HubSpot does not tell. https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/batch/get-associations */
export async function listContactTasks(
  transport: Transport,
  contactId: string,
  options?: CallOptions,
): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const body = { inputs: [{ id: contactId, ...(after === undefined ? {} : { after }) }] };
    const call = { kind: 'read', method: 'POST', path: PATHS.contactTasks, body, schema: associatedSchema } as const;
    const { results, errors } = await transport.call(call, options);
    expectOnlyNotFound('tasks of a contact', errors);
    const [row] = results;
    ids.push(...(row?.to.map((task) => task.toObjectId) ?? []));
    const next = row?.paging?.next?.after;
    after = next === after ? undefined : next;
  } while (after !== undefined);
  return ids;
}

const tasksSchema = z.object({
  results: z.array(z.object({ id: z.string(), properties: z.object({ hs_task_body: z.string().nullish() }) })),
  errors: batchErrors,
});

/** The texts of at most 100 tasks, by id. @throws RetryableError where HubSpot does not give all. https://developers.hubspot.com/docs/api-reference/latest/crm/activities/tasks/guide */
export async function readTaskBodies(
  transport: Transport,
  ids: readonly string[],
  options?: CallOptions,
): Promise<Map<string, string>> {
  const body = { inputs: ids.map((id) => ({ id })), properties: ['hs_task_body'] };
  const call = { kind: 'read', method: 'POST', path: PATHS.taskBatchRead, body, schema: tasksSchema } as const;
  const { results, errors } = await transport.call(call, options);
  expectOnlyNotFound('tasks of a contact', errors);
  return new Map(results.map((task) => [task.id, task.properties.hs_task_body ?? '']));
}

/** An empty batch: creates nothing, and is refused as empty by HubSpot once it has found it allowed. */
export async function createNoTasks(transport: Transport): Promise<void> {
  await transport.call({
    kind: 'setup',
    method: 'POST',
    path: PATHS.taskBatchCreate,
    body: { inputs: [] },
    schema: z.unknown(),
  });
}
