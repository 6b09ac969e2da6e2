import { describe, expect, it } from 'vitest';
import { ALL_SCOPES } from '../../../src/sandbox/sandbox.ts';
import { openSandbox } from './open-sandbox.ts';

const MAIL = ['/email/public/v1/events', '/email/public/v1/campaigns', '/email/public/v1/campaigns/1'];
const PAGES = '/events/event-occurrences/2026-09?eventType=e_visited_page';
const EVERYWHERE = ['/crm/lists/2026-09', '/marketing/marketing-events/2026-09', '/marketing/v3/forms'];

describe('an edition', () => {
  it.each([
    ['free', 403, 403, 250_000],
    ['starter', 403, 403, 250_000],
    ['professional', 200, 403, 625_000],
    ['enterprise', 200, 200, 1_000_000],
  ] as const)('%s has what it has, and its limits', async (tier, mail, pages, daily) => {
    const { ask } = await openSandbox({ tier });
    const status = async (path: string) => (await ask('GET', path)).status;
    expect([await status(MAIL[0]!), await status(MAIL[1]!)]).toEqual([mail, mail]);
    expect(await status(MAIL[2]!)).toBe(mail === 200 ? 404 : 403);
    expect(await status(PAGES)).toBe(pages);
    for (const path of EVERYWHERE) expect(await status(path)).toBe(200);
    const { headers } = await ask('GET', '/account-info/2026-09/details');
    expect(headers.get('X-HubSpot-RateLimit-Daily')).toBe(String(daily));
    expect(headers.get('X-HubSpot-RateLimit-Max')).toBe(daily === 250_000 ? '100' : '190');
  });
});

describe('a token', () => {
  it.each([
    ['GET', '/crm/lists/2026-09/1/memberships/join-order', 'crm.lists.read'],
    ['POST', '/crm/v3/lists/search', 'crm.lists.read'],
    ['GET', '/marketing/v3/marketing-events/participations/1/breakdown', 'crm.objects.marketing_events.read'],
    ['GET', '/email/public/v1/events', 'content'],
    ['GET', '/email/public/v1/campaigns/by-id', 'content'],
    ['POST', '/crm/properties/v3/contacts/batch/archive', 'crm.schemas.contacts.write'],
    ['DELETE', '/crm/properties/v3/companies/groups/x', 'crm.schemas.companies.write'],
  ])('without the scope of %s %s is told its name', async (method, path, scope) => {
    const scopes = ALL_SCOPES.filter((one) => one !== scope);
    const { ask } = await openSandbox({}, { tokens: [{ token: 'pat-some', scopes }] });
    const { status, body } = await ask(method, path, method === 'GET' ? undefined : {}, 'pat-some');
    expect([status, body.category]).toEqual([403, 'MISSING_SCOPES']);
    expect(body.errors?.[0]?.context.requiredGranularScopes).toEqual([scope]);
  });
});

describe('account information', () => {
  it('tells of the account, wherever its data are kept', async () => {
    const { ask } = await openSandbox({ hosting: 'eu1', currency: 'EUR', timeZone: 'Europe/Berlin', portalId: 77 });
    for (const version of ['v3', '2026-09']) {
      expect((await ask('GET', `/account-info/${version}/details`)).body).toMatchObject({
        portalId: 77,
        accountType: 'DEVELOPER_TEST',
        timeZone: 'Europe/Berlin',
        companyCurrency: 'EUR',
        additionalCurrencies: [],
        uiDomain: 'app-eu1.hubspot.com',
        dataHostingLocation: 'eu1',
        utcOffset: expect.stringMatching(/^\+0[12]:00$/),
      });
    }
  });
});
