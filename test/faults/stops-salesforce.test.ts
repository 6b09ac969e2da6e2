import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/clock.ts';
import { freePort } from '../support/free-port.ts';
import { openProcessOrg } from '../support/process-org.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const LEADS = 100;
const WRITE = { path: /\/composite$/, kind: 'write' } as const;

describe('a process that ends while a write to Salesforce is under way', { timeout: 240_000 }, () => {
  it('killed after Salesforce wrote and before it said so: the next run finds nothing to write', async () => {
    const world = await openProcessOrg(redis, { leads: LEADS });
    const { requests, faults } = world.sandbox;
    faults.add({ ...WRITE, when: 'after', delayMs: MINUTE, times: 1 });
    const first = world.run('backfill', '--json');
    await world.until(world.isScored);
    first.child.kill('SIGKILL');
    await first.code;
    await world.endLeases();
    const writes = requests.all(WRITE).length;
    const second = world.run('backfill', '--json');
    expect(await second.code, second.output()).toBe(0);
    expect(JSON.parse(second.output())).toMatchObject({ leads: LEADS, written: 0, unchanged: LEADS, failed: 0 });
    expect(requests.all(WRITE)).toHaveLength(writes);
    await world.expectWhole();
  });

  it('told to end by SIGTERM: /readyz fails at once, the write is finished, and the next start stalls on nothing', async () => {
    const world = await openProcessOrg(redis, { leads: LEADS });
    const { requests, faults } = world.sandbox;
    faults.add({ ...WRITE, when: 'after', delayMs: 3 * SECOND, times: 1 });
    const env = { PORT: String(await freePort()) };
    const first = world.runWith(env, 'start');
    const readyz = async () => (await fetch(`http://127.0.0.1:${env.PORT}/readyz`).catch(() => undefined))?.status;
    await world.until(async () => (await readyz()) === 200);
    await world.until(() => requests.all(WRITE).length > 0);
    first.child.kill('SIGTERM');
    await world.until(async () => (await readyz()) === 503);
    const [held] = requests.all(WRITE);
    // The answer is still to come.
    expect(held?.status).toBe(0);
    expect(await first.code, first.output()).toBe(0);
    expect(held?.status).toBe(200);

    const second = world.runWith(env, 'start');
    await world.until(async () => (await readyz()) === 200);
    await world.settled();
    second.child.kill('SIGTERM');
    expect(await second.code).toBe(0);
    expect(second.output()).not.toContain('taken up again');
    await world.expectWhole();
  });
});
