import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import { ALL_SCOPES } from '../../../src/sandbox/sandbox.ts';
import { CONTACTS, NOW, openSandbox, stillClock } from './open-sandbox.ts';

const OBJECTS = '/crm/objects/2026-09';
const KINDS = ['calls', 'meetings', 'emails', 'deals'] as const;
/** A property of each, two values that it can have, and the type of the association with a contact. */
const CHANGES = {
  calls: { property: 'hs_call_title', first: 'First', second: 'Second', typeId: 194 },
  meetings: { property: 'hs_meeting_outcome', first: 'SCHEDULED', second: 'NO_SHOW', typeId: 200 },
  emails: { property: 'hs_email_status', first: 'SENDING', second: 'SENT', typeId: 198 },
  deals: { property: 'dealstage', first: 'qualifiedtobuy', second: 'closedlost', typeId: 3 },
};
const iso = (at: number) => new Date(at).toISOString();

/** A portal in which the time is NOW, with one contact. */
async function openWithContact(options: Parameters<typeof openSandbox>[1] = {}) {
  const clock = stillClock();
  const opened = await openSandbox({ clock }, { clock, ...options });
  const contact = opened.sandbox.people.createContact({ email: 'ada@acme.example' });
  return { ...opened, clock, contact };
}

describe('calls, meetings, e-mails and deals', () => {
  it('have the properties that HubSpot gives them', async () => {
    const { sandbox, ask, contact } = await openWithContact();
    const about = { contactIds: [contact.id] };
    const call = sandbox.people.logCall({ ...about, at: NOW - HOUR, minutes: 12 });
    const meeting = sandbox.people.bookMeeting({ ...about, start: NOW + DAY, minutes: 45, title: 'Demo' });
    const email = sandbox.people.logEmail({ ...about, direction: 'INCOMING_EMAIL' });
    const deal = sandbox.people.createDeal({ ...about, name: 'Acme', amount: 9_000 });
    const read = async (kind: string, id: string, names: string) =>
      (await ask('GET', `${OBJECTS}/${kind}/${id}?properties=${names}`)).body.properties;
    expect(await read('calls', call.id, 'hs_timestamp,hs_call_duration,hs_call_disposition')).toMatchObject({
      hs_timestamp: iso(NOW - HOUR),
      hs_call_duration: String(12 * MINUTE),
      hs_call_disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
      hs_createdate: iso(NOW),
      hs_lastmodifieddate: iso(NOW),
      hs_object_id: call.id,
    });
    const times = 'hs_meeting_start_time,hs_meeting_end_time,hs_meeting_outcome,hs_meeting_title';
    expect(await read('meetings', meeting.id, times)).toMatchObject({
      hs_meeting_start_time: iso(NOW + DAY),
      hs_meeting_end_time: iso(NOW + DAY + 45 * MINUTE),
      hs_meeting_outcome: 'SCHEDULED',
      hs_meeting_title: 'Demo',
    });
    expect(await read('emails', email.id, 'hs_email_direction,hs_email_status')).toMatchObject({
      hs_email_direction: 'INCOMING_EMAIL',
      hs_email_status: 'SENT',
    });
    expect((await ask('GET', `${OBJECTS}/deals/${deal.id}`)).body.properties).toEqual({
      amount: '9000',
      closedate: null,
      createdate: iso(NOW),
      dealname: 'Acme',
      dealstage: 'appointmentscheduled',
      hs_lastmodifieddate: iso(NOW),
      hs_object_id: deal.id,
      pipeline: 'default',
    });
  });

  it.each(KINDS)('are made, read, changed, found and deleted by apps: %s', async (kind) => {
    const { ask, contact } = await openWithContact();
    const base = `${OBJECTS}/${kind}`;
    const { property, first, second, typeId } = CHANGES[kind];
    const dated = kind === 'deals' ? {} : { hs_timestamp: iso(NOW) };
    const associations = [
      { to: { id: contact.id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId }] },
    ];
    const made = await ask('POST', base, { properties: { ...dated, [property]: first }, associations });
    expect(made).toMatchObject({ status: 201, body: { properties: { [property]: first } } });
    const id = made.body.id ?? '';
    const inputs = [1, 2].map(() => ({ properties: { ...dated, [property]: first } }));
    const more = await ask('POST', `${base}/batch/create`, { inputs });
    expect(more.status).toBe(201);

    expect((await ask('PATCH', `${base}/${id}`, { properties: { [property]: second } })).status).toBe(200);
    const others = more.body.results!.map((one) => ({ id: one.id, properties: { [property]: second } }));
    expect((await ask('POST', `${base}/batch/update`, { inputs: others })).status).toBe(200);
    const all = [id, ...others.map((one) => one.id)];
    const read = await ask('POST', `${base}/batch/read`, {
      inputs: all.map((one) => ({ id: one })),
      properties: [property],
    });
    expect(read.body.results!.map((one) => one.properties?.[property])).toEqual([second, second, second]);

    const filters = [{ propertyName: property, operator: 'EQ', value: second }];
    const search = { filterGroups: [{ filters }], sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }] };
    expect((await ask('POST', `${base}/search`, search)).body.results!.map((one) => one.id)).toEqual(all);
    const associated = [{ propertyName: 'associations.contact', operator: 'EQ', value: contact.id }];
    expect((await ask('POST', `${base}/search`, { filters: associated })).body.total).toBe(1);

    expect((await ask('DELETE', `${base}/${id}`)).status).toBe(204);
    expect((await ask('GET', `${base}/${id}`)).status).toBe(404);
    expect((await ask('POST', `${base}/batch/archive`, { inputs: others.map((one) => ({ id: one.id })) })).status).toBe(
      204,
    );
    expect((await ask('GET', base)).body.results).toEqual([]);
    expect((await ask('GET', `${base}?archived=true`)).body.results!.map((one) => one.id)).toEqual(all);
  });

  it('come page by page, with whom they are about', async () => {
    const { sandbox, ask, contact } = await openWithContact();
    const ids = [1, 2, 3, 4, 5].map(() => sandbox.people.logCall({ contactIds: [contact.id] }).id);
    const first = await ask('GET', `${OBJECTS}/calls?limit=3&associations=contacts`);
    expect(first.body).toMatchObject({
      results: ids.slice(0, 3).map((id) => ({
        id,
        associations: { contacts: { results: [{ id: contact.id, type: 'call_to_contact' }] } },
      })),
      paging: { next: { after: ids[2] } },
    });
    const rest = await ask('GET', `${OBJECTS}/calls?limit=3&after=${ids[2]}`);
    expect(rest.body.results!.map((one) => one.id)).toEqual(ids.slice(3));
    expect(rest.body).not.toHaveProperty('paging');
    expect(rest.body.results![0]).not.toHaveProperty('associations');
    expect((await ask('GET', `${OBJECTS}/calls?limit=101`)).status).toBe(400);
    expect((await ask('GET', `${OBJECTS}/calls?associations=nonsense`)).status).toBe(400);
  });

  it('are found by windows of change and of their own time', async () => {
    const { sandbox, ask, clock, contact } = await openWithContact();
    const call = (at: number) => sandbox.people.logCall({ contactIds: [contact.id], at }).id;
    const early = call(NOW - 3 * DAY);
    clock.advance(HOUR);
    const late = call(NOW - 5 * DAY);
    const find = async (propertyName: string, from: number, to: number) => {
      const filters = [
        { propertyName, operator: 'GTE', value: String(from) },
        { propertyName, operator: 'LT', value: String(to) },
      ];
      const found = await ask('POST', `${OBJECTS}/calls/search`, { filterGroups: [{ filters }] });
      return found.body.results!.map((one) => one.id);
    };
    expect(await find('hs_lastmodifieddate', NOW + 1, NOW + 2 * HOUR)).toEqual([late]);
    expect(await find('hs_timestamp', NOW - 4 * DAY, NOW)).toEqual([early]);
  });

  it('are searched within the limits of all searches, and as late as the index learns of them', async () => {
    const { sandbox, ask, clock, contact } = await openWithContact({ indexDelay: MINUTE });
    sandbox.people.logCall({ contactIds: [contact.id] });
    const total = async () => (await ask('POST', `${OBJECTS}/calls/search`, {})).body.total;
    expect(await total()).toBe(0);
    clock.advance(MINUTE);
    expect(await total()).toBe(1);
    expect((await ask('POST', `${OBJECTS}/calls/search`, { after: 10_000 })).status).toBe(400);
    expect((await ask('POST', `${OBJECTS}/calls/search`, { query: 'x'.repeat(3_000) })).status).toBe(400);
  });

  it('are refused without a time, with an outcome that there is not, and for a contact who is not there', async () => {
    const { ask } = await openWithContact();
    const meetings = `${OBJECTS}/meetings`;
    expect((await ask('POST', meetings, { properties: {} })).body.message).toContain('[hs_timestamp]');
    const odd = { hs_timestamp: String(NOW), hs_meeting_outcome: 'FINE' };
    expect((await ask('POST', meetings, { properties: odd })).status).toBe(400);
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 200 }];
    const body = { properties: { hs_timestamp: String(NOW) }, associations: [{ to: { id: '1' }, types }] };
    expect((await ask('POST', meetings, body)).status).toBe(400);
    expect((await ask('GET', meetings)).body.results).toEqual([]);
  });

  it('need the scopes that HubSpot asks for', async () => {
    const { ask } = await openWithContact({
      tokens: [
        { token: 'contacts', scopes: ['crm.objects.contacts.read'] },
        { token: 'all', scopes: ALL_SCOPES },
      ],
    });
    const status = async (kind: string, token: string) =>
      (await ask('GET', `${OBJECTS}/${kind}`, undefined, token)).status;
    expect(await Promise.all(KINDS.map((kind) => status(kind, 'contacts')))).toEqual([200, 200, 403, 403]);
    expect(await Promise.all(KINDS.map((kind) => status(kind, 'all')))).toEqual([200, 200, 200, 200]);
    const refused = await ask('GET', `${OBJECTS}/emails`, undefined, 'contacts');
    expect(refused.body.errors![0]!.context.requiredGranularScopes).toContain('sales-email-read');
  });

  it('have numbered versions and type ids, too', async () => {
    const { sandbox, ask, contact } = await openWithContact();
    const { id } = sandbox.people.bookMeeting({ contactIds: [contact.id] });
    for (const path of ['/crm/v3/objects/meetings', '/crm/objects/2026-09/0-47', '/crm/v3/objects/meeting']) {
      expect((await ask('GET', path)).body.results!.map((one) => one.id)).toEqual([id]);
    }
  });
});

describe('a deal', () => {
  it('is won by its stage, on that day unless another is said', async () => {
    const { sandbox, ask, contact } = await openWithContact();
    const { id } = sandbox.people.createDeal({ name: 'Acme', contactIds: [contact.id] });
    const read = async () =>
      (await ask('GET', `${OBJECTS}/deals/${id}?properties=hs_is_closed,hs_is_closed_won,closedate`)).body.properties;
    expect(await read()).toMatchObject({ hs_is_closed: 'false', hs_is_closed_won: 'false', closedate: null });
    sandbox.people.winDeal(id, { amount: 500 });
    expect(await read()).toMatchObject({ hs_is_closed: 'true', hs_is_closed_won: 'true', closedate: iso(NOW) });
    sandbox.people.moveDeal(id, 'closedlost');
    expect(await read()).toMatchObject({ hs_is_closed: 'true', hs_is_closed_won: 'false', closedate: iso(NOW) });
    expect((await ask('PATCH', `${OBJECTS}/deals/${id}`, { properties: { hs_is_closed_won: 'true' } })).status).toBe(
      400,
    );
  });
});

describe('the counters of a contact', () => {
  it('agree with what sales did, and change as that does', async () => {
    const { sandbox, contact, clock } = await openWithContact();
    const { people, portal } = sandbox;
    const number = (name: string) => portal.numberOf(contact, name);
    const about = { contactIds: [contact.id] };
    const first = people.bookMeeting({ ...about, start: NOW - 2 * DAY });
    const second = people.bookMeeting({ ...about, start: NOW + DAY });
    people.logEmail({ ...about, at: NOW - HOUR, direction: 'INCOMING_EMAIL' });
    clock.advance(MINUTE);
    const deal = people.createDeal({ ...about, name: 'Acme', amount: 700 });
    expect(number('engagements_last_meeting_booked')).toBe(NOW + DAY);
    expect(number('notes_last_contacted')).toBe(NOW - 2 * DAY);
    expect(number('num_contacted_notes')).toBe(1);
    expect(number('hs_sales_email_last_replied')).toBe(NOW - HOUR);
    expect(number('num_associated_deals')).toBe(1);
    // Worked out by HubSpot: the deal alone moves nothing.
    expect(number('lastmodifieddate')).toBe(NOW);

    people.changeMeeting(second.id, { start: NOW - DAY, outcome: 'RESCHEDULED' });
    expect(number('engagements_last_meeting_booked')).toBe(NOW - DAY);
    expect(number('lastmodifieddate')).toBe(NOW + MINUTE);
    people.removeSales('meetings', second.id);
    people.removeSales('meetings', first.id);
    expect(number('engagements_last_meeting_booked')).toBeUndefined();
    people.winDeal(deal.id, { at: NOW - HOUR });
    expect(number('recent_deal_close_date')).toBe(NOW - HOUR);
    expect(number('recent_deal_amount')).toBe(700);
  });

  it('follow a merge, as the calls, meetings, e-mails and deals do', async () => {
    const { sandbox, ask, contact } = await openWithContact();
    const { people, portal } = sandbox;
    const other = people.createContact({ email: 'ada@home.example' });
    const [one, two] = [contact, other].map(({ id }) => people.logCall({ contactIds: [id], at: NOW - HOUR }));
    const both = people.bookMeeting({ contactIds: [contact.id, other.id], start: NOW - DAY });
    const merged = people.merge(contact.id, other.id);
    const inputs = [{ id: contact.id }, { id: other.id }, { id: merged.id }];
    const linked = async (kind: string) =>
      (await ask('POST', `/crm/associations/2026-09/contacts/${kind}/batch/read`, { inputs })).body.results!.map(
        (row) => row.to!.map((to) => to.toObjectId).sort(),
      );
    const calls = [one!.id, two!.id].sort();
    expect(await linked('calls')).toEqual([calls, calls, calls]);
    expect(await linked('meetings')).toEqual([[both.id], [both.id], [both.id]]);
    const back = await ask('GET', `${OBJECTS}/meetings/${both.id}/associations/contacts`);
    expect(back.body.results!.map((row) => row.toObjectId)).toEqual([merged.id]);
    expect(portal.numberOf(merged, 'num_contacted_notes')).toBe(3);
  });

  it('are left alone by a merge of two whom sales never met', async () => {
    const { sandbox, contact } = await openWithContact();
    const other = sandbox.people.createContact({ email: 'b@acme.example', engagements_last_meeting_booked: NOW });
    const merged = sandbox.people.merge(contact.id, other.id);
    expect(sandbox.portal.numberOf(merged, 'engagements_last_meeting_booked')).toBe(NOW);
  });
});

describe('what sales does', () => {
  it('can be ordered through the controls', async () => {
    const { ask, contact } = await openWithContact();
    const act = async (body: object) => (await ask('POST', '/_sandbox/act', body)).body.id ?? '';
    const about = { contactIds: [contact.id] };
    const call = await act({ act: 'logCall', ...about, minutes: 3, disposition: 'no-answer' });
    const meeting = await act({ act: 'bookMeeting', ...about, start: NOW + DAY });
    await act({ act: 'changeMeeting', id: meeting, outcome: 'CANCELED' });
    const email = await act({ act: 'logEmail', ...about });
    const deal = await act({ act: 'createDeal', name: 'Acme', ...about });
    await act({ act: 'moveDeal', id: deal, stage: 'contractsent' });
    await act({ act: 'winDeal', id: deal, amount: 10 });
    await act({ act: 'updateSales', kind: 'calls', id: call, values: { hs_call_title: 'Hello' } });
    await act({ act: 'removeSales', kind: 'emails', id: email });
    const read = async (kind: string, id: string, name: string) =>
      (await ask('GET', `${OBJECTS}/${kind}/${id}?properties=${name}`)).body.properties?.[name];
    expect(await read('meetings', meeting, 'hs_meeting_outcome')).toBe('CANCELED');
    expect(await read('meetings', meeting, 'hs_meeting_start_time')).toBe(iso(NOW + DAY));
    expect(await read('deals', deal, 'hs_is_closed_won')).toBe('true');
    expect(await read('calls', call, 'hs_call_title')).toBe('Hello');
    expect((await ask('GET', `${OBJECTS}/emails/${email}`)).status).toBe(404);
    expect((await ask('POST', '/_sandbox/act', { act: 'winDeal', id: '1' })).status).toBe(400);
    expect((await ask('GET', `${CONTACTS}/${contact.id}?associations=deals`)).body).toMatchObject({
      associations: { deals: { results: [{ id: deal, type: 'contact_to_deal' }] } },
    });
  });
});
