import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { checkBaseUrl } from '../../src/crm/hubspot/base-url.ts';
import { checkSalesforceUrl } from '../../src/crm/salesforce/api/salesforce-url.ts';
import { DEMO_CLIENT } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { DEMO_TOKEN } from '../../src/sandbox/sandbox.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
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
    const { seen, url } = await hostInside();
    const world = await openTestWorld(redis, { leads: 3 });
    const headers = { Location: url };
    world.sandbox.faults.add({ path: '/crm/objects/2026-09/contacts', status, headers });
    await expect(world.backfill()).rejects.toThrow('whose answer is not used');
    expect(seen).not.toHaveLength(0);
    expect(seen.join()).not.toContain(DEMO_TOKEN);
    expect(world.writes()).toBe(0);
  },
);

const INSIDE = [
  'http://169.254.169.254',
  'https://169.254.169.254',
  'http://10.0.0.7:8080',
  'https://192.168.1.1',
  'http://[fd00::1]',
  'http://0.0.0.0:4000',
  'https://metadata.google.internal',
  'https://acme.my.salesforce.com.evil.example',
  'https://acme.my.salesforce.com@10.0.0.7',
  'https://acme.my.salesforce.com:8443',
  'http://acme.my.salesforce.com',
  'https://localhost.evil.example',
  'file:///etc/passwd',
];

test.each(INSIDE)('%s is no address that secrets and sessions of Salesforce may go to', (address) => {
  expect(() => checkSalesforceUrl(address)).toThrow('may only be https://login.salesforce.com');
});

test('an org that names an address inside the network as its own gets no call', async () => {
  const world = await openOrgWorld(redis);
  const { requests, faults, signIn, org } = world.sandbox;
  const username = org.get(org.integrationUserId).text('Username') ?? '';
  for (const address of INSIDE) {
    const refreshToken = signIn.approve(DEMO_CLIENT.clientId, username);
    const credentials = { flow: 'refresh-token', ...DEMO_CLIENT, refreshToken } as const;
    const body = { access_token: 'canary', instance_url: address, token_type: 'Bearer' };
    faults.add({ path: '/services/oauth2/token', status: 200, body, times: 1 });
    requests.clear();
    await expect(openOrgWorld(redis, { joins: world, credentials })).rejects.toThrow('not its own');
    expect(requests.all().map(({ kind }) => kind)).toEqual(['sign-in']);
  }
});

test.each([301, 302, 307, 308])(
  'a redirect of Salesforce (%i) to a host inside is not followed: neither session nor record goes there',
  async (status) => {
    const { seen, url } = await hostInside();
    const world = await openOrgWorld(redis);
    addOrgProspect(world);
    const writes = world.writes();
    world.sandbox.faults.add({ path: '/services/data/', status, headers: { Location: url } });
    await expect(world.backfill()).rejects.toThrow('which is not followed');
    expect(seen).toEqual([]);
    expect(world.writes()).toBe(writes);
  },
);

/** Somebody else's server, who keeps what it was sent. */
async function hostInside(): Promise<{ readonly url: string; readonly seen: string[] }> {
  const seen: string[] = [];
  const inside = createServer((request, response) => {
    seen.push(JSON.stringify(request.headers));
    response.setHeader('content-type', 'application/json').end('{"results":[{"id":"canary"}]}');
  }).listen(0, '127.0.0.1');
  await once(inside, 'listening');
  onTestFinished(() => void inside.close());
  const address = inside.address();
  return { seen, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/` };
}
