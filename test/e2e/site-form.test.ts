import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import type { Express } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { runReceiver } from '../../src/cli/run-receiver.ts';
import { hashEmail } from '../../src/leads/email.ts';
import { readExpected } from '../../src/ledger/expected.ts';
import { createSpace } from '../../src/ledger/space.ts';
import { createRedis } from '../../src/queue/create-redis.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const FOLDER = new URL('../../examples/site-form/', import.meta.url);

interface Site {
  siteServer(options: {
    readonly url: string;
    readonly secret: string;
    readonly submit: (form: string, fields: unknown) => Promise<void>;
  }): Express;
}

test('the example brings what a visitor sends to HubSpot, and tells leadgauge of it', async () => {
  const { url, space } = await openReceiver();
  const submitted: unknown[] = [];
  const site = await openSite(`${url}/webhooks/form`, async (form, fields) => void submitted.push({ form, fields }));
  const page = openPage(site, { email: 'Ada@Acme.example' });
  expect(await page.send()).toBe('Thank you: we call you soon.');
  expect(submitted).toEqual([{ form: 'demo-request', fields: { email: 'Ada@Acme.example' } }]);
  expect(await readExpected(space)).toMatchObject([{ form: 'demo-request', emailHash: hashEmail('ada@acme.example') }]);
});

test('the visitor is thanked though leadgauge is away', async () => {
  const site = await openSite('http://127.0.0.1:1/webhooks/form', async () => {});
  expect(await openPage(site, { email: 'ada@acme.example' }).send()).toBe('Thank you: we call you soon.');
});

test('the visitor is asked to try again where HubSpot did not get the form', async () => {
  const site = await openSite('http://127.0.0.1:1/webhooks/form', async () => {
    throw new Error('HubSpot is away');
  });
  expect(await openPage(site, { email: 'ada@acme.example' }).send()).toBe('Please try again.');
});

test('what runs in the browser is short and knows no secret', () => {
  const browser = readFileSync(new URL('browser.js', FOLDER), 'utf8');
  expect(browser).not.toMatch(/whsec|sign|standardwebhooks/);
  expect(browser.split('\n').length).toBeLessThan(25);
});

async function openReceiver() {
  const options = { clock: systemClock, log: silentLog, secrets: [], publicUrl: undefined, host: '127.0.0.1', port: 0 };
  const receiver = await runReceiver({
    ...options,
    redis: { kind: 'embedded', url: redis.url, close: async () => {} },
    namespace: 'test',
    form: { secrets: [SECRET], forms: ['demo-request'] },
  });
  const own = createRedis(redis.url, 'patient');
  onTestFinished(async () => {
    own.disconnect();
    await receiver.close();
  });
  while ((await fetch(`${receiver.url}/readyz`)).status !== 200);
  return { url: receiver.url, space: createSpace(own, 'test', 'hubspot') };
}

/** Returns where the site of the example is. */
async function openSite(url: string, submit: (form: string, fields: unknown) => Promise<void>): Promise<string> {
  const { siteServer }: Site = await import(new URL('server.js', FOLDER).href);
  const server = siteServer({ url, secret: SECRET, submit }).set('env', 'test').listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the site has no port');
  return `http://127.0.0.1:${address.port}`;
}

/** As much of a browser as the example needs: a page with one form, filled in. */
function openPage(site: string, fields: Readonly<Record<string, string>>) {
  const output = Promise.withResolvers<string>();
  const shown = {
    set textContent(text: string) {
      output.resolve(text);
    },
  };
  const form = Object.assign(new EventTarget(), {
    dataset: { form: 'demo-request' },
    querySelector: (selector: string) => (selector === 'output' ? shown : null),
  });
  runInNewContext(readFileSync(new URL('browser.js', FOLDER), 'utf8'), {
    document: { querySelectorAll: (selector: string) => (selector === 'form[data-form]' ? [form] : []) },
    fetch: (path: string, init: RequestInit) => fetch(new URL(path, site), init),
    FormData: class {
      *[Symbol.iterator]() {
        yield* Object.entries(fields);
      }
    },
  });
  return {
    send(): Promise<string> {
      const event = new Event('submit', { cancelable: true });
      form.dispatchEvent(event);
      expect(event.defaultPrevented).toBe(true);
      return output.promise;
    },
  };
}
