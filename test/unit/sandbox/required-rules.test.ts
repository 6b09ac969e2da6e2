import { describe, expect, it } from 'vitest';
import { CONTACTS, openSandbox } from './open-sandbox.ts';

const RULE = {
  objectType: 'contacts',
  when: { property: 'lifecyclestage', value: 'customer' },
  require: ['phone'],
};
const V3 = '/crm/v3/objects/contacts';

async function openWithRule(badValues: 'fail-batch' | 'fail-row' = 'fail-batch') {
  const opened = await openSandbox({ requiredRules: [RULE], badValues });
  const { people, portal } = opened.sandbox;
  const ids = ['a', 'b'].map((name) => people.createContact({ email: `${name}@acme.example` }).id);
  const stage = (id: string) => portal.textOf(portal.contacts.find(id)!, 'lifecyclestage');
  return { ...opened, people, ids, stage };
}

describe('a property that is required once another has a value', () => {
  it('fails a whole batch, by its name, and nothing is written', async () => {
    const { ask, ids, stage } = await openWithRule();
    const inputs = [
      { id: ids[0], properties: { lifecyclestage: 'customer' } },
      { id: ids[1], properties: { lifecyclestage: 'opportunity' } },
    ];
    const refused = await ask('POST', `${CONTACTS}/batch/update`, { inputs });
    expect(refused).toMatchObject({
      status: 400,
      body: {
        category: 'VALIDATION_ERROR',
        errors: [{ code: 'REQUIRED_FIELD', context: { propertyName: ['phone'] } }],
      },
    });
    expect(ids.map(stage)).toEqual(['lead', 'lead']);
  });

  it('fails its row alone where the portal is set so', async () => {
    const { ask, ids, stage } = await openWithRule('fail-row');
    const inputs = [
      { id: ids[0], properties: { lifecyclestage: 'customer' } },
      { id: ids[1], properties: { lifecyclestage: 'opportunity' } },
    ];
    const answer = await ask('POST', `${CONTACTS}/batch/update`, { inputs });
    expect(answer).toMatchObject({ status: 207, body: { numErrors: 1, errors: [{ context: { ids: [ids[0]] } }] } });
    expect(ids.map(stage)).toEqual(['lead', 'opportunity']);
  });

  it('is asked for in every write to such a record, in new ones too, and not where it is there', async () => {
    const { ask, people, ids } = await openWithRule();
    people.update(ids[0]!, { lifecyclestage: 'customer' });
    const patch = (properties: object) => ask('PATCH', `${CONTACTS}/${ids[0]}`, { properties });
    expect((await patch({ jobtitle: 'CEO' })).status).toBe(400);
    expect((await patch({ jobtitle: 'CEO', phone: '+1 555 1' })).status).toBe(200);
    expect((await patch({ jobtitle: 'CTO' })).status).toBe(200);
    expect((await patch({ phone: '' })).status).toBe(400);
    const fresh = (phone?: string) => ({ properties: { email: 'c@acme.example', lifecyclestage: 'customer', phone } });
    expect((await ask('POST', CONTACTS, fresh())).status).toBe(400);
    expect((await ask('POST', CONTACTS, fresh('+1 555 2'))).status).toBe(201);
  });

  it('is no matter to the numbered versions and to releases before 2026-09', async () => {
    const { ask, ids } = await openWithRule();
    const body = { properties: { lifecyclestage: 'customer' } };
    expect((await ask('PATCH', `${V3}/${ids[0]}`, body)).status).toBe(200);
    expect((await ask('PATCH', `/crm/objects/2026-03/contacts/${ids[1]}`, body)).status).toBe(200);
  });

  it('can be ordered, listed and taken back through the controls', async () => {
    const { ask, sandbox } = await openSandbox();
    const { id } = sandbox.people.createContact({ email: 'a@acme.example' });
    const path = '/_sandbox/required-rules';
    expect((await ask('POST', path, RULE)).status).toBe(204);
    expect((await ask('GET', path)).body).toEqual([RULE]);
    const body = { properties: { lifecyclestage: 'customer' } };
    expect((await ask('PATCH', `${CONTACTS}/${id}`, body)).status).toBe(400);
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('PATCH', `${CONTACTS}/${id}`, body)).status).toBe(200);
  });
});
