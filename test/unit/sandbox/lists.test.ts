import { describe, expect, it } from 'vitest';
import { CONTACTS, NOW, openSandbox, stillClock } from './open-sandbox.ts';

const LISTS = '/crm/lists/2026-09';

/** A portal with a list that three contacts joined a minute after each other, the newest contact first. */
async function openWithList() {
  const clock = stillClock();
  const { sandbox, ask } = await openSandbox({ clock }, { clock });
  const { people } = sandbox;
  const [a, b, c] = ['a', 'b', 'c'].map((name) => people.createContact({ email: `${name}@acme.example` }).id);
  const ids = [a!, b!, c!] as const;
  const list = people.createList({ name: 'Target accounts' }).id;
  for (const id of ids.toReversed()) {
    people.addToList(list, [id]);
    await clock.advance(60_000);
  }
  const recordIds = async (path: string) => (await ask('GET', path)).body.results?.map(({ recordId }) => recordId);
  return { clock, people, ask, ids, list, recordIds };
}

describe('lists', () => {
  it('can be had by id, by several ids and by name, in either version', async () => {
    const { people, ask, list } = await openWithList();
    people.createList({ name: 'company', processingType: 'DYNAMIC' });
    const one = await ask('GET', `${LISTS}/${list}`);
    expect(one.body.list).toMatchObject({
      listId: list,
      name: 'Target accounts',
      objectTypeId: '0-1',
      processingType: 'MANUAL',
      listVersion: 1,
      size: 3,
      updatedAt: new Date(NOW).toISOString(),
    });
    const some = await ask('GET', `/crm/v3/lists/?listIds=2&listIds=${list}&listIds=99`);
    expect(some.body.lists?.map(({ name }) => name)).toEqual(['company', 'Target accounts']);
    const named = async (name: string) => (await ask('GET', `${LISTS}/object-type-id/0-1/name/${name}`)).body.list;
    expect((await named('target%20Accounts'))?.listId).toBe(list);
    expect((await named('company'))?.listId).toBe('2');
    expect((await ask('GET', `${LISTS}/object-type-id/0-2/name/company`)).status).toBe(404);
    expect((await ask('GET', `${LISTS}/99`)).status).toBe(404);
  });

  it('tell their size and last changes of membership where they are searched for, as text', async () => {
    const { people, ask, ids, list } = await openWithList();
    people.createList({ name: 'Empty' });
    people.removeFromList(list, [ids[0]]);
    const search = async (body: unknown) => (await ask('POST', `${LISTS}/search`, body)).body;
    const found = await search({
      query: 'TARGET',
      processingTypes: ['MANUAL'],
      additionalProperties: ['hs_list_size'],
    });
    expect(found).toMatchObject({ hasMore: false, offset: 1, total: 1 });
    expect(found.lists?.[0]?.additionalProperties).toEqual({
      hs_list_size: '2',
      hs_list_reference_count: '0',
      hs_last_record_added_at: String(NOW + 120_000),
      hs_last_record_removed_at: String(NOW + 180_000),
    });
    const first = await search({ count: 1 });
    expect(first).toMatchObject({ hasMore: true, offset: 1, total: 2 });
    const second = await search({ count: 1, offset: first.offset });
    expect(second.lists?.[0]).toMatchObject({ name: 'Empty', additionalProperties: { hs_list_size: '0' } });
    expect((await ask('POST', `${LISTS}/search`, { count: 501 })).status).toBe(400);
  });

  it('give their members by id or in the order in which they joined, page by page and back', async () => {
    const { ask, ids, list, recordIds } = await openWithList();
    const [a, b, c] = ids;
    const path = `${LISTS}/${list}/memberships`;
    expect(await recordIds(path)).toEqual([a, b, c]);
    const joined = await ask('GET', `${path}/join-order?limit=2`);
    expect(joined.body.results).toEqual([
      { recordId: c, membershipTimestamp: new Date(NOW).toISOString() },
      { recordId: b, membershipTimestamp: new Date(NOW + 60_000).toISOString() },
    ]);
    expect(joined.body.total).toBe(3);
    const rest = await ask('GET', `${path}/join-order?limit=2&after=${joined.body.paging!.next.after}`);
    expect(rest.body.results?.map(({ recordId }) => recordId)).toEqual([a]);
    expect(rest.body.paging?.next).toBeUndefined();
    expect(await recordIds(`${path}/join-order?before=${rest.body.paging!.prev!.before}`)).toEqual([b, c]);
    expect((await ask('GET', `${path}?after=${joined.body.paging!.next.after}`)).status).toBe(400);
    expect((await ask('GET', `${path}?limit=251`)).status).toBe(400);
  });

  it('are told of each record', async () => {
    const { clock, people, ask, ids, list } = await openWithList();
    const [a, b] = ids;
    people.removeFromList(list, [b]);
    await clock.advance(60_000);
    people.addToList(list, [b]);
    const memberships = [
      {
        listId: list,
        listVersion: 1,
        firstAddedTimestamp: new Date(NOW + 60_000).toISOString(),
        lastAddedTimestamp: new Date(NOW + 240_000).toISOString(),
        isPublicList: true,
      },
    ];
    const one = await ask('GET', `/crm/v3/lists/records/0-1/${b}/memberships`);
    expect(one.body).toEqual({ results: memberships, total: 1 });
    const batch = await ask('POST', `${LISTS}/records/memberships/batch/read`, {
      inputs: [b, '1', a].map((recordId) => ({ objectTypeId: '0-1', recordId })),
    });
    expect(batch.body.results?.[0]).toEqual({ objectTypeId: '0-1', recordId: b, recordListMemberships: memberships });
    expect(batch.body.results?.[1]).toMatchObject({ recordId: '1', recordListMemberships: [] });
  });

  it('take contacts that a call puts there, each once, and pass over who does not exist', async () => {
    const { people, ask, ids, list, recordIds } = await openWithList();
    const [a] = ids;
    const dora = people.createContact({ email: 'dora@acme.example' }).id;
    const added = await ask('PUT', `${LISTS}/${list}/memberships/add`, [a, dora, dora, '1']);
    expect(added.body).toEqual({ recordsIdsAdded: [dora], recordIdsMissing: ['1'], recordIdsRemoved: [] });
    expect(await recordIds(`${LISTS}/${list}/memberships`)).toEqual([...ids, dora]);
    expect((await ask('PUT', `${LISTS}/${list}/memberships/add`, [])).status).toBe(200);
    const active = people.createList({ name: 'Active', processingType: 'DYNAMIC' }).id;
    expect((await ask('PUT', `${LISTS}/${active}/memberships/add`, [a])).status).toBe(400);
    expect((await ask('PUT', `${LISTS}/99/memberships/add`, [a])).status).toBe(404);
  });

  it('keep a merged contact for the survivor, lose a deleted one, and change no contact', async () => {
    const { people, ask, ids, list, recordIds } = await openWithList();
    const [a, b, c] = ids;
    const read = await ask('GET', `${CONTACTS}/${c}`);
    expect(read.body.properties?.lastmodifieddate).toBe(new Date(NOW).toISOString());
    const merged = people.merge(a, b).id;
    expect(await recordIds(`${LISTS}/${list}/memberships`)).toEqual([c, merged]);
    people.remove(c);
    expect(await recordIds(`${LISTS}/${list}/memberships`)).toEqual([merged]);
    people.eraseForPrivacy(merged);
    expect(await recordIds(`${LISTS}/${list}/memberships`)).toEqual([]);
  });
});
