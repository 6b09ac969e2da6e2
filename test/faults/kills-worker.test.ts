import { expect, it } from 'vitest';
import type { Faults } from '../../src/sandbox/http/faults.ts';
import { createHoldingClock, type HoldingClock } from '../support/holding-clock.ts';
import { openProcessOrg } from '../support/process-org.ts';
import { openProcessPortal } from '../support/process-portal.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const LEADS = 250;
const PATIENCE = { timeout: 180_000, interval: 200 };

const CRMS = {
  HubSpot: (clock: HoldingClock) => openProcessPortal(redis, { leads: LEADS, sandbox: { clock } }),
  Salesforce: (clock: HoldingClock) => openProcessOrg(redis, { leads: LEADS, sandbox: { clock } }),
};

it.each(['HubSpot', 'Salesforce'] as const)(
  'a worker that is killed in the middle of a job on %s: once its lock is over, the next worker does the job, and all is as if it never was',
  async (crm) => {
    const clock = createHoldingClock();
    const world = await CRMS[crm](clock);
    const { faults }: { readonly faults: Faults } = world.sandbox;
    // The second write is not carried out.
    faults.add({ path: /^/, kind: 'write', skip: 1, times: 1, reset: true, delayMs: 1 });
    const first = world.run('start', 'worker');
    await clock.untilHeld();
    first.child.kill('SIGKILL');
    await first.code;
    clock.release();
    await world.endLeases();

    const second = world.run('start', 'worker');
    const isDone = async () => (await world.space.redis.hget(world.space.key('progress'), 'model-version')) !== null;
    await expect.poll(isDone, PATIENCE).toBe(true);
    await world.settled();
    expect(second.output()).toContain('a job is taken up again after its process ended');
    second.child.kill('SIGTERM');
    expect(await second.code, second.output()).toBe(0);
    await world.expectWhole();
  },
  300_000,
);
