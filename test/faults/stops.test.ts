import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/clock.ts';
import { freePort } from '../support/free-port.ts';
import { openProcessPortal, UPDATE } from '../support/process-portal.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const LEADS = 100;
const WRITES = /\/contacts\/batch\/update$/;

describe('a process that ends while a write is under way', { timeout: 60_000 }, () => {
  it('killed after HubSpot wrote and before it said so: the next run finds nothing to write', async () => {
    const portal = await openProcessPortal(redis, { leads: LEADS });
    const { requests, faults, portal: hubspot } = portal.sandbox;
    faults.add({ path: WRITES, when: 'after', delayMs: MINUTE, times: 1 });
    const first = portal.run('backfill', '--json');
    const isWritten = () =>
      hubspot.contacts.all.every((one) => hubspot.numberOf(one, 'leadgauge_scored_at') !== undefined);
    await portal.until(isWritten);
    first.child.kill('SIGKILL');
    await first.code;
    await portal.endLeases();
    const second = portal.run('backfill', '--json');
    expect(await second.code, second.output()).toBe(0);
    expect(JSON.parse(second.output())).toMatchObject({ leads: LEADS, written: 0, unchanged: LEADS, failed: 0 });
    expect(requests.all({ path: WRITES })).toHaveLength(1);
    await portal.expectWhole();
  });

  it('told to end by SIGTERM: /readyz fails at once, the write is finished, and the next start stalls on nothing', async () => {
    const portal = await openProcessPortal(redis, { leads: LEADS });
    const { requests, faults } = portal.sandbox;
    faults.add({ path: WRITES, when: 'after', delayMs: 2 * SECOND, times: 1 });
    const port = await freePort();
    const env = { PORT: String(port) };
    const first = portal.runWith(env, 'start');
    const readyz = async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.status;
    await portal.until(async () => (await readyz()) === 200);
    await portal.until(() => requests.all({ path: WRITES }).length === 1);
    first.child.kill('SIGTERM');
    await portal.until(async () => (await readyz()) === 503);
    // The answer to the write is still to come.
    expect(requests.count({ path: UPDATE, status: 200 })).toBe(0);
    expect(await first.code, first.output()).toBe(0);
    expect(requests.count({ path: UPDATE, status: 200 })).toBe(1);

    const second = portal.runWith(env, 'start');
    await portal.until(async () => (await readyz()) === 200);
    await portal.settled();
    second.child.kill('SIGTERM');
    expect(await second.code).toBe(0);
    expect(second.output()).not.toContain('taken up again');
    expect(requests.all({ path: WRITES })).toHaveLength(1);
    await portal.expectWhole();
  });
});
