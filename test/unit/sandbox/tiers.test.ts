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
    ['GET', '/crm/objects/2026-09/users', 'crm.objects.users.read'],
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

describe('the people of sales', () => {
  const OWNERS = '/crm/owners/2026-09';
  const anna = { firstName: 'Anna', lastName: 'Berg', email: 'anna@sales.example', timeZone: 'Europe/Berlin' };

  it('are told with the user that each is, whose time zone is told elsewhere', async () => {
    const { sandbox, ask } = await openSandbox();
    const { id, userId } = sandbox.people.addOwner(anna);
    const owners = await ask('GET', `${OWNERS}?email=ANNA@sales.example`);
    expect(owners.body.results).toMatchObject([{ id, userId, archived: false }]);
    const properties = 'hs_internal_user_id,hs_standard_time_zone,unknown';
    const users = (path: string) => ask('GET', `/crm/objects/2026-09/users?properties=${properties}&limit=2${path}`);
    const first = await users('');
    expect(first.body.results).toHaveLength(2);
    const rest = await users(`&after=${first.body.paging?.next.after}`);
    const [, user] = rest.body.results ?? [];
    expect(user?.properties).toMatchObject({
      hs_internal_user_id: String(userId),
      hs_standard_time_zone: 'Europe/Berlin',
    });
    expect(user?.properties).not.toHaveProperty('unknown');
    expect((await ask('GET', `/crm/objects/2026-09/users/${user?.id}`)).body.id).toBe(user?.id);
    expect((await ask('GET', '/crm/objects/2026-09/users/1')).status).toBe(404);
  });

  it('leave, keep what they own, and get nothing more', async () => {
    const { sandbox, ask } = await openSandbox();
    const { people } = sandbox;
    const { id } = people.addOwner(anna);
    const contact = people.createContact({ email: 'ada@acme.example', hubspot_owner_id: id }).id;
    people.removeOwner(id);
    const ids = async (query: string) => (await ask('GET', `${OWNERS}${query}`)).body.results?.map((one) => one.id);
    expect(await ids('')).not.toContain(id);
    expect(await ids('?archived=true')).toEqual([id]);
    expect((await ask('GET', `${OWNERS}/${id}`)).status).toBe(404);
    expect((await ask('GET', `${OWNERS}/${id}?archived=true`)).status).toBe(200);
    const path = `/crm/objects/2026-09/contacts/${contact}`;
    expect((await ask('GET', `${path}?properties=hubspot_owner_id`)).body.properties?.hubspot_owner_id).toBe(id);
    expect((await ask('PATCH', path, { properties: { hubspot_owner_id: id } })).status).toBe(400);
    expect(() => people.removeOwner(id)).toThrow('no owner');
  });

  it('say how they stand with a contact, by act or over HTTP', async () => {
    const { sandbox, ask } = await openSandbox();
    const { id } = sandbox.people.createContact({ email: 'ada@acme.example' });
    const status = async () =>
      (await ask('GET', `/crm/objects/2026-09/contacts/${id}?properties=hs_lead_status`)).body.properties
        ?.hs_lead_status;
    sandbox.people.setStatus(id, 'CONNECTED');
    expect(await status()).toBe('CONNECTED');
    await ask('POST', '/_sandbox/act', { act: 'setStatus', id, status: 'BAD_TIMING' });
    expect(await status()).toBe('BAD_TIMING');
    sandbox.people.setStatus(id);
    expect(await status()).toBeNull();
    const { id: ownerId = '' } = (await ask('POST', '/_sandbox/act', { act: 'addOwner', ...anna })).body;
    await ask('POST', '/_sandbox/act', { act: 'removeOwner', id: ownerId });
    expect(sandbox.portal.owners.find(ownerId, { archived: true })?.timeZone).toBe('Europe/Berlin');
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
