import { expect, it } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import type { Credentials } from '../../src/crm/salesforce/sign-in/sign-in.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
import { DEMO_CLIENT } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { resume } from '../../src/sync/unless-paused.ts';
import { noteLog } from '../support/noted-log.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { type OrgWorld, openOrgWorld } from '../support/org-world.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

/** A person approves the app: gives a refresh token that is good once. */
function approve({ sandbox }: OrgWorld): Credentials & { readonly refreshToken: string } {
  const username = sandbox.org.get(sandbox.org.integrationUserId).text('Username') ?? '';
  const refreshToken = sandbox.signIn.approve(DEMO_CLIENT.clientId, username);
  return { flow: 'refresh-token', ...DEMO_CLIENT, refreshToken };
}

const signIns = ({ sandbox }: OrgWorld) => sandbox.requests.count({ kind: 'sign-in' });

it('a session that ended is renewed once for all calls of two processes, by a refresh token that is good once', async () => {
  const first = await openOrgWorld(redis);
  const ids = ['ada', 'bob', 'cyd'].map((name) => addOrgProspect(first, name).id);
  const credentials = approve(first);
  const processes = [
    await openOrgWorld(redis, { joins: first, credentials }),
    await openOrgWorld(redis, { joins: first, credentials }),
  ];
  await processes[0]?.backfill();
  for (let round = 0; round < 3; round += 1) {
    await first.clock.advance(HOUR);
    for (const id of ids) first.sandbox.people.change(id, { Title: `Director ${round}` });
    first.sandbox.expireSessions();
    const before = signIns(first);
    await Promise.all(processes.map((each) => each.sync()));
    expect(signIns(first) - before).toBe(1);
  }
  for (const each of processes) expect(await each.wrong()).toEqual([]);
});

it('a refresh token that was revoked pauses the connection with one message, and no more calls are made until a person acts', async () => {
  const first = await openOrgWorld(redis);
  const { id } = addOrgProspect(first);
  const log = noteLog();
  const credentials = approve(first);
  const world = await openOrgWorld(redis, { joins: first, credentials, log });
  await world.backfill();
  await world.clock.advance(HOUR);
  const { sandbox, connection, clock } = world;
  sandbox.people.change(id, { Title: 'CEO' });
  await markDirty(connection.space, [id], clock.now());

  sandbox.signIn.revoke(credentials.refreshToken);
  sandbox.expireSessions();
  await runJobs(world);
  const errors = () => log.lines.filter((line) => line.startsWith('error'));
  expect(errors()).toEqual([expect.stringContaining('SALESFORCE_REFRESH_TOKEN')]);
  const before = sandbox.requests.count();
  for (let turn = 0; turn < 3; turn += 1) {
    await clock.advance(20 * MINUTE);
    await runJobs(world);
  }
  expect(sandbox.requests.count()).toBe(before);
  expect(errors()).toHaveLength(1);

  // With a new token and a new start all goes on.
  const mended = await openOrgWorld(redis, { joins: first, credentials: approve(first), log });
  await resume(mended.connection);
  await mended.sync();
  expect(mended.text(id, 'Leadgauge_Reasons__c')).toContain('Executive');
  expect(await mended.wrong()).toEqual([]);
  expect(errors()).toHaveLength(1);
});

/** Every job at once, as the workers run them. */
async function runJobs({ connection }: OrgWorld): Promise<void> {
  const context = { connection: () => connection };
  const { signal } = new AbortController();
  await Promise.all(jobs.map((job) => job.run({ connection: 'salesforce' }, context, signal)));
}
