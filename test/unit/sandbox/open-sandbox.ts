import { onTestFinished } from 'vitest';
import {
  createPortal,
  DEMO_TOKEN,
  type NewPortal,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../../src/sandbox/sandbox.ts';
import { createTestClock, type TestClock } from '../../support/test-clock.ts';
import type { HubspotBody } from './hubspot-body.ts';

export const NOW = Date.parse('2026-11-21T12:00:00Z');
export const CONTACTS = '/crm/objects/2026-09/contacts';
export const COMPANIES = '/crm/objects/2026-09/companies';

/** An answer; the body of an empty one is empty too. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: HubspotBody;
}

export type Ask = (method: string, path: string, body?: unknown, token?: string) => Promise<Answered>;

/** A clock that stands still at NOW until it is moved. */
export const stillClock = (): TestClock => createTestClock({ start: NOW, sleeps: 'on-demand' });

/** A sandbox that ends with the test, and how to call it. */
export async function openSandbox(
  portal: NewPortal = {},
  options: Omit<SandboxOptions, 'portal'> = {},
): Promise<{ sandbox: Sandbox; ask: Ask }> {
  const sandbox = await startSandbox({ portal: createPortal({ leads: 0, now: NOW, ...portal }), ...options });
  onTestFinished(() => sandbox.close());
  return { sandbox, ask: asking(sandbox.url) };
}

export function asking(url: string): Ask {
  return async (method, path, body, token = DEMO_TOKEN) => {
    const answer = await fetch(url + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const read: HubspotBody = text === '' ? {} : JSON.parse(text);
    return { status: answer.status, headers: answer.headers, body: read };
  };
}
