import { originOf } from '../http/origin.ts';
import type { Answer, Route, SentCall } from '../http/route.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import type { SignIn } from './sign-in.ts';

/** Who signed in. https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_openid.htm */
export function identityRoutes(org: Org, signIn: SignIn): Route[] {
  const route = (template: string, handle: (call: SentCall) => Answer): Route => {
    return { method: 'GET', template, kind: 'sign-in', open: true, handle };
  };
  return [
    route('/id/{org}/{user}', (call) => identity(org, signIn, call)),
    route('/services/oauth2/userinfo', (call) => userInfo(org, signIn, call)),
  ];
}

function identity(org: Org, signIn: SignIn, call: SentCall): Answer {
  const userId = userIdOf(signIn, call);
  if (userId === undefined) return refused('Bad_OAuth_Token');
  if (call.params.org !== org.settings.organizationId) return refused('Wrong_Org');
  const user = org.type('User').find(call.params.user ?? '');
  if (user === undefined || user.id !== userId) return refused('Bad_Id');
  const origin = originOf(call);
  return {
    status: 200,
    body: {
      id: `${origin}/id/${org.settings.organizationId}/${user.id}`,
      asserted_user: true,
      user_id: user.id,
      organization_id: org.settings.organizationId,
      ...namesOf(user),
      email_verified: true,
      timezone: org.settings.timeZone,
      photos: { picture: `${origin}/profilephoto/005/F`, thumbnail: `${origin}/profilephoto/005/T` },
      addr_street: null,
      addr_city: null,
      addr_state: null,
      addr_country: null,
      addr_zip: null,
      mobile_phone: null,
      mobile_phone_verified: false,
      is_lightning_login_user: false,
      status: { created_date: null, body: null },
      urls: urlsOf(origin, user.id),
      active: user.flag('IsActive'),
      user_type: 'STANDARD',
      language: 'en_US',
      locale: 'en_US',
      utcOffset: 0,
      last_modified_date: new Date(user.systemModstamp).toISOString().replace('Z', '+0000'),
      is_app_installed: true,
    },
  };
}

function userInfo(org: Org, signIn: SignIn, call: SentCall): Answer {
  const user = org.type('User').find(userIdOf(signIn, call) ?? '');
  if (user === undefined) return refused('Bad_OAuth_Token');
  const origin = originOf(call);
  const { username, display_name, email } = namesOf(user);
  return {
    status: 200,
    body: {
      sub: `${origin}/id/${org.settings.organizationId}/${user.id}`,
      user_id: user.id,
      organization_id: org.settings.organizationId,
      preferred_username: username,
      name: display_name,
      email,
      email_verified: true,
      zoneinfo: org.settings.timeZone,
      urls: urlsOf(origin, user.id),
      active: user.flag('IsActive'),
    },
  };
}

/** By the header, or by `oauth_token` in the address. */
function userIdOf(signIn: SignIn, { headers, query }: SentCall): string | undefined {
  const bearer = /^(?:Bearer|OAuth) (.+)$/i.exec(headers.authorization ?? '')?.[1];
  return signIn.session(bearer ?? query.get('oauth_token') ?? '')?.userId;
}

function refused(text: string): Answer {
  return { status: 403, text, headers: { 'Content-Type': 'text/html;charset=UTF-8' } };
}

function namesOf(user: SalesforceRecord) {
  const [first, last] = [user.text('FirstName') ?? null, user.text('LastName') ?? ''];
  return {
    username: user.text('Username') ?? '',
    nick_name: user.text('Alias') ?? last,
    display_name: first === null ? last : `${first} ${last}`,
    email: user.text('Email') ?? '',
    first_name: first,
    last_name: last,
  };
}

/** As Salesforce does, with `{version}` left for the caller to fill in. */
function urlsOf(origin: string, userId: string): Record<string, string> {
  const rest = `${origin}/services/data/v{version}/`;
  return {
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    recent: `${rest}recent/`,
    tooling_rest: `${rest}tooling/`,
    profile: `${origin}/${userId}`,
  };
}
