import type { Clock } from '../../../base/clock.ts';
import { originOf } from '../http/origin.ts';
import type { Answer, Route, SentCall, Session } from '../http/route.ts';
import { readAssertion } from './assertion.ts';
import { type Client, SignInError } from './client.ts';
import type { SignIn } from './sign-in.ts';

interface Parts {
  readonly signIn: SignIn;
  readonly orgId: string;
  readonly clock: Clock;
}

/** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_endpoints.htm */
export function tokenRoutes({ signIn, orgId, clock }: Parts): Route[] {
  const token = (call: SentCall): Answer => {
    const form = new URLSearchParams(call.text);
    const origin = originOf(call);
    switch (form.get('grant_type')) {
      case 'urn:ietf:params:oauth:grant-type:jwt-bearer': {
        const context = { find: (id: string) => signIn.client(id), origin, now: clock.now() };
        const { client, username } = readAssertion(form.get('assertion') ?? '', context);
        return granted(signIn.open(client, username), origin);
      }
      case 'client_credentials': {
        const client = clientOf(signIn, form, call);
        if (client.runAs === undefined) throw new SignInError('invalid_grant', 'no client credentials user enabled');
        return granted(signIn.open(client, client.runAs), origin);
      }
      case 'refresh_token': {
        const client = clientOf(signIn, form, call);
        const { session, refreshToken } = signIn.refresh(client, form.get('refresh_token') ?? '');
        return granted(session, origin, refreshToken);
      }
      default:
        throw new SignInError('unsupported_grant_type', 'grant type not supported');
    }
  };

  const granted = ({ accessToken, userId, scopes }: Session, origin: string, refreshToken?: string): Answer => ({
    status: 200,
    body: {
      access_token: accessToken,
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      scope: scopes.join(' '),
      instance_url: origin,
      id: `${origin}/id/${orgId}/${userId}`,
      token_type: 'Bearer',
      issued_at: String(clock.now()),
    },
    headers: { 'Cache-Control': 'no-cache, no-store' },
  });

  const revoke = (call: SentCall): Answer => {
    const given = call.method === 'GET' ? call.query : new URLSearchParams(call.text);
    if (signIn.revoke(given.get('token') ?? '')) return { status: 200 };
    throw new SignInError('invalid_token', 'invalid token');
  };

  return [
    signInRoute('POST', '/services/oauth2/token', token),
    signInRoute('POST', '/services/oauth2/revoke', revoke),
    signInRoute('GET', '/services/oauth2/revoke', revoke),
  ];
}

function signInRoute(method: string, template: string, handle: (call: SentCall) => Answer): Route {
  return {
    method,
    template,
    kind: 'sign-in',
    open: true,
    handle(call) {
      try {
        return handle(call);
      } catch (error) {
        if (!(error instanceof SignInError)) throw error;
        return { status: 400, body: { error: error.error, error_description: error.message } };
      }
    },
  };
}

/** By the form, or by `Authorization: Basic`. A client that has a secret must give it. */
function clientOf(signIn: SignIn, form: URLSearchParams, { headers }: SentCall): Client {
  const basic = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const [, basicId = '', basicSecret = ''] =
    basic === undefined ? [] : (/^([^:]*):(.*)$/s.exec(Buffer.from(basic, 'base64').toString()) ?? []);
  const client = signIn.client(form.get('client_id') ?? basicId);
  if (client === undefined) throw new SignInError('invalid_client_id', 'client identifier invalid');
  const secret = form.get('client_secret') ?? basicSecret;
  if (client.clientSecret !== undefined && client.clientSecret !== secret)
    throw new SignInError('invalid_client', 'invalid client credentials');
  return client;
}
