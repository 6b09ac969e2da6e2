import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { MINUTE, SECOND } from '../../../base/clock.ts';
import { ConfigError } from '../../../base/errors.ts';
import type { JwtCredentials } from './credentials.ts';

/** @throws ConfigError for a text that is no private RSA key; never with any of it. */
export function readPrivateKey(pem: string): KeyObject {
  const key = parse(pem);
  if (key?.asymmetricKeyType === 'rsa') return key;
  throw new ConfigError(
    'the Salesforce private key cannot be used: it must be an RSA key in PEM without a passphrase, from "-----BEGIN PRIVATE KEY-----" to its end',
  );
}

/**
 * What the JWT bearer flow asks a session with: who we are, signed.
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm
 */
export function signAssertion(
  { clientId, username }: JwtCredentials,
  key: KeyObject,
  { loginUrl, now }: { readonly loginUrl: string; readonly now: number },
): string {
  const exp = Math.floor((now + VALIDITY) / SECOND);
  const claims = { iss: clientId, sub: username, aud: audience(loginUrl), exp };
  const text = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

/** Salesforce takes three minutes at most: between the two, a clock may be wrong by a minute either way. */
const VALIDITY = 2 * MINUTE;

/** Salesforce wants one of its two login hosts here, whichever address of the org is called. */
function audience(loginUrl: string): string {
  const { hostname } = new URL(loginUrl);
  const test = hostname === 'test.salesforce.com' || /\.(?:sandbox|scratch)\.my\.salesforce\./.test(hostname);
  return test ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function parse(pem: string): KeyObject | undefined {
  try {
    // A variable of one line has the line feeds as \n.
    return createPrivateKey(pem.replaceAll('\\n', '\n'));
  } catch {
    return undefined;
  }
}
