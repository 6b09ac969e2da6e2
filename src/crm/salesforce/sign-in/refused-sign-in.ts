import { FatalError } from '../../../base/errors.ts';

/**
 * What a person must do about a sign-in that Salesforce refused. `description` decides, and goes no further than that.
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
 */
export function refusedSignIn(status: number, error: string, description: string): FatalError {
  const code = /^[a-z][a-z_]{2,40}$/.test(error) ? `${status}, ${error}` : String(status);
  const advice =
    ADVICE.find(({ errors, says }) => errors.includes(error) && (says === undefined || says.test(description)))
      ?.advice ?? 'check the login address and the credentials';
  return new FatalError(`Salesforce refused the sign-in (${code}): ${advice}`);
}

interface Advice {
  readonly errors: readonly string[];
  readonly says?: RegExp;
  readonly advice: string;
}

/** The first that fits. */
const ADVICE: readonly Advice[] = [
  {
    errors: ['invalid_grant'],
    says: /refresh token/i,
    advice:
      'the refresh token is used up or was revoked. Approve the app anew, put the new token into SALESFORCE_REFRESH_TOKEN, and let nobody else use it',
  },
  {
    errors: ['invalid_grant'],
    says: /audience/i,
    advice:
      'use https://test.salesforce.com for a sandbox of yours and https://login.salesforce.com for production as the login address',
  },
  {
    errors: ['invalid_grant', 'invalid_app_access', 'invalid_client'],
    says: /approved|not assigned|authorized/i,
    advice: 'let an administrator approve the app for the integration user, by a permission set or a profile',
  },
  {
    errors: ['invalid_grant'],
    says: /expired/i,
    advice: 'the signature was too old when it came: set the clock of this machine',
  },
  {
    errors: ['invalid_grant'],
    says: /assertion|certificate|signature/i,
    advice: 'the private key does not belong to the certificate of the app, or the client id to another app',
  },
  {
    errors: ['invalid_grant'],
    says: /domain|client credentials/i,
    advice:
      "use the org's own address, such as https://acme.my.salesforce.com, as the login address, and choose a user for the app to run as",
  },
  {
    errors: ['invalid_grant', 'inactive_user', 'inactive_org'],
    says: /inactive/i,
    advice: 'the integration user or the org is not active',
  },
  {
    errors: ['invalid_grant'],
    says: /\bip\b/i,
    advice: "let this machine's address into the login IP ranges of the integration user",
  },
  {
    errors: ['invalid_grant'],
    advice: 'the integration user may not sign in by this app. Look at the login history of that user in Salesforce',
  },
  {
    errors: ['invalid_client', 'invalid_client_id', 'invalid_client_credentials'],
    advice: 'the client id or the client secret is not that of the app',
  },
  {
    errors: ['unauthorized_client', 'unsupported_grant_type'],
    advice: 'let the app use this way of signing in',
  },
];
