import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openProcessPortal, UPDATE } from '../support/process-portal.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

/** `LEADGAUGE_KILLS=100 LEADGAUGE_KILL_LEADS=10000 npm test -- test/faults/kills.test.ts` is the whole of it. */
const KILLS = Number(process.env.LEADGAUGE_KILLS ?? 5);
const LEADS = Number(process.env.LEADGAUGE_KILL_LEADS ?? 1_000);
/** About what one backfill takes: 60 for what people did, and a read and a write for each hundred leads. */
const CALLS = 60 + LEADS / 50;
/** What time does not change: written twice, it must be the same. */
const TIMELESS = ['leadgauge_fit', 'leadgauge_flags', 'leadgauge_persona', 'leadgauge_model_version'];

describe('a worker that is killed at random moments', { timeout: 60_000 + KILLS * 20_000 }, () => {
  it(`${KILLS} times in a backfill of ${LEADS} leads: all are scored in the end, none is written twice with another result`, async () => {
    const portal = await openProcessPortal(redis, { leads: LEADS });
    const requests = () => portal.sandbox.requests.count();
    const some = randomNumbers(7);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const worker = portal.run('backfill', '--json');
      // After any number of calls, so that it has one under way, is between two, or is done with them.
      const enough = requests() + 1 + some(CALLS);
      await portal.until(() => requests() >= enough || worker.child.exitCode !== null);
      worker.child.kill('SIGKILL');
      await worker.code;
      await portal.endLeases();
    }
    const last = portal.run('backfill', '--json');
    expect(await last.code, last.output()).toBe(0);
    await portal.expectWhole();
    expect(changedTheirMind(portal.sandbox.requests.all({ path: UPDATE }).map(({ body }) => body))).toEqual([]);
  });
});

/** Whole numbers below `most` that are the same in every run. */
function randomNumbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
}

const updateSchema = z.object({
  inputs: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string()) })),
});

/** The leads that were written one value of a property, and then another. */
function changedTheirMind(bodies: readonly unknown[]): string[] {
  const values = new Map<string, string>();
  const odd: string[] = [];
  for (const body of bodies) {
    for (const { id, properties } of updateSchema.parse(body).inputs) {
      for (const name of TIMELESS) {
        const value = properties[name];
        const before = values.get(`${id} ${name}`);
        if (value === undefined) continue;
        if (before !== undefined && before !== value) odd.push(`${id} ${name}`);
        values.set(`${id} ${name}`, value);
      }
    }
  }
  return odd;
}
