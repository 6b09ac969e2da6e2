import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import type { CallKind } from '../../src/crm/api-budget.ts';
import { createSalesforceApi } from '../../src/crm/salesforce/api/salesforce-api.ts';
import { createSignIn, type SignIn } from '../../src/crm/salesforce/sign-in/sign-in.ts';
import { createTestClock } from './test-clock.ts';
import { createUnlimitedBudget } from './unlimited-budget.ts';

export const LOGIN = 'https://acme.my.salesforce.com';
export const ORG = 'https://acme.my.salesforce.com';
/** What the first sign-in gives, and the next ones. */
export const TOKENS = ['00Dcanary!first', '00Dcanary!second', '00Dcanary!third'] as const;
export const SECRET = 'canary-client-secret';

/** Lets no request out of the machine, and fails a test that leaves a part of its transcript unplayed. */
export function playTranscripts(): void {
  beforeAll(() => {
    nock.disableNetConnect();
    nock.enableNetConnect('127.0.0.1');
  });
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    expect(left).toEqual([]);
  });
  afterAll(() => nock.restore());
}

/** The next requests to the org by that session, in the order in which they must come. */
export function org(token: string = TOKENS[0]) {
  return nock(ORG, { reqheaders: { authorization: `Bearer ${token}` } });
}

/** The next sign-ins by client credentials, each with a session of its own. */
export function signsIn(...tokens: readonly string[]): void {
  for (const token of tokens) nock(LOGIN).post('/services/oauth2/token').reply(200, grant(token));
}

/** As Salesforce's token endpoint answers. */
export function grant(token: string) {
  return {
    access_token: token,
    instance_url: ORG,
    id: 'https://login.salesforce.com/id/00Dxx0000001gPLEAY/005xx000001SwiUAAS',
    token_type: 'Bearer',
    issued_at: '1763283600000',
    signature: 'canary-signature',
  };
}

/** An org that really listens, for what a transcript cannot play; it signs everybody in, and is stopped with the test. */
export async function startOrg(answer: RequestListener): Promise<SignIn> {
  const server = createServer((request, response) => {
    if (request.url !== '/services/oauth2/token') return answer(request, response);
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ ...grant(TOKENS[0]), instance_url: url }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}`;
  return signInAt(url, createTestClock());
}

function signInAt(loginUrl: string, clock: Clock): SignIn {
  const credentials = { flow: 'client-credentials', clientId: 'canary-client', clientSecret: SECRET } as const;
  return createSignIn({ loginUrl, credentials, clock, random: () => 0.5 });
}

/** An answer of 400 and above. */
export function problem(errorCode: string, message = 'canary text of ada@example.com', fields?: readonly string[]) {
  return [fields === undefined ? { message, errorCode } : { message, errorCode, fields }];
}

interface BenchOptions {
  readonly timeout?: number;
  /** By client credentials, unless told. */
  readonly signIn?: SignIn;
}

/** The API on a clock that moves by itself whenever somebody sleeps. */
export function createBench({ timeout, signIn: given }: BenchOptions = {}) {
  const clock = createTestClock();
  const budget = createUnlimitedBudget(clock);
  const calls: CallKind[] = [];
  const random = () => 0.5;
  const signIn = given ?? signInAt(LOGIN, clock);
  const onCall = (kind: CallKind) => void calls.push(kind);
  const api = createSalesforceApi({ signIn, budget, clock, random, onCall, timeout });
  return { clock, budget, calls, signIn, api };
}

/** What a promise fails with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new TypeError('nothing failed');
  return error;
}
