import { MINUTE } from '../../../base/clock.ts';
import { FatalError } from '../../../base/errors.ts';
import { checkSalesforceUrl } from '../api/salesforce-url.ts';
import { readPrivateKey, signAssertion } from './assertion.ts';
import type { Credentials } from './credentials.ts';
import { refresher } from './refresher.ts';
import { requestToken, type TokenRequests } from './request-token.ts';
import type { TokenStore } from './token-store.ts';

export type { Credentials } from './credentials.ts';

/** What a call needs. */
export interface Session {
  readonly accessToken: string;
  /** The org's own address, without a slash at the end. */
  readonly instanceUrl: string;
  /** Another process opened it, nobody knows when: it may be over as well. */
  readonly shared?: true;
}

export interface SignIn {
  /** The session of this process; signs in where there is none yet. @throws FatalError, RetryableError */
  token(): Promise<Session>;
  /**
   * A session in place of one that Salesforce no longer knows, by its access token. All that ask at once get the same.
   * @throws FatalError once sessions were renewed five times within ten minutes: signing in again does not help.
   */
  renew(stale: string): Promise<Session>;
}

export interface SignInOptions extends TokenRequests {
  readonly credentials: Credentials;
  /** Needed for refresh tokens alone. */
  readonly store?: TokenStore;
}

/** @throws ConfigError for a login address that is not Salesforce's, or a private key that is none. */
export function createSignIn(options: SignInOptions): SignIn {
  const { clock } = options;
  const open = opener({ ...options, loginUrl: checkSalesforceUrl(options.loginUrl) });
  let session: Session | undefined;
  let opening: Promise<Session> | undefined;
  let opened: readonly number[] = [];

  async function next(stale: string | undefined): Promise<Session> {
    opened = opened.filter((at) => clock.now() - at < WINDOW);
    if (opened.length > MOST_RENEWALS) throw new FatalError(TOO_OFTEN);
    try {
      session = await open(stale);
    } catch (error) {
      // What passes by itself says nothing of our sessions; a refusal is not to be asked for again and again.
      if (error instanceof FatalError) opened = [...opened, clock.now()];
      throw error;
    }
    opened = [...opened, clock.now()];
    return session;
  }

  function together(stale: string | undefined): Promise<Session> {
    opening ??= next(stale).finally(() => {
      opening = undefined;
    });
    return opening;
  }

  return {
    token: async () => session ?? together(undefined),
    renew: async (stale) => (session !== undefined && session.accessToken !== stale ? session : together(stale)),
  };
}

/** Of one process, besides its first sign-in. */
const MOST_RENEWALS = 5;
const WINDOW = 10 * MINUTE;
const TOO_OFTEN =
  'Salesforce ended the session again and again, or refused another: look at the session settings and the login history of the integration user in Salesforce';

/** Signs in; `stale` is an access token that is no longer good. */
export type Open = (stale: string | undefined) => Promise<Session>;

function opener(options: SignInOptions): Open {
  const { credentials, clock, loginUrl } = options;
  const { clientId } = credentials;
  if (credentials.flow === 'jwt-bearer') {
    const key = readPrivateKey(credentials.privateKey);
    return () =>
      requestToken(
        {
          grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
          assertion: signAssertion(credentials, key, { loginUrl, now: clock.now() }),
        },
        options,
      );
  }
  if (credentials.flow === 'client-credentials') {
    const { clientSecret } = credentials;
    return () =>
      requestToken({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }, options);
  }
  const { store } = options;
  if (store === undefined) throw new TypeError('refresh tokens need a store');
  return refresher(credentials, store, options);
}
