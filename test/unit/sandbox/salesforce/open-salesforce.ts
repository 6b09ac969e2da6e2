import { onTestFinished } from 'vitest';
import { z } from 'zod';
import {
  createOrg,
  type NewOrg,
  type SalesforceSandbox,
  type SalesforceSandboxOptions,
  startSalesforceSandbox,
} from '../../../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createTestClock, type TestClock } from '../../../support/test-clock.ts';

export const NOW = Date.parse('2026-11-21T12:00:00Z');
export const DATA = '/services/data/v68.0';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where the answer is empty; text where it is no JSON. */
  readonly body: unknown;
}

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  /** The access token; one of the integration user's unless told. */
  readonly token?: string;
}

/** Asks for a path of the REST API such as `/limits`, or for a whole one such as `/services/oauth2/token`. */
export type Ask = (method: string, path: string, body?: unknown, asked?: Asked) => Promise<Answered>;

/** A clock that stands still at NOW until it is moved. */
export const stillClock = (): TestClock => createTestClock({ start: NOW, sleeps: 'on-demand' });

/** A Salesforce sandbox that ends with the test, and how to call it. */
export async function openSalesforce(
  org: NewOrg = {},
  options: Omit<SalesforceSandboxOptions, 'org'> = {},
): Promise<{ sandbox: SalesforceSandbox; ask: Ask; clock: TestClock }> {
  const clock = stillClock();
  const sandbox = await startSalesforceSandbox({ org: createOrg({ clock, leads: 0, now: NOW, ...org }), ...options });
  onTestFinished(() => sandbox.close());
  return { sandbox, ask: asking(sandbox.url, sandbox.accessToken()), clock };
}

export function asking(url: string, ownToken: string): Ask {
  return async (method, path, body, { headers = {}, token = ownToken } = {}) => {
    const isWhole = path.startsWith('/services') || path.startsWith('/_sandbox') || path.startsWith('/id/');
    const answer = await fetch(url + (isWhole ? path : DATA + path), {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: read(text) };
  };
}

/** The address of a query. */
export const query = (soql: string, resource = 'query') => `/${resource}?q=${encodeURIComponent(soql)}`;

const created = z.object({ id: z.string() });
/** The id in the answer to a write of one record. */
export const idOf = ({ body }: Answered): string => created.parse(body).id;

function read(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
