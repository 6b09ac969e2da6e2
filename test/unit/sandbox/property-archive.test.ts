import { describe, expect, it } from 'vitest';
import { COMPANIES, CONTACTS, openSandbox } from './open-sandbox.ts';

const property = (name: string) => ({
  name,
  label: name,
  type: 'string',
  fieldType: 'text',
  groupName: 'leadgauge',
});

describe.each([
  ['contacts', CONTACTS, 'email'],
  ['companies', COMPANIES, 'domain'],
] as const)('properties of %s', (type, records, builtIn) => {
  const path = `/crm/properties/2026-09/${type}`;

  async function openWithProperties(...names: string[]) {
    const { sandbox, ask } = await openSandbox();
    await ask('POST', `${path}/groups`, { name: 'leadgauge', label: 'Lead scoring' });
    for (const name of names) expect((await ask('POST', path, property(name))).status).toBe(201);
    const created = await ask('POST', records, { properties: { [names[0]!]: 'before' } });
    const read = async (name: string) =>
      (await ask('GET', `${records}/${created.body.id}?properties=${name}`)).body.properties?.[name];
    return { sandbox, ask, read, id: created.body.id! };
  }

  it('disappear from records and definitions, and can be made again, empty', async () => {
    const { ask, read } = await openWithProperties('score');
    expect(await read('score')).toBe('before');
    expect((await ask('DELETE', `${path}/score`)).status).toBe(204);
    expect(await read('score')).toBeUndefined();
    expect((await ask('GET', `${path}/score`)).status).toBe(404);
    expect((await ask('DELETE', `${path}/score`)).status).toBe(404);
    expect((await ask('GET', `${path}/score?archived=true`)).body).toMatchObject({ name: 'score', archived: true });
    expect((await ask('GET', `${path}?archived=true`)).body.results).toHaveLength(1);
    expect((await ask('POST', path, property('score'))).status).toBe(201);
    expect(await read('score')).toBeNull();
    expect((await ask('GET', `${path}?archived=true`)).body.results).toEqual([]);
  });

  it('go in batches, whatever is not there being no matter', async () => {
    const { ask } = await openWithProperties('score', 'grade');
    const archive = async (...names: string[]) =>
      (await ask('POST', `${path}/batch/archive`, { inputs: names.map((name) => ({ name })) })).status;
    expect(await archive('score', builtIn)).toBe(400);
    expect((await ask('GET', `${path}/score`)).status).toBe(200);
    expect(await archive('score', 'grade', 'unknown')).toBe(204);
    expect(await archive('score')).toBe(204);
    expect((await ask('GET', `${path}/grade`)).status).toBe(404);
  });

  it('stay where HubSpot defined them, or while a workflow uses them', async () => {
    const { sandbox, ask } = await openWithProperties('score');
    expect((await ask('DELETE', `${path}/${builtIn}`)).status).toBe(400);
    const record = type === 'contacts' ? 'contact' : 'company';
    sandbox.people.useInWorkflow(record, 'score', 'Call the best');
    const refused = await ask('DELETE', `${path}/score`);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ category: 'VALIDATION_ERROR', context: { propertyName: ['score'] } });
    sandbox.people.useInWorkflow(record, 'score');
    expect((await ask('DELETE', `${path}/score`)).status).toBe(204);
  });

  it('hold their group', async () => {
    const { ask } = await openWithProperties('score');
    const refused = await ask('DELETE', `${path}/groups/leadgauge`);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ context: { propertyName: ['score'] } });
    await ask('DELETE', `${path}/score`);
    expect((await ask('DELETE', `${path}/groups/leadgauge`)).status).toBe(204);
    expect((await ask('GET', `${path}/groups/leadgauge`)).status).toBe(404);
    const [own] = (await ask('GET', `${path}/groups`)).body.results!;
    expect((await ask('DELETE', `${path}/groups/${own!.name}`)).status).toBe(400);
  });
});
