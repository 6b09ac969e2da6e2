import { z } from 'zod';
import { type Answer, invalid, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import { readInstant } from '../portal/property-value.ts';
import type { Value } from '../portal/record.ts';
import { TASK_PROPERTIES, TASK_TO_CONTACT, type Task } from '../portal/tasks.ts';
import { readBody } from './read-body.ts';
import { namedIn } from './record-answer.ts';
import { searchBody, testOf } from './search-filter.ts';
import { checkSearch, groupsOf, searchAnswer } from './search-page.ts';

const base = '/crm/objects/{version}/tasks';
const READ = ['crm.objects.contacts.read'] as const;
const WRITE = ['crm.objects.contacts.write'] as const;
const STANDARD = ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'];

const taskBody = z.object({
  properties: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)),
  associations: z
    .array(
      z.object({
        to: z.object({ id: z.coerce.string() }),
        types: z.array(z.object({ associationCategory: z.string(), associationTypeId: z.number() })),
      }),
    )
    .default([]),
});
const readTasksBody = z.object({
  inputs: z
    .array(z.object({ id: z.coerce.string() }))
    .min(1)
    .max(100),
  properties: z.array(z.string()).default([]),
});

/** Tasks for sales. https://developers.hubspot.com/docs/api-reference/crm-tasks-v3/guide */
export function taskRoutes(portal: Portal): Route[] {
  return [
    { method: 'POST', template: base, kind: 'write', scopes: WRITE, handle: (call) => create(portal, call) },
    { method: 'GET', template: `${base}/{id}`, kind: 'read', scopes: READ, handle: (call) => get(portal, call) },
    {
      method: 'POST',
      template: `${base}/batch/read`,
      kind: 'read',
      scopes: READ,
      handle: (call) => readBatch(portal, call),
    },
    {
      method: 'POST',
      template: `${base}/search`,
      kind: 'search',
      scopes: READ,
      handle: (call) => search(portal, call),
    },
  ];
}

function create(portal: Portal, { body }: Call): Answer {
  const { properties, associations } = readBody(taskBody, body);
  for (const [name, value] of Object.entries(properties)) {
    if (!Object.hasOwn(TASK_PROPERTIES, name)) throw invalid(`Property "${name}" does not exist`);
    const options = TASK_PROPERTIES[name];
    if (options !== undefined && !options.includes(value)) {
      throw invalid(`${value} was not one of the allowed options of ${name}: [${options.join(', ')}]`);
    }
  }
  const due = readInstant(properties.hs_timestamp ?? '');
  if (due === undefined) throw invalid('Error creating TASK. Some required properties were not set: [hs_timestamp]');
  const owner = properties.hubspot_owner_id;
  if (owner !== undefined && owner !== '' && portal.owners.find(owner) === undefined)
    throw invalid(`Owner ${owner} does not exist`);

  const contacts: Contact[] = [];
  for (const { to, types } of associations) {
    const [type] = types;
    if (type?.associationCategory !== 'HUBSPOT_DEFINED' || type.associationTypeId !== TASK_TO_CONTACT) {
      throw invalid(`A task is associated with a contact by type ${TASK_TO_CONTACT}, HUBSPOT_DEFINED`);
    }
    const contact = portal.contacts.find(to.id);
    if (contact === undefined) throw invalid(`No contact with id ${to.id} exists to associate the task with`);
    contacts.push(contact);
  }
  const all = { hs_task_status: 'NOT_STARTED', ...properties, hs_timestamp: new Date(due).toISOString() };
  const task = portal.tasks.add(all, contacts, portal.now());
  return { status: 201, body: taskAnswer(task, Object.keys(all)) };
}

function get(portal: Portal, { params, query }: Call): Answer {
  const task = portal.tasks.find(params.id ?? '');
  if (task === undefined) throw notFound();
  return { status: 200, body: taskAnswer(task, namedIn(query)) };
}

function readBatch(portal: Portal, { body }: Call): Answer {
  const { inputs, properties } = readBody(readTasksBody, body);
  const results = inputs.flatMap(({ id }) => portal.tasks.find(id) ?? []).map((task) => taskAnswer(task, properties));
  const missing = inputs.map(({ id }) => id).filter((id) => portal.tasks.find(id) === undefined);
  const at = new Date(portal.now()).toISOString();
  const common = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (missing.length === 0) return { status: 200, body: common };
  const message = 'Could not get some TASK objects, they may be deleted or not exist. Check that ids are valid.';
  const errors = [{ status: 'error', category: 'OBJECT_NOT_FOUND', message, context: { ids: missing } }];
  return { status: 207, body: { ...common, numErrors: 1, errors } };
}

/** As of contacts, with the same index delay: a task that was just made is not found yet. */
function search(portal: Portal, call: Call): Answer {
  const body = readBody(searchBody, call.body);
  const { after, limit, sort } = checkSearch(body, call.text);
  const groups = groupsOf(body).map((filters) =>
    filters.map((filter) => ({ name: filter.propertyName, test: testOf(filter, typeOf(filter.propertyName)) })),
  );
  const known = portal.now() - portal.index.delay;
  const found = portal.tasks.all.filter((task) => {
    if (task.createdAt > known) return false;
    return (
      groups.length === 0 ||
      groups.some((group) => group.every(({ name, test }) => valuesOf(task, name).some((value) => test(value))))
    );
  });
  if (sort !== undefined) {
    const sign = sort.descending ? -1 : 1;
    found.sort((a, b) => (String(valuesOf(a, sort.name)[0]) < String(valuesOf(b, sort.name)[0]) ? -sign : sign));
  }
  const page = found.slice(after, after + limit).map((task) => taskAnswer(task, body.properties));
  return { status: 200, body: searchAnswer(found.length, after, page) };
}

function typeOf(name: string) {
  if (name === 'associations.contact' || name === 'hs_object_id') return 'string';
  if (['hs_timestamp', 'hs_createdate', 'hs_lastmodifieddate'].includes(name)) return 'datetime';
  if (!Object.hasOwn(TASK_PROPERTIES, name)) throw invalid(`There is no property ${name} to filter by`);
  return 'string';
}

/** What a filter compares: several values where a task is about several contacts. */
function valuesOf(task: Task, name: string): (Value | undefined)[] {
  switch (name) {
    case 'associations.contact':
      return [...task.contacts].map(({ id }) => id);
    case 'hs_object_id':
      return [task.id];
    case 'hs_createdate':
      return [task.createdAt];
    case 'hs_lastmodifieddate':
      return [task.updatedAt];
    case 'hs_timestamp':
      return [readInstant(task.properties.hs_timestamp ?? '')];
    default:
      return [task.properties[name]];
  }
}

function taskAnswer(task: Task, named: readonly string[]) {
  const own: Readonly<Record<string, string | undefined>> = {
    ...task.properties,
    hs_object_id: task.id,
    hs_createdate: new Date(task.createdAt).toISOString(),
    hs_lastmodifieddate: new Date(task.updatedAt).toISOString(),
  };
  const names = new Set([...STANDARD, ...named]);
  return {
    id: task.id,
    properties: Object.fromEntries([...names].map((name) => [name, own[name] ?? null])),
    createdAt: own.hs_createdate,
    updatedAt: own.hs_lastmodifieddate,
    archived: false,
  };
}
