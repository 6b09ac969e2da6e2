import { notFound } from '../http/answer.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import type { Route } from '../http/router.ts';
import type { Owner } from '../portal/owners.ts';
import type { Portal } from '../portal/portal.ts';
import { readLimit } from './read-body.ts';

/** The account itself and the people of sales in it. https://developers.hubspot.com/docs/api-reference/account-account-info-v3/guide */
export function accountRoutes(portal: Portal, limits: RateLimits): Route[] {
  const { portalId, accountType, timeZone, currency, hosting } = portal.settings;
  return [
    {
      method: 'GET',
      template: '/account-info/{version}/details',
      kind: 'setup',
      scopes: [],
      handle: () => ({
        status: 200,
        body: {
          portalId,
          accountType,
          timeZone,
          companyCurrency: currency,
          additionalCurrencies: [],
          utcOffset: offsetOf(timeZone, portal.now()),
          utcOffsetMilliseconds: offsetMs(offsetOf(timeZone, portal.now())),
          uiDomain: hosting === 'na1' ? 'app.hubspot.com' : `app-${hosting}.hubspot.com`,
          dataHostingLocation: hosting,
        },
      }),
    },
    {
      method: 'GET',
      template: '/account-info/{version}/api-usage/daily/private-apps',
      kind: 'setup',
      scopes: [],
      handle: () => {
        const usage = {
          name: 'private-apps-api-calls-daily',
          usageLimit: limits.limits.daily,
          currentUsage: limits.usedToday,
          collectedAt: new Date(portal.now()).toISOString(),
          fetchStatus: 'SUCCESS',
          resetsAt: new Date(limits.dayEndsAt(portal.now())).toISOString(),
        };
        return { status: 200, body: { results: [usage] } };
      },
    },
    {
      method: 'GET',
      template: '/crm/owners/{version}',
      kind: 'setup',
      scopes: ['crm.objects.owners.read'],
      handle: ({ query }) => {
        const limit = readLimit(query, { standard: 100, most: 500 });
        const email = query.get('email')?.toLowerCase();
        const owners = portal.owners
          .list({ archived: query.get('archived') === 'true' })
          .filter((owner) => email === undefined || owner.email.toLowerCase() === email);
        const from = Number(query.get('after') ?? 0);
        const more = owners.length > from + limit ? { paging: { next: { after: String(from + limit) } } } : {};
        return { status: 200, body: { results: owners.slice(from, from + limit).map(ownerAnswer), ...more } };
      },
    },
    {
      method: 'GET',
      template: '/crm/owners/{version}/{id}',
      kind: 'setup',
      scopes: ['crm.objects.owners.read'],
      handle: ({ params, query }) => {
        const owner = portal.owners.find(params.id ?? '', { archived: query.get('archived') === 'true' });
        if (owner === undefined) throw notFound();
        return { status: 200, body: ownerAnswer(owner) };
      },
    },
  ];
}

function ownerAnswer({ id, email, firstName, lastName, userId, createdAt, archivedAt }: Owner) {
  const at = (time: number) => new Date(time).toISOString();
  const archived = archivedAt !== undefined;
  return {
    id,
    email,
    type: 'PERSON',
    firstName,
    lastName,
    ...(archived ? {} : { userId }),
    userIdIncludingInactive: userId,
    createdAt: at(createdAt),
    updatedAt: at(archivedAt ?? createdAt),
    archived,
    teams: [],
  };
}

/** `+02:00`. */
function offsetOf(timeZone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') ?? '';
  return name === '' ? '+00:00' : name;
}

function offsetMs(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
