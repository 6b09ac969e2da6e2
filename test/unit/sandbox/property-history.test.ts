import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { CONTACTS, NOW, openSandbox, stillClock } from './open-sandbox.ts';

const HISTORY = 'propertiesWithHistory';
const iso = (at: number) => new Date(at).toISOString();

async function openWithAda() {
  const clock = stillClock();
  const { sandbox, ask } = await openSandbox({ clock });
  const { id } = sandbox.people.createContact({ email: 'ada@acme.example', jobtitle: 'Analyst' });
  const historyOf = async (of: string, ...names: string[]) => {
    const { body } = await ask('GET', `${CONTACTS}/${of}?${HISTORY}=${names.join(',')}`);
    return body as {
      properties: object;
      propertiesWithHistory: Record<string, { value: string; timestamp: string }[]>;
    };
  };
  return { clock, sandbox, ask, id, historyOf };
}

describe('the history of properties', () => {
  it('has every value with its time and its source, newest first, beside the present one', async () => {
    const { clock, sandbox, ask, id, historyOf } = await openWithAda();
    await clock.advance(DAY);
    sandbox.people.update(id, { jobtitle: 'CTO' });
    await clock.advance(DAY);
    await ask('PATCH', `${CONTACTS}/${id}`, { properties: { jobtitle: '' } });
    const { properties, propertiesWithHistory } = await historyOf(id, 'jobtitle', 'email', 'phone', 'nonsense');
    expect(properties).toMatchObject({ jobtitle: null, email: 'ada@acme.example' });
    expect(propertiesWithHistory).toMatchObject({
      jobtitle: [
        { value: '', timestamp: iso(NOW + 2 * DAY), sourceType: 'INTEGRATION' },
        { value: 'CTO', timestamp: iso(NOW + DAY), sourceType: 'CRM_UI' },
        { value: 'Analyst', timestamp: iso(NOW), sourceType: 'CRM_UI' },
      ],
      email: [{ value: 'ada@acme.example', timestamp: iso(NOW) }],
      phone: [],
    });
    expect(propertiesWithHistory).not.toHaveProperty('nonsense');
  });

  it('comes for fifty contacts at once and for no more', async () => {
    const { ask, id } = await openWithAda();
    expect((await ask('GET', `${CONTACTS}?limit=51&${HISTORY}=email`)).status).toBe(400);
    const { body } = await ask('GET', `${CONTACTS}?limit=50&${HISTORY}=email`);
    expect(body.results).toMatchObject([{ id, [HISTORY]: { email: [{ value: 'ada@acme.example' }] } }]);
    const batch = (count: number) => {
      const inputs = Array.from({ length: count }, (_, index) => ({ id: index === 0 ? id : String(index) }));
      return ask('POST', `${CONTACTS}/batch/read`, { inputs, [HISTORY]: ['email'] });
    };
    expect((await batch(51)).status).toBe(400);
    expect((await batch(50)).body.results).toMatchObject([{ id, [HISTORY]: { email: [{ timestamp: iso(NOW) }] } }]);
  });

  it('goes back no further than 45 values', async () => {
    const { clock, sandbox, id, historyOf } = await openWithAda();
    for (let count = 1; count <= 60; count++) {
      await clock.advance(1_000);
      sandbox.people.update(id, { jobtitle: `Title ${count}` });
    }
    const titles = (await historyOf(id, 'jobtitle')).propertiesWithHistory.jobtitle ?? [];
    expect(titles).toHaveLength(45);
    expect([titles[0]?.value, titles.at(-1)?.value]).toEqual(['Title 60', 'Title 16']);
  });

  it('is that of both after a merge', async () => {
    const { clock, sandbox, id, historyOf } = await openWithAda();
    await clock.advance(DAY);
    sandbox.people.update(id, { jobtitle: 'CTO' });
    const twin = sandbox.people.createContact({ email: 'ada@home.example', phone: '+1 555' });
    await clock.advance(DAY);
    const merged = sandbox.people.merge(id, twin.id);
    expect((await historyOf(merged.id, 'jobtitle', 'phone')).propertiesWithHistory).toMatchObject({
      jobtitle: [{ value: 'CTO' }, { value: 'Analyst', timestamp: iso(NOW) }],
      phone: [{ value: '+1 555', timestamp: iso(NOW + DAY) }],
    });
  });

  it('has the sale of those who were customers before the portal began', async () => {
    const { sandbox, ask } = await openSandbox({ leads: 300 });
    const buyers = sandbox.portal.contacts.all.filter(
      (one) => sandbox.portal.textOf(one, 'lifecyclestage') === 'customer',
    );
    expect(buyers.length).toBeGreaterThan(3);
    for (const buyer of buyers) {
      const { body } = await ask('GET', `${CONTACTS}/${buyer.id}?${HISTORY}=lifecyclestage`);
      const entered = iso(sandbox.portal.numberOf(buyer, 'hs_lifecyclestage_customer_date') ?? 0);
      expect(body).toMatchObject({
        [HISTORY]: { lifecyclestage: [{ value: 'customer', timestamp: entered }, { value: 'lead' }] },
      });
    }
  });
});
