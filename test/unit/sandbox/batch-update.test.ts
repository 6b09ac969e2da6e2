import { describe, expect, it } from 'vitest';
import { CONTACTS, openSandbox, stillClock } from './open-sandbox.ts';

const UPDATE = `${CONTACTS}/batch/update`;

async function threeContacts(portal: Parameters<typeof openSandbox>[0] = {}) {
  const opened = await openSandbox(portal);
  const ids = ['a', 'b', 'c'].map((name) => opened.sandbox.people.createContact({ email: `${name}@acme.example` }).id);
  return { ...opened, ids };
}

describe('updating a batch', () => {
  it('writes and answers with what it wrote', async () => {
    const clock = stillClock();
    const { ask, ids } = await threeContacts({ clock });
    await clock.advance(1_000);
    const { status, body } = await ask('POST', UPDATE, {
      inputs: ids.map((id) => ({ id, properties: { jobtitle: 'CTO' } })),
    });
    expect(status).toBe(200);
    expect(body.results).toHaveLength(3);
    expect(body.results?.[0]).toEqual({
      id: ids[0],
      properties: expect.objectContaining({ jobtitle: 'CTO', lastmodifieddate: new Date(clock.now()).toISOString() }),
      createdAt: expect.any(String),
      updatedAt: new Date(clock.now()).toISOString(),
      archived: false,
    });
  });

  it('answers 207 for unknown ids, with their trace ids, and writes the rest', async () => {
    const { sandbox, ask, ids } = await threeContacts();
    const { status, body } = await ask('POST', UPDATE, {
      inputs: [
        { id: ids[0], properties: { city: 'Leeds' }, objectWriteTraceId: 'first' },
        { id: '999', properties: { city: 'Leeds' }, objectWriteTraceId: 'second' },
      ],
    });
    expect(status).toBe(207);
    expect(body.numErrors).toBe(1);
    expect(body.errors).toEqual([
      expect.objectContaining({
        category: 'OBJECT_NOT_FOUND',
        context: { ids: ['999'], objectWriteTraceId: ['second'] },
      }),
    ]);
    expect(sandbox.portal.textOf(sandbox.portal.contacts.find(ids[0]!)!, 'city')).toBe('Leeds');
  });

  const bad: readonly [string, Record<string, string>, string][] = [
    ['an unknown property', { nonsense: '1' }, 'PROPERTY_DOESNT_EXIST'],
    ['a read-only property', { recent_conversion_date: '1700000000000' }, 'READ_ONLY_VALUE'],
    ['an option that does not exist', { numemployees: '7' }, 'INVALID_OPTION'],
    ['text for a number', { score: 'high' }, 'INVALID_INTEGER'],
    ['a number with commas', { score: '1,000' }, 'INVALID_INTEGER'],
    ['a stage that does not exist', { lifecyclestage: 'mql' }, 'INVALID_OPTION'],
    ['neither true nor false', { hs_email_optout: 'maybe' }, 'INVALID_BOOLEAN'],
    ['an owner that does not exist', { hubspot_owner_id: '1' }, 'INVALID_OWNER_ID'],
    ['text that is too long', { jobtitle: 'x'.repeat(65_537) }, 'INVALID_LENGTH'],
  ];
  it.each(bad)('fails the whole batch for %s', async (_, properties, error) => {
    const { sandbox, ask, ids } = await threeContacts();
    await ask('POST', '/crm/properties/2026-09/contacts', {
      name: 'score',
      label: 'Score',
      type: 'number',
      fieldType: 'number',
      groupName: 'contactinformation',
    });
    const { status, body } = await ask('POST', UPDATE, {
      inputs: [
        { id: ids[0], properties: { city: 'Leeds' } },
        { id: ids[1], properties },
      ],
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR', correlationId: expect.any(String) });
    expect(body.message).toContain(error);
    expect(sandbox.portal.textOf(sandbox.portal.contacts.find(ids[0]!)!, 'city')).toBeUndefined();
  });

  it('fails the row alone where the portal is set so', async () => {
    const { ask, ids } = await threeContacts({ badValues: 'fail-row' });
    const { status, body } = await ask('POST', UPDATE, {
      inputs: [
        { id: ids[0], properties: { city: 'Leeds' } },
        { id: ids[1], properties: { numemployees: '7' }, objectWriteTraceId: 'two' },
      ],
    });
    expect(status).toBe(207);
    expect(body.results?.map((one) => one.id)).toEqual([ids[0]]);
    expect(body.errors).toEqual([
      expect.objectContaining({
        category: 'VALIDATION_ERROR',
        context: { ids: [ids[1]], objectWriteTraceId: ['two'] },
      }),
    ]);
  });

  it('refuses an id named twice, more than a hundred inputs, and e-mail as id', async () => {
    const { ask, ids } = await threeContacts();
    const input = { id: ids[0], properties: { city: 'Leeds' } };
    expect((await ask('POST', UPDATE, { inputs: [input, input] })).status).toBe(400);
    expect(
      (await ask('POST', UPDATE, { inputs: Array.from({ length: 101 }, (_, n) => ({ ...input, id: String(n) })) }))
        .status,
    ).toBe(400);
    const byEmail = await ask('POST', UPDATE, { inputs: [{ ...input, id: 'a@acme.example', idProperty: 'email' }] });
    expect(byEmail.body.message).toContain('non-unique 0-1 property email');
  });

  it('leads an old id to the contact it was merged into', async () => {
    const { sandbox, ask, ids } = await threeContacts();
    const merged = sandbox.people.merge(ids[0]!, ids[1]!);
    const { body } = await ask('POST', UPDATE, { inputs: [{ id: ids[1], properties: { city: 'Leeds' } }] });
    expect(body.results?.[0]?.id).toBe(merged.id);
  });

  it('keeps multi-checkboxes, numbers and date-times in their own text', async () => {
    const { ask, ids } = await threeContacts();
    const property = { label: 'x', groupName: 'contactinformation' };
    const options = ['a', 'b'].map((value) => ({ label: value, value }));
    await ask('POST', '/crm/properties/2026-09/contacts/batch/create', {
      inputs: [
        { ...property, name: 'flags', type: 'enumeration', fieldType: 'checkbox', options },
        { ...property, name: 'scored_at', type: 'datetime', fieldType: 'date' },
        { ...property, name: 'score', type: 'number', fieldType: 'number' },
      ],
    });
    const properties = { flags: 'a;b', scored_at: '1700000000123', score: 42 };
    const { body } = await ask('POST', UPDATE, { inputs: [{ id: ids[0], properties }] });
    expect(body.results?.[0]?.properties).toMatchObject({
      flags: 'a;b',
      scored_at: '2023-11-14T22:13:20.123Z',
      score: '42',
    });
    const cleared = await ask('POST', UPDATE, { inputs: [{ id: ids[0], properties: { flags: '', score: '' } }] });
    expect(cleared.body.results?.[0]?.properties).toMatchObject({ flags: null, score: null });
  });
});

describe('lifecycle stage', () => {
  it('goes forward, ignores a step back without a word, and starts anew once cleared', async () => {
    const { ask, ids } = await threeContacts();
    const set = async (lifecyclestage: string) => {
      const answer = await ask('PATCH', `${CONTACTS}/${ids[0]}`, { properties: { lifecyclestage } });
      return [answer.status, answer.body.properties?.lifecyclestage];
    };
    expect(await set('marketingqualifiedlead')).toEqual([200, 'marketingqualifiedlead']);
    expect(await set('subscriber')).toEqual([200, 'marketingqualifiedlead']);
    expect(await set('customer')).toEqual([200, 'customer']);
    expect(await set('')).toEqual([200, null]);
    expect(await set('lead')).toEqual([200, 'lead']);
  });
});

describe('one contact', () => {
  it('is made once for an e-mail address', async () => {
    const { ask, ids } = await threeContacts();
    const made = await ask('POST', CONTACTS, { properties: { email: 'D@acme.example', jobtitle: 'CEO' } });
    expect(made).toMatchObject({ status: 201, body: { properties: { email: 'd@acme.example' } } });
    const again = await ask('POST', CONTACTS, { properties: { email: 'a@acme.example' } });
    expect(again).toMatchObject({
      status: 409,
      body: { category: 'CONFLICT', message: `Contact already exists. Existing ID: ${ids[0]}` },
    });
  });
});
