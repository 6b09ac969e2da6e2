import { describe, expect, it } from 'vitest';
import { orgState } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

describe('a backfill of a Salesforce org', { timeout: 60_000 }, () => {
  it('gives every lead and contact exactly what scoring its record and activities afresh gives', async () => {
    const world = await openOrgWorld(redis, { leads: 200 });
    const tally = await world.backfill();
    expect(tally).toMatchObject({ scored: 200, written: 200, failed: 0, gone: 0, left: 0 });
    expect(await world.wrong()).toEqual([]);
  });

  it('writes nothing the second time, nor do the polls that find our own writes', async () => {
    const world = await openOrgWorld(redis, { leads: 150 });
    await world.backfill();
    const before = world.writes();
    await world.sync();
    await world.sync();
    expect(world.writes()).toBe(before);
    expect(await world.backfill()).toMatchObject({ scored: 150, written: 0, unchanged: 150 });
    expect(world.writes()).toBe(before);
  });

  it('promotes nobody and makes no task unless asked', async () => {
    const world = await openOrgWorld(redis, { leads: 200 });
    const { org } = world.sandbox;
    const tasks = org.type('Task').live().length;
    const tally = await world.backfill();
    expect(tally.mql).toBeGreaterThan(0);
    expect(tally.promoted).toBe(0);
    await world.sync();
    expect(org.type('Task').live()).toHaveLength(tasks);
    expect(org.type('Lead').where('Leadgauge_Stage__c', 'MQL')).toEqual([]);
  });

  it('moves everyone who meets the gates forward when asked', async () => {
    const world = await openOrgWorld(redis, { leads: 200 });
    const tally = await world.backfill({ promote: true });
    expect(tally.promoted).toBeGreaterThan(0);
    const promoted = ['Lead', 'Contact'].flatMap((type) =>
      world.sandbox.org.type(type).where('Leadgauge_Stage__c', 'MQL'),
    );
    expect(promoted).toHaveLength(tally.promoted);
    expect(promoted.every((record) => record.get('Leadgauge_MQL_Date__c') !== null)).toBe(true);
    expect(await world.backfill({ promote: true })).toMatchObject({ promoted: 0, written: 0 });
  });

  it('interrupted, goes on where it was and ends in the same state', async () => {
    const leads = 700;
    const world = await openOrgWorld(redis, { leads });
    const stop = new AbortController();
    const stopAt = ({ scored }: { scored: number }) => {
      if (scored >= 300) stop.abort(new Error('SIGTERM'));
    };
    await expect(world.backfill({ signal: stop.signal, onProgress: stopAt })).rejects.toThrow('SIGTERM');
    const rest = await world.backfill();
    expect(rest.resumed).toBe(true);
    expect(rest.scored).toBeLessThan(leads);
    expect(await world.wrong()).toEqual([]);
    expect(await world.backfill()).toMatchObject({ scored: leads, written: 0 });
  });

  it('after Redis was emptied, brings every score back the same', async () => {
    const world = await openOrgWorld(redis, { leads: 150 });
    await world.backfill();
    await world.sync();
    const before = orgState(world);
    await redis.flush();
    expect(await world.backfill()).toMatchObject({ scored: 150, written: 0 });
    await world.sync();
    expect(orgState(world)).toEqual(before);
    expect(await world.wrong()).toEqual([]);
  });
});
