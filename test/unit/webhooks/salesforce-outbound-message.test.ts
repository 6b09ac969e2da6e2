import { expect, test } from 'vitest';
import { notificationXml } from '../../../src/sandbox/salesforce/outbound/notification-xml.ts';
import { parseNotification, parseOutboundMessage } from '../../../src/webhooks/outbound-message.ts';
import { outboundMessageAnswer } from '../../../src/webhooks/outbound-message-answer.ts';
import { parseXml } from '../../../src/webhooks/outbound-message-xml.ts';
import { idOf, outboundMessage } from '../../support/outbound-message.ts';
import { ORGANIZATION } from '../../support/salesforce-receiver.ts';

const LEAD = idOf('00Q', 1);
const message = outboundMessage([{ fields: { Id: LEAD } }]);

/** What an outbound message says, record by record. */
function read(xml: string | Buffer) {
  const parsed = parseOutboundMessage(parseXml(Buffer.from(xml)));
  if ('malformed' in parsed) return parsed;
  const { organizationId, notifications } = parsed;
  return { organizationId, records: notifications.map((raw) => parseNotification(raw, organizationId)) };
}

const readRight = {
  organizationId: ORGANIZATION,
  records: [{ leadIds: [LEAD], inCampaign: false, key: `${ORGANIZATION}-${idOf('04l', 0)}` }],
};

test('a message is read record by record, one or a hundred', () => {
  expect(read(message)).toEqual(readRight);
  const hundred = Array.from({ length: 100 }, (_, index) => ({ fields: { Id: idOf('00Q', index) } }));
  const told = read(outboundMessage(hundred));
  expect('records' in told ? told.records.map((record) => typeof record === 'object' && record) : []).toMatchObject(
    hundred.map(({ fields }) => ({ leadIds: [fields.Id] })),
  );
});

test.each([
  ['other prefixes', message.replaceAll('soapenv:', 'S:').replaceAll('sf:', 'ns1:')],
  ['no prefixes', message.replaceAll('soapenv:', '').replaceAll('sf:', '')],
  ['no line breaks', message.replaceAll(/\n\s*/g, '')],
  ['a mark of its byte order', `\uFEFF${message}`],
  ['a header', message.replace('<soapenv:Body>', '<soapenv:Header/><soapenv:Body>')],
  ['an empty session', message.replace('<SessionId xsi:nil="true"/>', '<SessionId></SessionId>')],
  ['a comment', message.replace('<ActionId>', '<!-- <OrganizationId>no</OrganizationId> --><ActionId>')],
  ['a CDATA section', message.replace(`>${LEAD}<`, `><![CDATA[${LEAD}]]><`)],
  ['signs that were escaped', message.replace('</sf:Id>', '</sf:Id><sf:Name>&lt;!DOCTYPE &amp;lol; &#65;</sf:Name>')],
  ['letters of all the world', message.replace('</sf:Id>', '</sf:Id><sf:Name>Zoë 李 😀</sf:Name>')],
])('with %s it reads the same', (_, xml) => {
  expect(read(xml)).toEqual(readRight);
});

test('what the sandbox of Salesforce sends is read', () => {
  const told = notificationXml({
    organizationId: ORGANIZATION,
    actionId: idOf('04k', 1),
    enterpriseUrl: 'https://acme.example/services/Soap/c/68.0',
    partnerUrl: 'https://acme.example/services/Soap/u/68.0',
    object: 'Lead',
    notifications: [
      {
        id: idOf('04l', 0),
        fields: [
          ['Id', LEAD],
          ['Company', 'Ada & Söhne <GmbH>'],
          ['Email', null],
        ],
      },
    ],
  });
  expect(read(told)).toEqual(readRight);
});

const nested = (depth: number) => message.replace(`${LEAD}<`, `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}<`);
const declaring = (declaration: string) => message.replace('<soapenv:Envelope', `${declaration}<soapenv:Envelope`);

test.each([
  ['a DOCTYPE', declaring('<!DOCTYPE soapenv:Envelope>')],
  ['a DOCTYPE in small letters', declaring('<!doctype x>')],
  [
    'an entity of a file',
    declaring('<!DOCTYPE x [<!ENTITY id SYSTEM "file:///etc/passwd">]>').replace(`>${LEAD}<`, '>&id;<'),
  ],
  [
    'an entity of another server',
    declaring('<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">').replace(`>${LEAD}<`, '>&id;<'),
  ],
  [
    'entities of entities',
    declaring('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>').replace(LEAD, '&b;'),
  ],
  ['an entity that stands alone', declaring('<!ENTITY a "b">')],
  ['10,000 nested elements', nested(10_000)],
  ['21 nested elements', nested(21)],
  ['the first half', message.slice(0, message.length / 2)],
  ['all but the last sign', message.slice(0, -1)],
  ['half a tag', `${message.slice(0, -200)}<soapenv:Envelope`],
  ['more after its end', `${message}<more/>`],
  ['a text in UTF-16', Buffer.from(message, 'utf16le')],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
  ['JSON', '{"id":"00Q"}'],
  ['nothing', ''],
  ['a hundred thousand elements that never close', '<a>'.repeat(100_000)],
  ['a comment that never closes', message.replace('<ActionId>', '<!-- <ActionId>')],
])('%s is not read', (_, xml) => {
  expect(parseXml(Buffer.from(xml))).toBeUndefined();
});

test.each([
  ['another envelope', '<Envelope><Body><login/></Body></Envelope>', 'it is no outbound message'],
  ['an empty body', '<Envelope><Body/></Envelope>', 'it is no outbound message'],
  ['no organization', message.replace(/<OrganizationId>.*<\/OrganizationId>/, ''), 'its OrganizationId is unusable'],
  [
    'two organizations',
    message.replace('<ActionId>', '<OrganizationId>x</OrganizationId><ActionId>'),
    'its OrganizationId is unusable',
  ],
  ['no notification', outboundMessage([]), 'its Notification is unusable'],
  [
    'more than a hundred',
    outboundMessage(Array.from({ length: 101 }, () => ({ fields: { Id: LEAD } }))),
    'its Notification is unusable',
  ],
  ['what cannot be read', '<', 'it is no XML that is read here'],
])('%s is refused with the reason', (_, xml, reason) => {
  expect(read(xml)).toEqual({ malformed: expect.stringContaining(reason) });
});

test.each([
  ['without an id', { notificationId: '', fields: { Id: LEAD } }, 'the notification has no Id'],
  ['without a record’s id', { fields: { Company: 'Acme' } }, 'it has no Id'],
  ['without a record', { fields: {} }, 'it is no record with fields'],
  ['whose record is named twice', { fields: { Id: `${LEAD}</sf:Id><sf:Id>${LEAD}` } }, 'its Id is no id of Salesforce'],
])('of a message, a notification %s is malformed and the others are not', (_, told, malformed) => {
  expect(read(outboundMessage([told, { fields: { Id: LEAD } }]))).toMatchObject({
    records: [{ malformed }, { leadIds: [LEAD] }],
  });
});

test('names that mean something to JavaScript are fields like any other', () => {
  const fields = { Id: LEAD, __proto__x: 'a', constructor: 'b', toString: 'c' };
  const odd = outboundMessage([{ fields }]).replaceAll('__proto__x', '__proto__');
  const before = Object.getOwnPropertyNames(Object.prototype);
  const told = read(odd);
  expect('malformed' in told || told.records).toBeTruthy();
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  expect(Reflect.get({}, 'a')).toBeUndefined();
});

test('the answer is what Salesforce’s own parser needs: true, or false to come again', () => {
  expect(outboundMessageAnswer(true)).toContain(
    '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound">\n      <Ack>true</Ack>',
  );
  expect(outboundMessageAnswer(false)).toContain('<Ack>false</Ack>');
  expect(outboundMessageAnswer(true).startsWith('<?xml version="1.0" encoding="UTF-8"?>')).toBe(true);
});
