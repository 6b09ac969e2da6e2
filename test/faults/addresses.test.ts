import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { checkBaseUrl } from '../../src/crm/hubspot/base-url.ts';
import { DEMO_TOKEN } from '../../src/sandbox/sandbox.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

test.each([
  'http://169.254.169.254',
  'https://169.254.169.254',
  'http://10.0.0.7:8080',
  'https://192.168.1.1',
  'http://[fd00::1]',
  'http://0.0.0.0:4000',
  'https://metadata.google.internal',
  'https://api.hubapi.com.evil.example',
  'https://api.hubapi.com@10.0.0.7',
  'https://api.hubapi.com:8443',
  'http://api.hubapi.com',
  'https://localhost.evil.example',
  'http://127.0.0.1:4000/inside',
  'file:///etc/passwd',
])('%s is no address that the token may go to', (address) => {
  expect(() => checkBaseUrl(address)).toThrow('may only be https://api.hubapi.com');
});

test.each([301, 302, 307, 308])(
  'a redirect (%i) to a host inside takes no token along, and its answer is not used',
  async (status) => {
    const seen: (string | undefined)[] = [];
    const inside = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.setHeader('content-type', 'application/json').end('{"results":[{"id":"canary"}]}');
    }).listen(0, '127.0.0.1');
    await once(inside, 'listening');
    onTestFinished(() => void inside.close());
    const address = inside.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const world = await openTestWorld(redis, { leads: 3 });
    const Location = `http://127.0.0.1:${port}/`;
    world.sandbox.faults.add({ path: '/crm/objects/2026-09/contacts', status, headers: { Location } });
    await expect(world.backfill()).rejects.toThrow('whose answer is not used');
    expect(seen).not.toHaveLength(0);
    expect(seen).not.toContain(`Bearer ${DEMO_TOKEN}`);
    expect(world.writes()).toBe(0);
  },
);
