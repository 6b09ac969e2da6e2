import { z } from 'zod';
import { type Answer, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import { CONTACT_TO_TASK, TASK_TO_CONTACT } from '../portal/tasks.ts';
import { readBody, readLimit } from './read-body.ts';

const READ = ['crm.objects.contacts.read'] as const;
const batchBody = z.object({
  inputs: z
    .array(z.object({ id: z.coerce.string() }))
    .min(1)
    .max(1_000),
});

/** From contacts to their tasks and back. https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide */
export function associationRoutes(portal: Portal): Route[] {
  const tasksOf = (id: string) => {
    const contact = portal.contacts.find(id);
    return contact && linked(portal.tasks.ofContact(contact), CONTACT_TO_TASK);
  };
  const contactsOf = (id: string) => {
    const task = portal.tasks.find(id);
    return task && linked([...task.contacts].filter(isLive), TASK_TO_CONTACT);
  };
  return [
    {
      method: 'GET',
      template: '/crm/objects/{version}/contacts/{id}/associations/tasks',
      kind: 'read',
      scopes: READ,
      handle: (call) => list(call, tasksOf),
    },
    {
      method: 'GET',
      template: '/crm/objects/{version}/tasks/{id}/associations/contacts',
      kind: 'read',
      scopes: READ,
      handle: (call) => list(call, contactsOf),
    },
    {
      method: 'POST',
      template: '/crm/associations/{version}/contacts/tasks/batch/read',
      kind: 'read',
      scopes: READ,
      handle: (call) => readBatch(portal, call, tasksOf),
    },
    {
      method: 'POST',
      template: '/crm/associations/{version}/tasks/contacts/batch/read',
      kind: 'read',
      scopes: READ,
      handle: (call) => readBatch(portal, call, contactsOf),
    },
  ];
}

type LinksOf = (id: string) => ReturnType<typeof linked> | undefined;

function linked(records: readonly { id: string }[], typeId: number) {
  return records.map(({ id }) => ({
    toObjectId: id,
    associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId, label: null }],
  }));
}

function list({ params, query }: Call, linksOf: LinksOf): Answer {
  const links = linksOf(params.id ?? '');
  if (links === undefined) throw notFound();
  const limit = readLimit(query, { standard: 500, most: 500 });
  const from = Number(query.get('after') ?? 0);
  const more = links.length > from + limit ? { paging: { next: { after: String(from + limit) } } } : {};
  return { status: 200, body: { results: links.slice(from, from + limit), ...more } };
}

function readBatch(portal: Portal, { body }: Call, linksOf: LinksOf): Answer {
  const { inputs } = readBody(batchBody, body);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const { id } of inputs) {
    const links = linksOf(id) ?? [];
    if (links.length > 0) results.push({ from: { id }, to: links });
    else {
      const message = `No associations were found for record ${id}`;
      errors.push({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message,
        context: { fromObjectId: [id] },
      });
    }
  }
  const at = new Date(portal.now()).toISOString();
  const common = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (errors.length === 0) return { status: 200, body: common };
  return { status: 207, body: { ...common, numErrors: errors.length, errors } };
}

function isLive(contact: Contact): boolean {
  return contact.state === 'live';
}
