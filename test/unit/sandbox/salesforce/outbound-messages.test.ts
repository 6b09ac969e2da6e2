import { createServer, type IncomingHttpHeaders } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY, HOUR } from '../../../../src/base/clock.ts';
import { peopleOf } from '../../../../src/sandbox/salesforce/org/acts/acts.ts';
import { type OutboundOptions, OutboundSender } from '../../../../src/sandbox/salesforce/outbound/outbound-sender.ts';
import { createOrg } from '../../../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createTestClock, type TestClock } from '../../../support/test-clock.ts';
import { NOW } from './open-salesforce.ts';

// Not confirmed by documentation: how long Salesforce waits before the first retry (15 seconds here, doubling), what it sends of
// a record that was deleted meanwhile (what it was), and whether one that was purged is told of (no).

const ACK = answer('true');

function answer(ack: string): string {
  return `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>${ack}</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>`;
}

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A receiver that answers so, one after the other, and then with an Ack; 0 is no answer at all. */
async function openReceiver(answers: [status: number, text: string][] = []) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, text });
      const [status, body] = answers.shift() ?? [200, ACK];
      if (status !== 0) response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/webhooks`, received };
}

type Opening = Omit<OutboundOptions, 'messages' | 'callouts'> & {
  readonly message?: object;
  readonly callout?: object;
  readonly answers?: [status: number, text: string][];
  readonly clock?: TestClock;
};

/** An org whose leads are told of. Every sleep moves its clock on at once. */
async function withSender({ message, callout, answers, clock = createTestClock({ start: NOW }), ...more }: Opening) {
  const { url, received } = await openReceiver(answers);
  const org = createOrg({ clock, leads: 0, now: NOW });
  const sender = new OutboundSender(org, {
    ...more,
    messages: message === undefined ? [] : [{ name: 'Tell', object: 'Lead', url, ...message }],
    callouts: callout === undefined ? [] : [{ name: 'Flow', object: 'Lead', url, ...callout }],
  });
  onTestFinished(() => sender.close());
  return { org, people: peopleOf(org), sender, received, clock };
}

const ids = (text: string) => [...text.matchAll(/<sf:Id>(\w+)<\/sf:Id>/g)].map(([, id]) => id);
const notificationIds = (text: string) => [...text.matchAll(/<Notification>\s*<Id>(\w+)<\/Id>/g)].map(([, id]) => id);

describe('an Outbound Message', () => {
  it('is SOAP with the organization, the record and the fields that were chosen', async () => {
    const fields = ['LastName', 'Company', 'AnnualRevenue', 'Email', 'CreatedDate', 'DoNotCall'];
    const { org, people, sender, received } = await withSender({ message: { fields } });
    const lead = people.createLead({ LastName: 'O <& Sons', Company: 'Acme', AnnualRevenue: 12_000_000 });
    await sender.settled();
    const { headers, text } = received[0]!;
    expect(headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(text).toContain('<notifications xmlns="http://soap.sforce.com/2005/09/outbound">');
    expect(text).toContain(`<OrganizationId>${org.settings.organizationId}</OrganizationId>`);
    expect(org.settings.organizationId).toMatch(/^00D\w{15}$/);
    expect(text).toMatch(/<ActionId>04k\w{15}<\/ActionId>/);
    expect(text).toContain('<SessionId xsi:nil="true"/>');
    expect(text).toMatch(/<PartnerUrl>https:\/\/[\w.-]+\/services\/Soap\/u\/68\.0\/\w{15}<\/PartnerUrl>/);
    expect(text).toMatch(/<Notification>\s*<Id>04l\w{15}<\/Id>\s*<sObject xsi:type="sf:Lead"/);
    const told = [...text.matchAll(/<sf:(\w+)>([^<]*)</g)].map(([, name, value]) => [name, value]);
    expect(told).toEqual([
      ['Id', lead.id],
      ['AnnualRevenue', '1.2E7'],
      ['Company', 'Acme'],
      ['CreatedDate', '2026-11-21T12:00:00.000Z'],
      ['DoNotCall', 'false'],
      ['LastName', 'O &lt;&amp; Sons'],
    ]);
  });

  it('carries a hundred notifications at most', async () => {
    const { people, sender, received } = await withSender({ message: {} });
    for (let n = 0; n < 250; n++) people.createLead({});
    await sender.settled();
    expect(received.map(({ text }) => ids(text).length).toSorted((a, b) => a - b)).toEqual([50, 100, 100]);
    expect(new Set(received.flatMap(({ text }) => notificationIds(text))).size).toBe(250);
  });

  it('is sent for the changes that it is meant for, and no others', async () => {
    const message = {
      changed: ['Email'],
      when: (record: { text(name: string): string | undefined }) => record.text('City') !== 'Lyon',
    };
    const { people, sender } = await withSender({ message });
    const lead = people.createLead({ City: 'Leeds' });
    people.change(lead.id, { Title: 'CTO' });
    people.change(lead.id, { Email: 'a@acme.example' });
    people.change(lead.id, { Email: 'b@acme.example', City: 'Lyon' });
    people.createContact({ Email: 'c@acme.example' });
    people.remove(lead.id);
    await sender.settled();
    expect(sender.deliveries.flatMap(({ records }) => records)).toEqual([lead.id, lead.id]);
  });

  it('tells what the record says when it goes out, not what it said when it changed', async () => {
    const { people, sender, received } = await withSender({ message: { fields: ['Title'] } });
    sender.mode = 'hold';
    const lead = people.createLead({ Title: 'CTO' });
    people.change(lead.id, { Title: 'CEO' });
    sender.mode = 'send';
    await sender.settled();
    const titles = received.flatMap(({ text }) => [...text.matchAll(/<sf:Title>(\w+)</g)].map(([, title]) => title));
    expect(titles).toEqual(['CEO', 'CEO']);
  });

  it.each<[string, [number, string]]>([
    ['another status', [503, ACK]],
    ['a status of 204', [204, '']],
    ['an Ack of false', [200, answer('false')]],
    ['an answer that is no Ack', [200, 'OK']],
    ['no answer in time', [0, '']],
  ])('comes again after %s, with the same notification id', async (_, first) => {
    const { people, sender, received } = await withSender({ message: {}, answers: [first], timeoutMs: 200 });
    people.createLead({});
    await sender.settled();
    expect(sender.deliveries.map(({ attempt, taken }) => [attempt, taken])).toEqual([
      [0, false],
      [1, true],
    ]);
    expect(notificationIds(received[0]!.text)).toEqual(notificationIds(received[1]!.text));
  });

  it('comes later and later, up to two hours, and is given up after a day', async () => {
    const refusals = Array.from({ length: 100 }, (): [number, string] => [500, '']);
    const { people, sender, clock } = await withSender({ message: {}, answers: refusals });
    people.createLead({});
    await sender.settled();
    const [, ...waits] = clock.slept;
    expect(waits.slice(0, 3)).toEqual([15_000, 30_000, 60_000]);
    expect(Math.max(...waits)).toBe(2 * HOUR);
    const told = sender.deliveries.map(({ at }) => at);
    expect(Math.max(...told) - NOW).toBeLessThan(DAY);
    expect(Math.max(...told) - NOW).toBeGreaterThan(DAY - 2 * HOUR);
    expect(sender.givenUp).toHaveLength(1);
  });

  it('holds up no other while it waits to come again', async () => {
    const refusals = Array.from({ length: 12 }, (): [number, string] => [500, '']);
    const clock = createTestClock({ start: NOW, sleeps: 'on-demand' });
    const { people, sender } = await withSender({ message: {}, answers: refusals, clock });
    for (let n = 0; n < 1_200; n++) people.createLead({});
    await clock.advance(50);
    await expect.poll(() => sender.deliveries.length).toBe(12);
    const lead = people.createLead({});
    await clock.advance(50);
    await expect.poll(() => sender.deliveries.at(-1)).toMatchObject({ records: [lead.id], taken: true });
  });

  it('can be dropped, doubled and turned round', async () => {
    const { people, sender, received } = await withSender({ message: {} });
    sender.mode = 'drop';
    people.createLead({});
    sender.mode = 'hold';
    sender.copies = 2;
    sender.reversed = true;
    const [a, b] = [people.createLead({}).id, people.createLead({}).id];
    sender.mode = 'send';
    await sender.settled();
    expect(received.map(({ text }) => ids(text))).toEqual([
      [b, a],
      [b, a],
    ]);
    expect(notificationIds(received[0]!.text)).toEqual(notificationIds(received[1]!.text));
  });

  it('ends with the sandbox', async () => {
    const { people, sender, received } = await withSender({ message: {}, answers: [[0, '']], timeoutMs: 60_000 });
    people.createLead({});
    await expect.poll(() => received.length).toBe(1);
    await sender.close();
    people.createLead({});
    expect(sender.deliveries).toEqual([]);
  });
});

describe('a flow', () => {
  it('calls with JSON and its header, once a change', async () => {
    const callout = { headers: { 'X-Leadgauge-Secret': 'secret' } };
    const { people, sender, received } = await withSender({ callout });
    const lead = people.createLead({});
    await sender.settled();
    const { headers, text } = received[0]!;
    expect(headers['x-leadgauge-secret']).toBe('secret');
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(text)).toEqual({ records: [{ object: 'Lead', id: lead.id }] });
    expect(sender.deliveries).toMatchObject([
      { kind: 'flow', name: 'Flow', records: [lead.id], status: 200, taken: true },
    ]);
  });

  it('sends what it was built to send, and never again', async () => {
    const callout = { body: (record: { id: string }) => ({ Id: record.id, source: 'flow' }) };
    const { people, sender, received } = await withSender({ callout, answers: [[500, '']] });
    const lead = people.createLead({});
    await sender.settled();
    expect(received.map(({ text }) => JSON.parse(text))).toEqual([{ Id: lead.id, source: 'flow' }]);
    expect(sender.deliveries).toMatchObject([{ status: 500, taken: false }]);
  });
});
