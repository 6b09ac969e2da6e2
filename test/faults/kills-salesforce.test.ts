import { expect, it } from 'vitest';
import { z } from 'zod';
import { createHoldingClock } from '../support/holding-clock.ts';
import { KILL_PLAN, type KillTarget, killAgainAndAgain, lasting } from '../support/kill-run.ts';
import { type OrgOptions, openProcessOrg } from '../support/process-org.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const { kills, leads, seed } = KILL_PLAN;
const TIMELESS = ['Leadgauge_Fit__c', 'Leadgauge_Flags__c', 'Leadgauge_Persona__c', 'Leadgauge_Model_Version__c'];

it(
  `killed ${kills} times in a sync of ${leads} leads and contacts (seed ${seed}): Salesforce ends as if it never was, and no value is written twice with another result`,
  async () => {
    const now = Date.now();
    const undisturbed = await openTarget({ now });
    const whole = undisturbed.run('backfill', '--json');
    expect(await whole.code, whole.output()).toBe(0);
    await redis.flush();

    const clock = createHoldingClock();
    const target = await openTarget({ now, sandbox: { clock } });
    await killAgainAndAgain(target, clock, KILL_PLAN, undisturbed.state());
  },
  120_000 + kills * 20_000,
);

/** Collections of records, and the queries beside them. */
const compositeSchema = z.object({
  compositeRequest: z.array(
    z.object({
      body: z
        .object({ records: z.array(z.looseObject({ Id: z.string() })) })
        .catch({ records: [] })
        .default({ records: [] }),
    }),
  ),
});

async function openTarget(options: Partial<OrgOptions>): Promise<KillTarget> {
  const sandbox = { record: { keep: 100_000, bodies: 'writes' as const }, ...options.sandbox };
  const world = await openProcessOrg(redis, { leads, ...options, sandbox });
  const { people, bulk } = world.sandbox;
  // Every run lists everybody anew, and would mostly wait for that.
  bulk.pace.polls = 0;
  return {
    ...world,
    writePath: /\/services\/data\/v[\d.]+\/composite$/,
    writtenBy: (body) =>
      compositeSchema.parse(body).compositeRequest.flatMap((each) => each.body.records.map((row) => [row.Id, row])),
    timeless: new Set(TIMELESS),
    state: () =>
      Object.fromEntries(
        world
          .everyone()
          .map((person) => [
            person.id,
            Object.fromEntries(TIMELESS.map((name) => [name, lasting(person.get(name) ?? '')])),
          ]),
      ),
    makeStudents(optedOut) {
      const values = { Title: 'Student', HasOptedOutOfEmail: optedOut };
      for (const { id } of world.everyone()) people.change(id, values);
    },
  };
}
