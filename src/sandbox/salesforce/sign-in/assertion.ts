import { verify } from 'node:crypto';
import { z } from 'zod';
import { MINUTE, SECOND } from '../../../base/clock.ts';
import { type Client, SignInError } from './client.ts';

/** Who is to be signed in, and by which client, as the assertion says. */
export interface Assertion {
  readonly client: Client;
  readonly username: string;
}

interface Context {
  readonly find: (clientId: string) => Client | undefined;
  /** Of the sandbox itself, which stands for the login host and the org's own. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com'];
/** Further off, an assertion could be kept and used again. Salesforce's documentation says three minutes; five are said to pass. */
const LONGEST_VALIDITY = 5 * MINUTE;

const headSchema = z.object({ alg: z.literal('RS256') });
const claimsSchema = z.object({ iss: z.string(), sub: z.string(), aud: z.string(), exp: z.coerce.number() });

/**
 * Reads and verifies a signed assertion of the JWT bearer flow.
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm
 * @throws SignInError
 */
export function readAssertion(text: string, { find, origin, now }: Context): Assertion {
  const [head = '', claims = '', signature = '', ...rest] = text.split('.');
  if (rest.length > 0 || signature === '') throw invalid();
  if (!headSchema.safeParse(decode(head)).success) throw invalid();
  const { iss, sub, aud, exp } = claimsSchema.safeParse(decode(claims)).data ?? refuse();
  const client = find(iss);
  if (client === undefined) throw new SignInError('invalid_client_id', 'client identifier invalid');
  const { certificate } = client;
  if (certificate === undefined) throw new SignInError('invalid_grant', 'certificate not found for this client');
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify('RSA-SHA256', signed, certificate, Buffer.from(signature, 'base64url'))) throw invalid();
  if (![origin, ...LOGIN_HOSTS].includes(aud.replace(/\/$/, '')))
    throw new SignInError('invalid_grant', 'audience is invalid');
  if (exp * SECOND <= now) throw new SignInError('invalid_grant', 'expired authorization code');
  if (exp * SECOND > now + LONGEST_VALIDITY) throw invalid();
  return { client, username: sub };
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function refuse(): never {
  throw invalid();
}

function invalid(): SignInError {
  return new SignInError('invalid_grant', 'invalid assertion');
}
