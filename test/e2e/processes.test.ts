import { describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { openProcessPortal, type PortalOptions, UPDATE } from '../support/process-portal.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const LEADS = 320;

describe('leadgauge as processes', { timeout: 60_000 }, () => {
  it('SIGTERM in the middle of a backfill, then again: everything is as if it had never been stopped', async () => {
    const portal = await openPortal();
    const first = portal.run('backfill', '--json');
    await portal.written(1);
    first.child.kill('SIGTERM');
    expect(await first.code).toBe(1);
    expect(first.output()).toContain('stopped');
    const second = portal.run('backfill', '--json');
    expect(await second.code).toBe(0);
    await portal.expectWhole();
  });

  it('SIGTERM in the middle of start, then again: exit 0, and everything is as if it had never been stopped', async () => {
    const portal = await openPortal();
    const first = portal.run('start', 'worker');
    await portal.written(1);
    first.child.kill('SIGTERM');
    expect(await first.code).toBe(0);
    const second = portal.run('start', 'worker');
    await portal.settled();
    second.child.kill('SIGTERM');
    expect(await second.code).toBe(0);
    await portal.expectWhole();
  });

  it.each([1, 2, 3])('SIGKILL after write %i of a backfill, then again: no lead is missed', async (writes) => {
    const portal = await openPortal();
    const first = portal.run('backfill', '--json');
    await portal.written(writes);
    first.child.kill('SIGKILL');
    await first.code;
    await portal.endLeases();
    const second = portal.run('backfill', '--json');
    expect(await second.code).toBe(0);
    expect(JSON.parse(second.output())).toMatchObject({ leads: LEADS, failed: 0 });
    await portal.expectWhole();
  });

  it('two workers on one Redis end in the same state, with one task for a demo request', async () => {
    const portal = await openPortal();
    const workers = [portal.run('start', 'worker'), portal.run('start', 'worker')];
    await portal.settled();
    await portal.expectWhole();
    const { contact } = portal.sandbox.people.submitForm('demo', { email: 'ada@acme-ada.example', jobtitle: 'CEO' });
    await portal.until(() => portal.sandbox.portal.numberOf(contact, 'leadgauge_fast_track_at') !== undefined);
    for (const { child } of workers) child.kill('SIGTERM');
    expect(await Promise.all(workers.map(({ code }) => code))).toEqual([0, 0]);
    expect(portal.sandbox.portal.tasks.ofContact(contact)).toHaveLength(1);
  });

  it('a receiver of its own takes in what the portal sends, and a worker puts the demo request before sales', async () => {
    const port = await freePort();
    const secret = 'a-client-secret';
    const webhooks = { url: `http://127.0.0.1:${port}/webhooks/hubspot`, secret };
    const portal = await openPortal({ leads: 20, webhooks });
    const receiver = portal.run('start', 'receiver');
    const worker = portal.run('start', 'worker');
    await portal.settled();
    const { contact } = portal.sandbox.people.submitForm('demo', { email: 'ada@acme-ada.example', jobtitle: 'CEO' });
    await portal.until(() => portal.sandbox.portal.numberOf(contact, 'leadgauge_fast_track_at') !== undefined);
    await portal.sandbox.webhooks?.settled();
    expect(portal.sandbox.webhooks?.deliveries.some(({ status }) => status === 204)).toBe(true);
    expect(portal.sandbox.portal.tasks.ofContact(contact)).toHaveLength(1);
    for (const { child } of [receiver, worker]) child.kill('SIGTERM');
    expect(await Promise.all([receiver.code, worker.code])).toEqual([0, 0]);
  });

  it('a wrong token: one message that says what to do, and nothing is written', async () => {
    const portal = await openPortal({ leads: 5 });
    for (const command of [['backfill'], ['start', 'worker']]) {
      const { code, output } = portal.runWith({ HUBSPOT_TOKEN: 'pat-na1-wrong-token' }, ...command);
      expect(await code).not.toBe(0);
      expect(output().match(/HUBSPOT_TOKEN/g)).toHaveLength(1);
      expect(output()).not.toContain('wrong-token');
    }
    expect(portal.sandbox.requests.count({ path: UPDATE })).toBe(0);
  });
});

const openPortal = (options: Partial<PortalOptions> = {}) => openProcessPortal(redis, { leads: LEADS, ...options });
