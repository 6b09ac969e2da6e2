import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { CONTACTS, NOW, openSandbox, stillClock } from './open-sandbox.ts';

async function openWithDeleted() {
  const clock = stillClock();
  const opened = await openSandbox({ clock }, { clock });
  const { people } = opened.sandbox;
  const ids = ['a', 'b', 'c', 'd'].map((name) => people.createContact({ email: `${name}@acme.example` }).id);
  const archived = async (query = '') =>
    (await opened.ask('GET', `${CONTACTS}?archived=true${query}`)).body.results!.map((one) => one.id);
  return { ...opened, people, clock, ids, archived };
}

describe('deleted contacts', () => {
  it('are listed in order of ids, page by page, whichever was deleted first', async () => {
    const { ask, people, ids, archived } = await openWithDeleted();
    for (const id of [ids[3], ids[0], ids[2]]) people.remove(id!);
    expect(await archived()).toEqual([ids[0], ids[2], ids[3]]);
    const first = await ask('GET', `${CONTACTS}?archived=true&limit=2`);
    expect(first.body).toMatchObject({
      results: [
        { id: ids[0], archived: true, archivedAt: new Date(NOW).toISOString() },
        { id: ids[2], archived: true },
      ],
      paging: { next: { after: ids[2] } },
    });
    const last = await ask('GET', `${CONTACTS}?archived=true&limit=2&after=${ids[2]}`);
    expect(last.body.results!.map((one) => one.id)).toEqual([ids[3]]);
    expect(last.body).not.toHaveProperty('paging');
    expect((await ask('GET', CONTACTS)).body.results!.map((one) => one.id)).toEqual([ids[1]]);
  });

  it('are gone after ninety days', async () => {
    const { ask, people, clock, ids, archived } = await openWithDeleted();
    people.remove(ids[0]!);
    clock.advance(DAY);
    people.remove(ids[1]!);
    clock.advance(89 * DAY);
    expect(await archived()).toEqual([ids[1]]);
    expect((await ask('GET', `${CONTACTS}/${ids[0]}?archived=true`)).status).toBe(404);
    expect((await ask('GET', `${CONTACTS}/${ids[1]}?archived=true`)).status).toBe(200);
    expect(() => people.restore(ids[0]!)).toThrow('no deleted contact');
  });

  it('are not among them where they were deleted for privacy', async () => {
    const { people, ids, archived } = await openWithDeleted();
    people.remove(ids[0]!);
    people.eraseForPrivacy(ids[0]!);
    people.eraseForPrivacy(ids[1]!);
    expect(await archived()).toEqual([]);
  });

  it('come back with their id, their address and their company', async () => {
    const { ask, people, sandbox, clock, ids, archived } = await openWithDeleted();
    const company = people.createCompany({ name: 'Acme' });
    people.moveToCompany(ids[0]!, company.id);
    people.remove(ids[0]!);
    clock.advance(DAY);
    people.restore(ids[0]!);
    expect(await archived()).toEqual([]);
    const found = await ask('GET', `${CONTACTS}/a@acme.example?idProperty=email&associations=companies`);
    expect(found.body).toMatchObject({
      id: ids[0],
      archived: false,
      properties: { lastmodifieddate: new Date(NOW + DAY).toISOString() },
      associations: { companies: { results: [{ id: company.id, type: 'contact_to_company' }, { id: company.id }] } },
    });
    expect(found.body).not.toHaveProperty('archivedAt');
    expect(sandbox.portal.companyTable.numberOf(company, 'num_associated_contacts')).toBe(1);
    people.remove(ids[1]!);
    people.createContact({ email: 'b@acme.example' });
    expect(() => people.restore(ids[1]!)).toThrow('has its e-mail address');
  });
});
