import { describe, expect, it } from 'vitest';
import { NOW, openSandbox } from './open-sandbox.ts';

const TASKS = '/crm/objects/2026-09/tasks';
const toContact = (id: string) => [
  { to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 204 }] },
];

describe('tasks', () => {
  it('are found by contact, by text and by id', async () => {
    const { sandbox, ask } = await openSandbox();
    const owner = (await ask('GET', '/crm/owners/2026-09')).body.results![0]!;
    const { id } = sandbox.people.createContact({ email: 'a@acme.example' });
    const properties = {
      hs_timestamp: String(NOW),
      hs_task_subject: 'Call',
      hs_task_body: 'Demo request. Reference lg-77.',
      hs_task_priority: 'HIGH',
      hs_task_type: 'CALL',
      hubspot_owner_id: owner.id,
    };
    const made = await ask('POST', TASKS, { properties, associations: toContact(id) });
    expect(made).toMatchObject({ status: 201, body: { properties: { hs_timestamp: new Date(NOW).toISOString() } } });
    const batch = await ask('POST', '/crm/associations/2026-09/contacts/tasks/batch/read', { inputs: [{ id }] });
    expect(batch.body.results).toEqual([
      {
        from: { id },
        to: [
          { toObjectId: made.body.id, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 203, label: null }] },
        ],
      },
    ]);
    const list = await ask('GET', `/crm/objects/2026-09/contacts/${id}/associations/tasks`);
    expect(list.body.results![0]!.toObjectId).toBe(made.body.id);
    const read = await ask('POST', `${TASKS}/batch/read`, {
      inputs: [{ id: made.body.id }],
      properties: ['hs_task_body'],
    });
    expect(read.body.results?.[0]?.properties?.hs_task_body).toContain('lg-77');
    const filters = [
      { propertyName: 'associations.contact', operator: 'EQ', value: id },
      { propertyName: 'hs_task_body', operator: 'CONTAINS_TOKEN', value: 'lg-77' },
    ];
    expect((await ask('POST', `${TASKS}/search`, { filterGroups: [{ filters }] })).body.total).toBe(1);
  });

  it('follow their contact through a merge', async () => {
    const { sandbox, ask } = await openSandbox();
    const [a, b] = ['a', 'b'].map((name) => sandbox.people.createContact({ email: `${name}@acme.example` }));
    await ask('POST', TASKS, { properties: { hs_timestamp: String(NOW) }, associations: toContact(b!.id) });
    sandbox.people.merge(a!.id, b!.id);
    const list = await ask('GET', `/crm/objects/2026-09/contacts/${a!.id}/associations/tasks`);
    expect(list.body.results).toHaveLength(1);
  });

  it.each([
    [{ hs_task_subject: 'no due date' }],
    [{ hs_timestamp: String(NOW), hs_task_priority: 'URGENT' }],
    [{ hs_timestamp: String(NOW), nonsense: '1' }],
    [{ hs_timestamp: String(NOW), hubspot_owner_id: '1' }],
  ])('are refused: %j', async (properties) => {
    const { sandbox, ask } = await openSandbox();
    const { id } = sandbox.people.createContact({ email: 'a@acme.example' });
    expect((await ask('POST', TASKS, { properties, associations: toContact(id) })).status).toBe(400);
    expect(sandbox.portal.tasks.all).toEqual([]);
  });
});
