import type { Sandbox } from '../../src/sandbox/sandbox.ts';

export interface PlannedCall {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One call of each kind, in an order in which each finds what it needs. */
export function callsOf(sandbox: Sandbox): PlannedCall[] {
  return [...accountCalls(), ...recordCalls(sandbox), ...propertyCalls(), ...formCalls(), ...eventCalls()];
}

const get = (path: string, query?: PlannedCall['query']): PlannedCall => ({
  method: 'GET',
  path,
  ...(query && { query }),
});
const post = (path: string, body: unknown): PlannedCall => ({ method: 'POST', path, body });

function accountCalls(): PlannedCall[] {
  return [
    get('/account-info/2026-09/details'),
    get('/account-info/2026-09/api-usage/daily/private-apps'),
    get('/crm/owners/2026-09', { limit: '2' }),
  ];
}

function recordCalls({ portal }: Sandbox): PlannedCall[] {
  const contact = portal.contacts.all[0]?.id ?? '';
  const company = portal.companies.all[0]?.id ?? '';
  const ofContacts = '/crm/objects/2026-09/contacts';
  const ofCompanies = '/crm/objects/2026-09/companies';
  return [
    get(ofContacts, { limit: '5', properties: 'email,jobtitle' }),
    get(ofContacts, { limit: '5', archived: 'true' }),
    get(`${ofContacts}/${contact}`, { properties: 'email' }),
    post(`${ofContacts}/search`, {
      filterGroups: [{ filters: [{ propertyName: 'hs_object_id', operator: 'GT', value: '0' }] }],
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      properties: ['email'],
      limit: 5,
    }),
    post(`${ofContacts}/batch/read`, { inputs: [{ id: contact }, { id: '1' }], properties: ['email'] }),
    post(`${ofContacts}/batch/update`, {
      inputs: [{ id: contact, properties: { jobtitle: 'Analyst' }, objectWriteTraceId: contact }],
    }),
    post(ofContacts, { properties: { email: 'new.person@acme.example' }, associations: [] }),
    get(ofCompanies, { limit: '5', properties: 'name' }),
    post(`${ofCompanies}/batch/read`, { inputs: [{ id: company }], properties: ['name'] }),
    post('/crm/associations/2026-09/contacts/companies/batch/read', { inputs: [{ id: contact }] }),
  ];
}

function propertyCalls(): PlannedCall[] {
  const properties = '/crm/properties/2026-09/contacts';
  const name = 'checked_score';
  return [
    get(properties),
    get(`${properties}/groups`),
    post(`${properties}/groups`, { name: 'checked', label: 'Checked' }),
    post(properties, { name, label: 'Score', type: 'number', fieldType: 'number', groupName: 'checked' }),
    get(`${properties}/${name}`),
    { method: 'PATCH', path: `${properties}/${name}`, body: { label: 'The score' } },
  ];
}

function formCalls(): PlannedCall[] {
  return [get('/marketing/v3/forms', { limit: '3', formTypes: 'all' })];
}

function eventCalls(): PlannedCall[] {
  return [
    get('/events/event-occurrences/2026-09', { objectType: 'contact', eventType: 'e_visited_page', limit: '3' }),
    get('/events/event-occurrences/2026-09/event-types'),
  ];
}
