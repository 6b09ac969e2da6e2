import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { REDIS_SERVER, startOwnRedisServer } from '../support/own-redis-server.ts';
import { openProcessPortal } from '../support/process-portal.ts';
import { until } from '../support/run-process.ts';

/** As docs/security.md has it. */
const [, rights = ''] = /^user leadgauge on >\S+ (.+)$/m.exec(readFileSync('docs/security.md', 'utf8')) ?? [];

test.skipIf(REDIS_SERVER === undefined)(
  'a Redis user with keys of leadgauge alone, and without commands that are dangerous, is enough for all that it does',
  async () => {
    expect(rights).toContain('~leadgauge:*');
    const server = await startOwnRedisServer('--user', 'leadgauge', 'on', '>a-password', ...rights.split(' '));
    const owner = new Redis(server.url);
    onTestFinished(() => owner.disconnect());
    await owner.set('of-others', '1');
    const url = server.url.replace('//', '//leadgauge:a-password@');
    const [port, secret] = [await freePort(), 'a-client-secret'];
    const webhooks = { url: `http://127.0.0.1:${port}`, secret };
    const portal = await openProcessPortal({ client: () => owner, url }, { leads: 60, webhooks });

    for (const args of [['check'], ['backfill'], ['plan'], ['dead-letters', 'list']]) {
      const { code, output } = portal.run(...args);
      expect([args, await code, output()]).toEqual([args, 0, expect.not.stringMatching(/NOPERM/)]);
    }
    const running = portal.run('start');
    await until(async () => (await fetch(`${webhooks.url}/readyz`).catch(() => undefined))?.status === 200);
    const contact = portal.sandbox.people.createContact({ email: 'ann@acme-acl.example', jobtitle: 'CEO' });
    await portal.until(() => portal.sandbox.portal.numberOf(contact, 'leadgauge_scored_at') !== undefined);
    running.child.kill('SIGTERM');
    expect(await running.code, running.output()).toBe(0);
    expect(running.output()).not.toMatch(/NOPERM/);
    await portal.expectWhole();

    const own = new Redis(url, { retryStrategy: () => null });
    onTestFinished(() => own.disconnect());
    for (const ask of [
      () => own.get('of-others'),
      () => own.flushall(),
      () => own.call('CONFIG', 'SET', 'dir', '/tmp'),
    ])
      await expect(ask()).rejects.toThrow(/NOPERM/);
  },
  240_000,
);
