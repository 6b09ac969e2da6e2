import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { parseNotification, parseOutboundMessage } from '../../src/webhooks/outbound-message.ts';
import { parseXml } from '../../src/webhooks/outbound-message-xml.ts';
import { parseSalesforceRecord } from '../../src/webhooks/salesforce-record.ts';
import { fuzz, fuzzAsync } from '../support/fuzz.ts';
import { replacedPart } from '../support/odd-parts.ts';
import { INHERITED, mangled, oddText, oddValue } from '../support/odd-texts.ts';
import { idOf, outboundMessage } from '../support/outbound-message.ts';
import { createSalesforceBench, ORGANIZATION } from '../support/salesforce-receiver.ts';
import { settled } from '../support/settled.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

const CANARY = 'canary@acme.example';
const LEAD = idOf('00Q', 1);
const MESSAGE = outboundMessage([
  { fields: { Id: LEAD, Email: CANARY } },
  { object: 'CampaignMember', fields: { Id: idOf('00v', 2), LeadId: idOf('00Q', 3), ContactId: idOf('003', 4) } },
]);
const RECORDS = {
  records: [
    { object: 'Lead', id: LEAD, Email: CANARY },
    { Id: idOf('00v', 5), leadId: LEAD },
    { id: idOf('00T', 6), whoId: null },
  ],
};

const XML = [
  ...[
    '<',
    '>',
    '</',
    '/>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '<?xml version="1.0"?>',
    '<?',
    '?>',
    '&amp;',
    '&b;',
    '&#0;',
    '&#x1F600;',
  ],
  ...[
    '<Id>',
    '</Id>',
    '<sObject>',
    '</sObject>',
    '<Notification>',
    '</Notification>',
    '<sf:Id>',
    '<Envelope>',
    '</soapenv:Envelope>',
    ' xsi:nil="true"',
    'xmlns:sf="x"',
  ],
  ...[LEAD, LEAD.slice(0, 15), ORGANIZATION, CANARY, '\ufeff', ...INHERITED.map((name) => `<${name}>x</${name}>`)],
];
const JSON_WORDS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  '"records"',
  '"id"',
  '"__proto__":{"polluted":true},',
  LEAD,
  '1e999',
  '\\ud800',
  CANARY,
  ...INHERITED,
];

const messages: fc.Arbitrary<string | Buffer> = fc.oneof(
  { weight: 6, arbitrary: mangled(fc.constant(MESSAGE), fc.oneof(fc.constantFrom(...XML), oddText(XML, 60))) },
  { weight: 2, arbitrary: oddText(XML, 20_000).map((text) => `${text}</Envelope>`) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);

const calls: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: replacedPart(RECORDS, oddValue(fc.oneof(fc.constantFrom(LEAD, CANARY), oddText(JSON_WORDS, 60)))).map(
      (value) => JSON.stringify(value),
    ),
  },
  { weight: 3, arbitrary: mangled(fc.constant(JSON.stringify(RECORDS)), oddText(JSON_WORDS, 60)) },
  { weight: 1, arbitrary: oddText(JSON_WORDS, 20_000) },
);

interface Bench {
  readonly lines: readonly string[];
}

async function expectDone({ lines }: Bench, send: () => Promise<Response>, contents: () => Promise<unknown>) {
  const first = await settled(send);
  expect([200, 400]).toContain(first.status);
  expect(await first.text()).not.toContain(CANARY);
  const held = await contents();
  const second = await settled(send);
  await second.arrayBuffer();
  expect(second.status).toBe(first.status);
  expect(await contents()).toEqual(held);
  expect(lines.join('\n')).not.toMatch(/canary/);
  expect('polluted' in {}).toBe(false);
}

describe('whatever comes with the secret, its sender is answered, and the same again changes nothing', () => {
  test('outbound messages', async () => {
    const bench = await createSalesforceBench(redis);
    const contents = async () => [await bench.dirty(), await listDeadLetters(bench.space)];
    await fuzzAsync(messages, (body) => expectDone(bench, () => bench.send(body), contents));
  });

  test('calls of a flow', async () => {
    const bench = await createSalesforceBench(redis);
    const contents = async () => [await bench.dirty(), await listDeadLetters(bench.space)];
    await fuzzAsync(calls, (body) => expectDone(bench, () => bench.call(body), contents));
  });
});

describe('what is read', () => {
  const isId = (id: string) => /^[A-Za-z0-9]{18}$/.test(id);

  test('of an outbound message is told the same way twice, in whole ids', () => {
    fuzz(
      messages,
      (body) => {
        const [content, again] = [parseXml(Buffer.from(body)), parseXml(Buffer.from(body))];
        expect(again).toEqual(content);
        const message = parseOutboundMessage(content);
        if ('malformed' in message) return expect(message.malformed).not.toContain(CANARY);
        expect(message.organizationId).toSatisfy(isId);
        for (const raw of message.notifications) {
          const record = parseNotification(raw, message.organizationId);
          if (record !== 'not ours' && 'leadIds' in record) for (const id of record.leadIds) expect(id).toSatisfy(isId);
        }
      },
      { share: 5 },
    );
  });

  test.each([
    ['elements within each other', (size: number) => '<a>'.repeat(size)],
    ['elements beside each other', (size: number) => '<a/>'.repeat(size)],
    [
      'other elements beside each other',
      (size: number) => Array.from({ length: size }, (_, at) => `<a${at}/>`).join(''),
    ],
    ['attributes', (size: number) => `<a ${'b="c" '.repeat(size)}/>`],
    ['signs', (size: number) => '<'.repeat(size)],
    ['entities', (size: number) => `<a>${'&amp;'.repeat(size)}</a>`],
    ['comments', (size: number) => '<!-- a -->'.repeat(size)],
    ['open comments', (size: number) => '<!--'.repeat(size)],
    ['open sections', (size: number) => '<![CDATA['.repeat(size)],
    ['instructions', (size: number) => '<?a b?>'.repeat(size)],
    ['open instructions', (size: number) => '<?a '.repeat(size)],
    ['prefixes', (size: number) => `<${'a:'.repeat(size)}b/>`],
    ['blanks', (size: number) => `<a${' '.repeat(size)}b`],
    ['quotes', (size: number) => `<a b="${'"'.repeat(size)}`],
    ['a long name', (size: number) => `<${'a'.repeat(size)}>`],
    ['notifications', (size: number) => '<Notification>a</Notification>'.repeat(size)],
  ])('of a megabyte of %s is nothing, or what it says', (_, make) => {
    fuzz(
      fc.constantFrom(100, 10_000, 1_000_000),
      (size) => {
        const inside = make(size).slice(0, 1_000_000);
        parseOutboundMessage(parseXml(Buffer.from(`<Envelope>${inside}</Envelope>`)));
      },
      { share: 0.05 },
    );
  });

  test('of a record is told in whole ids', () => {
    fuzz(
      oddValue(fc.oneof(fc.constantFrom('Id', 'LEADID', 'whoId', LEAD, LEAD.slice(0, 15)), oddText([], 30))),
      (raw) => {
        const record = parseSalesforceRecord(raw);
        if (record !== 'not ours' && 'leadIds' in record) for (const id of record.leadIds) expect(id).toSatisfy(isId);
      },
      { share: 5 },
    );
  });
});
