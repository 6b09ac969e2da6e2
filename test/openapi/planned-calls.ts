import { DAY } from '../../src/base/clock.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

export interface PlannedCall {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One call of each kind that the sandbox answers, in an order in which each finds what it needs. */
export function callsOf(sandbox: Sandbox): PlannedCall[] {
  return [
    ...accountCalls(sandbox),
    ...recordCalls('contacts', contactOf(sandbox), { jobtitle: 'Analyst' }),
    ...recordCalls('companies', companyOf(sandbox), { industry: 'BANKING' }),
    ...engagementCalls(sandbox),
    ...associationCalls(sandbox),
    ...propertyCalls('contacts'),
    ...propertyCalls('companies'),
    ...listCalls(sandbox),
    ...marketingEventCalls(sandbox),
    ...formCalls(),
    ...eventCalls(),
    ...endingCalls(sandbox),
  ];
}

const get = (path: string, query?: PlannedCall['query']): PlannedCall => ({
  method: 'GET',
  path,
  ...(query && { query }),
});
const post = (path: string, body: unknown): PlannedCall => ({ method: 'POST', path, body });
const put = (path: string, body: unknown): PlannedCall => ({ method: 'PUT', path, body });
const patch = (path: string, body: unknown): PlannedCall => ({ method: 'PATCH', path, body });
const remove = (path: string): PlannedCall => ({ method: 'DELETE', path });

const contactOf = ({ portal }: Sandbox, index = 0) => portal.contacts.all[index]?.id ?? '';
const companyOf = ({ portal }: Sandbox) => portal.companies.all[0]?.id ?? '';

function accountCalls({ portal }: Sandbox): PlannedCall[] {
  return [
    get('/account-info/2026-09/details'),
    get('/account-info/2026-09/api-usage/daily/private-apps'),
    get('/crm/owners/2026-09', { limit: '2' }),
    get(`/crm/owners/2026-09/${portal.owners.all[0]?.id ?? ''}`),
    get('/crm/owners/2026-09', { archived: 'true' }),
    get('/crm/objects/2026-09/users', { limit: '2', properties: 'hs_standard_time_zone' }),
    get('/crm/pipelines/2026-09/deals'),
  ];
}

/** What every type of record has. */
function recordCalls(type: string, id: string, change: Readonly<Record<string, string>>): PlannedCall[] {
  const base = `/crm/objects/2026-09/${type}`;
  const properties = Object.keys(change);
  return [
    get(base, { limit: '5', properties: properties.join() }),
    get(base, { limit: '5', archived: 'true' }),
    get(`${base}/${id}`, { properties: properties.join() }),
    post(`${base}/search`, {
      filterGroups: [{ filters: [{ propertyName: 'hs_object_id', operator: 'GT', value: '0' }] }],
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      properties,
      limit: 5,
    }),
    post(`${base}/batch/read`, { inputs: [{ id }], properties }),
    post(`${base}/batch/read`, { inputs: [{ id }, { id: '1' }], properties }),
    patch(`${base}/${id}`, { properties: change }),
    post(`${base}/batch/update`, { inputs: [{ id, properties: change, objectWriteTraceId: id }] }),
    post(base, { properties: change, associations: [] }),
    post(`${base}/batch/create`, { inputs: [{ properties: change, associations: [] }] }),
  ];
}

function engagementCalls({ portal, people }: Sandbox): PlannedCall[] {
  const now = portal.now();
  const contactIds = [portal.contacts.all[0]?.id ?? ''];
  const made = {
    calls: people.logCall({ contactIds, at: now, minutes: 5 }),
    meetings: people.bookMeeting({ contactIds, start: now, minutes: 30 }),
    emails: people.logEmail({ contactIds, at: now }),
    deals: people.createDeal({ contactIds, name: 'Big one' }),
  };
  const changes = {
    calls: { hs_call_title: 'Call' },
    meetings: { hs_meeting_title: 'Meeting' },
    emails: { hs_email_subject: 'Hello' },
    deals: { dealname: 'Bigger one' },
  };
  const kinds = ['calls', 'meetings', 'emails', 'deals'] as const;
  const task = post('/crm/objects/2026-09/tasks', {
    properties: { hs_timestamp: new Date(now + DAY).toISOString(), hs_task_subject: 'Follow up' },
    associations: [
      { to: { id: contactIds[0] }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 204 }] },
    ],
  });
  return [...kinds.flatMap((kind) => recordCalls(kind, made[kind].id, changes[kind])), task];
}

function associationCalls(sandbox: Sandbox): PlannedCall[] {
  const contact = contactOf(sandbox);
  const inputs = [{ id: contact }];
  return [
    ...['companies', 'tasks', 'calls', 'meetings', 'emails', 'deals'].map((to) =>
      post(`/crm/associations/2026-09/contacts/${to}/batch/read`, { inputs }),
    ),
    post('/crm/associations/2026-09/companies/contacts/batch/read', { inputs: [{ id: companyOf(sandbox) }] }),
    post('/crm/associations/2026-09/companies/contacts/batch/read', { inputs: [{ id: '1' }] }),
    get(`/crm/objects/2026-09/contacts/${contact}/associations/companies`),
  ];
}

function propertyCalls(of: string): PlannedCall[] {
  const properties = `/crm/properties/2026-09/${of}`;
  const property = { label: 'Score', type: 'number', fieldType: 'number', groupName: 'checked' };
  const groups = `${properties}/groups`;
  return [
    get(properties),
    get(groups),
    post(groups, { name: 'checked', label: 'Checked' }),
    get(`${groups}/checked`),
    patch(`${groups}/checked`, { label: 'Checked twice' }),
    post(properties, { ...property, name: 'checked_score' }),
    post(`${properties}/batch/create`, { inputs: [{ ...property, name: 'checked_fit' }] }),
    post(`${properties}/batch/read`, { inputs: [{ name: 'checked_fit' }], archived: false }),
    get(`${properties}/checked_score`),
    patch(`${properties}/checked_score`, { label: 'The score' }),
    remove(`${properties}/checked_score`),
    post(`${properties}/batch/archive`, { inputs: [{ name: 'checked_fit' }] }),
    get(properties, { archived: 'true' }),
    remove(`${groups}/checked`),
  ];
}

function listCalls({ portal, people }: Sandbox): PlannedCall[] {
  const { id } = people.createList({ name: 'Checked' });
  const contacts = portal.contacts.all.slice(0, 3).map((contact) => contact.id);
  people.addToList(id, contacts);
  const inputs = contacts.map((recordId) => ({ objectTypeId: '0-1', recordId }));
  return [
    get('/crm/lists/2026-09', { listIds: id }),
    get(`/crm/lists/2026-09/${id}`),
    get('/crm/lists/2026-09/object-type-id/0-1/name/Checked'),
    post('/crm/lists/2026-09/search', {
      query: 'Checked',
      count: 5,
      offset: 0,
      additionalProperties: ['hs_list_size', 'hs_last_record_added_at', 'hs_last_record_removed_at'],
    }),
    get(`/crm/lists/2026-09/${id}/memberships`, { limit: '2' }),
    get(`/crm/lists/2026-09/${id}/memberships/join-order`, { limit: '2' }),
    post('/crm/lists/2026-09/records/memberships/batch/read', { inputs }),
    get(`/crm/lists/2026-09/records/0-1/${contacts[0]}/memberships`),
    put(`/crm/lists/2026-09/${id}/memberships/add`, contacts),
  ];
}

function marketingEventCalls(sandbox: Sandbox): PlannedCall[] {
  const { portal, people } = sandbox;
  const startsAt = portal.now() - DAY;
  const { id } = people.holdEvent({ name: 'Checked', startsAt, endsAt: startsAt + 3_600_000 });
  const contact = contactOf(sandbox);
  people.registerFor(id, [contact]);
  people.attend(id, [contact], 40);
  const events = '/marketing/marketing-events/2026-09';
  return [
    get(events, { limit: '2' }),
    get(`${events}/${id}`),
    get(`${events}/participations/${id}`),
    get(`${events}/participations/${id}/breakdown`, { state: 'ATTENDED', limit: '2' }),
    get(`${events}/participations/contacts/${contact}/breakdown`, { state: 'ATTENDED' }),
  ];
}

function formCalls(): PlannedCall[] {
  return [get('/marketing/v3/forms', { limit: '3' }), get('/marketing/v3/forms', { limit: '3', formTypes: 'all' })];
}

function eventCalls(): PlannedCall[] {
  return [
    get('/events/event-occurrences/2026-09', { objectType: 'contact', eventType: 'e_visited_page', limit: '3' }),
    get('/events/event-occurrences/2026-09/event-types'),
    get('/email/public/v1/events', { limit: '3' }),
  ];
}

/** After all others: they take records away. */
function endingCalls(sandbox: Sandbox): PlannedCall[] {
  const base = '/crm/objects/2026-09/contacts';
  return [
    post(`${base}/merge`, { primaryObjectId: contactOf(sandbox, 1), objectIdToMerge: contactOf(sandbox, 2) }),
    post(`${base}/batch/archive`, { inputs: [{ id: contactOf(sandbox, 3) }] }),
    remove(`${base}/${contactOf(sandbox, 4)}`),
    post(`${base}/gdpr-delete`, { objectId: contactOf(sandbox, 5) }),
  ];
}
