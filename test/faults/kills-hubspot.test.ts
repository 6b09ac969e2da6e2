import { expect, it } from 'vitest';
import { z } from 'zod';
import { createHoldingClock } from '../support/holding-clock.ts';
import { KILL_PLAN, type KillTarget, killAgainAndAgain, lasting } from '../support/kill-run.ts';
import { openProcessPortal, type PortalOptions } from '../support/process-portal.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const { kills, leads, seed } = KILL_PLAN;
const TIMELESS = ['leadgauge_fit', 'leadgauge_flags', 'leadgauge_persona', 'leadgauge_model_version'];
/** It is restarts that are tried here, not the limit that so many of them meet. */
const LIMITS = { burst: 100_000, search: 1_000, daily: 10_000_000 };

it(
  `killed ${kills} times in a sync of ${leads} contacts (seed ${seed}): HubSpot ends as if it never was, and no value is written twice with another result`,
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

const updateSchema = z.object({
  inputs: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string()) })),
});

async function openTarget(options: Partial<PortalOptions>): Promise<KillTarget> {
  const sandbox = { limits: LIMITS, record: { keep: 100_000, bodies: 'writes' as const }, ...options.sandbox };
  const portal = await openProcessPortal(redis, { leads, ...options, sandbox });
  const { portal: hubspot, people } = portal.sandbox;
  return {
    ...portal,
    writePath: /\/contacts\/batch\/update$/,
    writtenBy: (body) => updateSchema.parse(body).inputs.map(({ id, properties }) => [id, properties]),
    timeless: new Set(TIMELESS),
    state: () =>
      Object.fromEntries(
        hubspot.contacts.all.map((contact) => [
          contact.id,
          Object.fromEntries(TIMELESS.map((name) => [name, lasting(hubspot.valueOf(contact, name) ?? '')])),
        ]),
      ),
    makeStudents(optedOut) {
      const values = { jobtitle: 'Student', hs_email_optout: String(optedOut) };
      for (const { id } of hubspot.contacts.all) people.update(id, values);
    },
  };
}
