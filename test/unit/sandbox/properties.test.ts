import { describe, expect, it } from 'vitest';
import { CONTACTS, openSandbox } from './open-sandbox.ts';

const PROPERTIES = '/crm/properties/2026-09/contacts';
const score = { name: 'score', label: 'Score', type: 'number', fieldType: 'number', groupName: 'scoring' };

describe('property definitions', () => {
  it('tell what can be written', async () => {
    const { ask } = await openSandbox();
    const { body } = await ask('GET', PROPERTIES);
    const readOnly = new Map(body.results!.map((one) => [one.name, one.modificationMetadata!.readOnlyValue]));
    for (const name of ['email', 'jobtitle', 'lifecyclestage', 'timeframe']) expect(readOnly.get(name)).toBe(false);
    for (const name of ['hs_object_id', 'lastmodifieddate', 'recent_conversion_date', 'hs_analytics_last_url']) {
      expect(readOnly.get(name)).toBe(true);
    }
    const one = await ask('GET', `${PROPERTIES}/recent_conversion_date`);
    expect(one.body).toMatchObject({ type: 'datetime', fieldType: 'date', calculated: true, hubspotDefined: true });
    expect((await ask('GET', `${PROPERTIES}/nonsense`)).status).toBe(404);
  });

  it('list the lifecycle stages in their order', async () => {
    const { ask } = await openSandbox();
    const { body } = await ask('GET', `${PROPERTIES}/lifecyclestage`);
    const stages = body.options?.map((one) => one.value);
    expect(stages?.slice(0, 4)).toEqual(['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead']);
  });

  it('are created once, in a group that exists', async () => {
    const { ask } = await openSandbox();
    expect((await ask('POST', PROPERTIES, score)).status).toBe(400);
    const group = { name: 'scoring', label: 'Scoring' };
    expect((await ask('POST', `${PROPERTIES}/groups`, group)).status).toBe(201);
    expect((await ask('POST', `${PROPERTIES}/groups`, group)).status).toBe(409);
    expect((await ask('POST', PROPERTIES, score)).status).toBe(201);
    expect(await ask('POST', PROPERTIES, score)).toMatchObject({ status: 409, body: { status: 'error' } });
    const groups = (await ask('GET', `${PROPERTIES}/groups`)).body.results;
    expect(groups?.map((one) => one.name)).toContain('scoring');
  });

  it.each([
    [{ type: 'datetime', fieldType: 'datetime' }],
    [{ type: 'enumeration', fieldType: 'text', options: [{ label: 'a', value: 'a' }] }],
    [{ type: 'enumeration', fieldType: 'select' }],
    [{ type: 'text', fieldType: 'text' }],
    [{ name: 'Has Blanks' }],
    [
      {
        type: 'enumeration',
        fieldType: 'select',
        options: [
          { label: 'a', value: 'a' },
          { label: 'b', value: 'a' },
        ],
      },
    ],
  ])('are refused where they make no sense: %j', async (change) => {
    const { ask } = await openSandbox();
    const { status, body } = await ask('POST', PROPERTIES, { ...score, groupName: 'contactinformation', ...change });
    expect([status, body.category]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('come in batches, of which a part may exist', async () => {
    const { ask } = await openSandbox();
    const inputs = ['one', 'two'].map((name) => ({ ...score, name, groupName: 'contactinformation' }));
    expect(await ask('POST', `${PROPERTIES}/batch/create`, { inputs: inputs.slice(0, 1) })).toMatchObject({
      status: 201,
    });
    const both = await ask('POST', `${PROPERTIES}/batch/create`, { inputs });
    expect(both).toMatchObject({ status: 207, body: { results: [{ name: 'two' }], numErrors: 1 } });
  });

  it('can be given more options, and be archived', async () => {
    const { sandbox, ask } = await openSandbox();
    const option = (value: string) => ({ label: value, value });
    const flags = {
      ...score,
      name: 'flags',
      groupName: 'contactinformation',
      type: 'enumeration',
      fieldType: 'checkbox',
    };
    await ask('POST', PROPERTIES, { ...flags, options: [option('a')] });
    const { id } = sandbox.people.createContact({ email: 'a@acme.example' });
    const write = () => ask('PATCH', `${CONTACTS}/${id}`, { properties: { flags: 'b' } });
    expect((await write()).status).toBe(400);
    await ask('PATCH', `${PROPERTIES}/flags`, { options: [option('a'), option('b')] });
    expect((await write()).status).toBe(200);
    expect((await ask('DELETE', `${PROPERTIES}/flags`)).status).toBe(204);
    expect((await write()).status).toBe(400);
    expect((await ask('DELETE', `${PROPERTIES}/email`)).status).toBe(400);
  });
});
