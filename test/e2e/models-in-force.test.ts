import { describe, expect, it } from 'vitest';
import pullLeadsJob from '../../jobs/pull-leads.ts';
import scoreJob from '../../jobs/score.ts';
import { MINUTE } from '../../src/base/clock.ts';
import { type Log, silentLog } from '../../src/base/log.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { putInForce } from '../../src/sync/models-in-force.ts';
import { editedConfig } from '../support/edited-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();

const dearer = () => editedConfig((text) => text.replace('points: 25', 'points: 30'));

/** What the schedules of a worker do in some minutes. */
async function work({ connection, clock }: World): Promise<void> {
  for (let minute = 0; minute < 3; minute += 1) {
    await clock.advance(MINUTE);
    for (const job of [pullLeadsJob, scoreJob]) {
      await job.run(
        { connection: 'hubspot' },
        { connection: (): Connection => connection },
        new AbortController().signal,
      );
    }
  }
}

const versions = (world: World) =>
  new Set([...world.sandbox.portal.contacts.all].map((each) => world.text(each, 'leadgauge_model_version')));

describe('a worker that still has the old model', () => {
  it('rests once another was applied, says so once, and leaves the new scores alone', async () => {
    const warnings: string[] = [];
    const log: Log = { ...silentLog, warn: (message) => warnings.push(message) };
    const old = await openTestWorld(redis, { leads: 30, log });
    await old.backfill();
    await work(old);
    expect(warnings).toEqual([]);

    const changed = await openTestWorld(redis, { joins: old, config: dearer() });
    await changed.backfill();
    await work(old);
    expect(versions(changed)).toEqual(new Set([changed.connection.models.version]));
    expect(warnings).toEqual([expect.stringContaining('Restart it')]);
  });

  it('works again when its model is put in force again', async () => {
    const old = await openTestWorld(redis, { leads: 30 });
    await old.backfill();
    const changed = await openTestWorld(redis, { joins: old, config: dearer() });
    await changed.backfill();
    await putInForce(old.connection);
    await old.backfill();
    await work(changed);
    await work(old);
    expect(versions(old)).toEqual(new Set([old.connection.models.version]));
  });
});
