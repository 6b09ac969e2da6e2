import { describe, expect, it } from 'vitest';
import { CONTACTS, NOW, openSandbox, stillClock } from './open-sandbox.ts';

const SEARCH = `${CONTACTS}/search`;
const filters = (...list: object[]) => ({ filterGroups: [{ filters: list }] });
const GENEROUS = { search: 10_000 };

describe('search', () => {
  it('pages a window of lastmodifieddate in the order of ids', async () => {
    const { sandbox, ask } = await openSandbox({ leads: 500 }, { limits: GENEROUS });
    const from = NOW - 30 * 86_400_000;
    const expected = sandbox.portal.contacts.all
      .filter((one) => sandbox.portal.numberOf(one, 'lastmodifieddate')! >= from)
      .map(({ id }) => id);
    const ids: string[] = [];
    for (let after: string | undefined = '0'; after !== undefined; ) {
      const { body } = await ask('POST', SEARCH, {
        ...filters(
          { propertyName: 'lastmodifieddate', operator: 'GTE', value: String(from) },
          { propertyName: 'lastmodifieddate', operator: 'LT', value: String(NOW) },
        ),
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        properties: ['hs_object_id'],
        limit: 50,
        after,
      });
      expect(body.total).toBe(expected.length);
      ids.push(...body.results!.map((one) => one.id!));
      after = body.paging?.next.after;
    }
    expect(expected.length).toBeGreaterThan(100);
    expect(ids).toEqual(expected);
  });

  it('stops at ten thousand, and goes on from an id', async () => {
    const { ask } = await openSandbox({ leads: 10_300, sameTimestamp: 10_300 }, { limits: GENEROUS });
    const window = { propertyName: 'lastmodifieddate', operator: 'EQ', value: String(NOW - 3_600_000) };
    const at = (after: number) =>
      ask('POST', SEARCH, { ...filters(window), sorts: ['hs_object_id'], limit: 200, after });
    const last = await at(9_800);
    expect(last.body.total).toBe(10_300);
    expect(last.body.paging?.next.after).toBe('10000');
    expect(await at(10_000)).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
    const lastId = last.body.results!.at(-1)!.id;
    const rest = await ask('POST', SEARCH, {
      ...filters(window, { propertyName: 'hs_object_id', operator: 'GT', value: lastId }),
      limit: 200,
    });
    expect(rest.body.total).toBe(300);
  });

  it('refuses what is too much', async () => {
    const { ask } = await openSandbox({}, { limits: GENEROUS });
    const one = { propertyName: 'email', operator: 'HAS_PROPERTY' };
    const group = (count: number) => ({ filters: Array.from({ length: count }, () => one) });
    const refused = [
      { filterGroups: Array.from({ length: 6 }, () => group(1)) },
      { filterGroups: [group(7)] },
      { filterGroups: [group(5), group(5), group(5), group(4)] },
      { sorts: ['email', 'city'] },
      { limit: 201 },
      { after: 'abc' },
      { after: 9_900, limit: 200 },
      filters({ propertyName: 'nonsense', operator: 'EQ', value: '1' }),
      filters({ propertyName: 'email', operator: 'LIKE', value: '1' }),
      filters({ propertyName: 'email', operator: 'IN' }),
      filters({ propertyName: 'createdate', operator: 'GT', value: 'yesterday' }),
      filters({ propertyName: 'email', operator: 'EQ', value: 'x'.repeat(3_000) }),
    ];
    for (const body of refused)
      expect(await ask('POST', SEARCH, body)).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
    const most = { filterGroups: [group(6), group(6), group(6)] };
    expect((await ask('POST', SEARCH, most)).status).toBe(200);
  });

  it('knows its operators', async () => {
    const { sandbox, ask } = await openSandbox({}, { limits: GENEROUS });
    const add = (city: string | undefined, size: string) =>
      sandbox.people.createContact({
        email: `${size}@acme.example`,
        ...(city === undefined ? {} : { city }),
        numemployees: size,
      });
    const [leeds, lyon, none] = [add('Leeds', '1-5'), add('Lyon', '5-25'), add(undefined, '25-50')];
    const found = async (filter: object) => {
      const { body } = await ask('POST', SEARCH, filters(filter));
      return body.results?.map((one) => one.id);
    };
    expect(await found({ propertyName: 'city', operator: 'EQ', value: 'leeds' })).toEqual([leeds.id]);
    expect(await found({ propertyName: 'city', operator: 'NEQ', value: 'Leeds' })).toEqual([lyon.id, none.id]);
    expect(await found({ propertyName: 'city', operator: 'IN', values: ['lyon', 'paris'] })).toEqual([lyon.id]);
    expect(await found({ propertyName: 'city', operator: 'HAS_PROPERTY' })).toEqual([leeds.id, lyon.id]);
    expect(await found({ propertyName: 'city', operator: 'NOT_HAS_PROPERTY' })).toEqual([none.id]);
    expect(
      await found({ propertyName: 'hs_object_id', operator: 'BETWEEN', value: leeds.id, highValue: lyon.id }),
    ).toEqual([leeds.id, lyon.id]);
    expect(await found({ propertyName: 'hs_object_id', operator: 'LTE', value: leeds.id })).toEqual([leeds.id]);
    expect(await found({ propertyName: 'hs_object_id', operator: 'LT', value: leeds.id })).toEqual([]);
  });

  it('sorts by one property either way, those without it last', async () => {
    const { sandbox, ask } = await openSandbox({}, { limits: GENEROUS });
    const ids = ['Bonn', 'Aachen', ''].map(
      (city, n) => sandbox.people.createContact({ email: `${n}@acme.example`, ...(city ? { city } : {}) }).id,
    );
    const sorted = async (direction: string) => {
      const { body } = await ask('POST', SEARCH, { sorts: [{ propertyName: 'city', direction }] });
      return body.results?.map((one) => ids.indexOf(one.id!));
    };
    expect(await sorted('ASCENDING')).toEqual([1, 0, 2]);
    expect(await sorted('DESCENDING')).toEqual([0, 1, 2]);
  });

  it('never shows archived contacts', async () => {
    const { sandbox, ask } = await openSandbox({ leads: 2 }, { limits: GENEROUS });
    sandbox.people.remove(sandbox.portal.contacts.all[0]!.id);
    expect((await ask('POST', SEARCH, {})).body.total).toBe(1);
  });
});

describe('the index', () => {
  it('shows a contact as it was, and no contact that is too new, until its delay is over', async () => {
    const clock = stillClock();
    const { sandbox, ask } = await openSandbox({ clock }, { indexDelay: 8_000, limits: GENEROUS });
    const contact = sandbox.people.createContact({ email: 'a@acme.example', city: 'Leeds' });
    const search = async () => {
      const { body } = await ask('POST', SEARCH, { properties: ['city'] });
      return body.results?.map((one) => [one.properties!.city, Date.parse(one.properties!.lastmodifieddate!) - NOW]);
    };
    expect(await search()).toEqual([]);
    await clock.advance(5_000);
    await ask('PATCH', `${CONTACTS}/${contact.id}`, { properties: { city: 'Lyon' } });
    await clock.advance(3_000);
    expect(await search()).toEqual([['Leeds', 0]]);
    await ask('PATCH', `${CONTACTS}/${contact.id}`, { properties: { city: 'Lund' } });
    await clock.advance(5_000);
    expect(await search()).toEqual([['Lyon', 5_000]]);
    const window = { propertyName: 'lastmodifieddate', operator: 'GT', value: String(NOW + 6_000) };
    expect((await ask('POST', SEARCH, filters(window))).body.total).toBe(0);
    await clock.advance(3_000);
    expect(await search()).toEqual([['Lund', 8_000]]);
    expect((await ask('POST', SEARCH, filters(window))).body.total).toBe(1);
    // Reads by id are never late.
    expect((await ask('GET', `${CONTACTS}/${contact.id}?properties=city`)).body.properties?.city).toBe('Lund');
  });
});
