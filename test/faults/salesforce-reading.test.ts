import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { countDirty, markDirty } from '../../src/ledger/dirty.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { type OrgWorld, openOrgWorld } from '../support/org-world.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

/** Everyone who changed in the last hour, page by page. */
async function changedWithin({ connection: { crm }, clock }: OrgWorld, onPage: (page: number) => void = () => {}) {
  const found: string[] = [];
  let pages = 0;
  for await (const page of crm.changedLeads({ from: clock.now() - HOUR, to: clock.now() })) {
    found.push(...page.map(({ id }) => id));
    onPage(pages++);
  }
  return found;
}

const leadsOf = ({ sandbox }: OrgWorld) => sandbox.org.type('Lead').live();

describe('reading what changed in Salesforce', { timeout: 120_000 }, () => {
  it('finds 12,000 leads with one timestamp, each once', async () => {
    const world = await openOrgWorld(redis);
    for (let count = 0; count < 12_000; count += 1) world.sandbox.people.createLead({ Title: 'CEO' });
    await world.clock.advance(MINUTE);
    expect(new Set(leadsOf(world).map((lead) => lead.number('SystemModstamp'))).size).toBe(1);
    const found = await changedWithin(world);
    expect(found.length).toBe(12_000);
    expect(new Set(found).size).toBe(12_000);
  });

  it('loses nobody while pages shift: some change again, others come, some are deleted', async () => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    for (let count = 0; count < 9_000; count += 1) people.createLead({ Title: 'CEO' });
    await world.clock.advance(MINUTE);
    const all = leadsOf(world).map(({ id }) => id);
    const touched = new Set<string>();
    const touch = (id: string | undefined, how: (id: string) => void) => {
      if (id === undefined || touched.has(id)) return;
      touched.add(id);
      how(id);
    };
    let pages = 0;
    const found = await changedWithin(world, (page) => {
      pages += 1;
      // Of those already seen and of those to come.
      touch(all[page * 50], (id) => people.change(id, { Title: 'CTO' }));
      touch(all[page * 50 + 1], (id) => people.remove(id));
      touch(all[8_900 - page * 30], (id) => people.change(id, { Title: 'CTO' }));
      touch(all[8_901 - page * 30], (id) => people.remove(id));
      people.createLead({ Title: 'CFO' });
    });
    expect(pages).toBeGreaterThan(3);
    const seen = new Set(found);
    expect(all.filter((id) => !seen.has(id) && !touched.has(id))).toEqual([]);
    // Who changed once more meanwhile may be told once more.
    const others = found.filter((id) => !touched.has(id));
    expect(others.length).toBe(new Set(others).size);
  });

  it('catches up after ten ticks without a poll, for the price of one', async () => {
    const world = await openOrgWorld(redis, { leads: 30 });
    await world.backfill();
    await world.sync();
    const calls = async (work: () => Promise<void>) => {
      const before = world.sandbox.requests.count();
      await work();
      return world.sandbox.requests.count() - before;
    };
    const leads = leadsOf(world).filter((lead) => !lead.flag('IsConverted'));
    await world.clock.advance(MINUTE);
    for (const { id } of leads.slice(0, 10)) world.sandbox.people.change(id, { Title: 'CTO' });
    const usual = await calls(world.sync);
    for (const [minute, { id }] of leads.slice(0, 10).entries()) {
      await world.clock.advance(MINUTE);
      world.sandbox.people.change(id, { Title: `Director ${minute}` });
    }
    expect(await calls(world.sync)).toBe(usual);
    expect(await world.wrong()).toEqual([]);
    expect(await countDirty(world.connection.space)).toBe(0);
  });
});

it('when Salesforce refuses three rows of a hundred, 97 are written, three dead letters say why, and a retry mends them', async () => {
  const world = await openOrgWorld(redis);
  const { org } = world.sandbox;
  const good = Array.from({ length: 97 }, (_, index) => addOrgProspect(world, `good-${index}`).id);
  const bad = ['a', 'b', 'c'].map((name) => addOrgProspect(world, name, { City: 'Nowhere' }).id);
  org.validationRules = [
    {
      type: 'Lead',
      field: 'City',
      message: 'a secret of the record',
      refuses: (lead) => lead.get('City') === 'Nowhere',
    },
  ];
  expect(await world.backfill()).toMatchObject({ written: 97, failed: 3, left: 0 });
  expect(good.every((id) => world.number(id, 'Leadgauge_Score__c') !== undefined)).toBe(true);
  const { space, clock } = world.connection;
  const letters = await listDeadLetters(space);
  expect(letters.map(({ id }) => id).sort()).toEqual(bad.toSorted());
  expect(letters[0]?.reason).toContain('FIELD_CUSTOM_VALIDATION_EXCEPTION');
  expect(JSON.stringify(letters)).not.toContain('secret');

  org.validationRules = [];
  await markDirty(space, bad, clock.now());
  expect(await world.score()).toMatchObject({ written: 3, failed: 0 });
  expect(await listDeadLetters(space)).toEqual([]);
  expect(await world.wrong()).toEqual([]);
});
