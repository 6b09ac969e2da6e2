import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/base/clock.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { readExpected } from '../../src/ledger/expected.ts';
import { parseFormSubmitted } from '../../src/webhooks/form-submitted.ts';
import { parseHubspotEvent } from '../../src/webhooks/hubspot-events.ts';
import { parseJson } from '../../src/webhooks/parse-json.ts';
import { parseWorkflowContact } from '../../src/webhooks/workflow-contact.ts';
import { fuzz, fuzzAsync } from '../support/fuzz.ts';
import { replacedPart } from '../support/odd-parts.ts';
import { INHERITED, mangled, oddNumber, oddText, oddValue } from '../support/odd-texts.ts';
import { createReceiverBench, event } from '../support/receiver-bench.ts';
import { settled } from '../support/settled.ts';
import { MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

const CANARY = 'canary@acme.example';
const WORDS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    'null',
    'true',
    '1e999',
    '-0',
    '01',
    '\\ud800',
    '\\u0000',
    '\ud800',
    '9'.repeat(400),
  ],
  ...[
    '"objectId"',
    '"subscriptionType"',
    '"contact.privacyDeletion"',
    '"__proto__":{"polluted":true},',
    '"data"',
    '"vid"',
    CANARY,
    ...INHERITED,
  ],
];
const DELIVERY = [
  event(101, { propertyValue: CANARY }),
  event(102, {
    subscriptionType: 'contact.merge',
    primaryObjectId: 103,
    newObjectId: 104,
    mergedObjectIds: [105, 106],
  }),
  event(107, {
    subscriptionType: 'object.associationChange',
    fromObjectId: 107,
    fromObjectTypeId: '0-1',
    toObjectId: 9,
  }),
  event(108, { subscriptionType: 'contact.privacyDeletion' }),
];
const CONTACT = { vid: 101, 'portal-id': 1, properties: { email: { value: CANARY }, hs_object_id: { value: '101' } } };
const FORM = {
  type: 'form.submitted',
  timestamp: new Date(MONDAY - SECOND).toISOString(),
  data: { form: 'demo-request', email: CANARY },
};
const FORMS = ['demo-request', 'constructor', 'newsletter'];

/** Bodies that are nearly this one, and bodies that are nothing like it. */
function bodiesLike(content: unknown): fc.Arbitrary<string | Buffer> {
  const words = ['contact.deletion', 'object.deletion', '0-1', 'contact', 'demo-request', CANARY, ...INHERITED];
  const values = oddValue(fc.oneof(fc.constantFrom(...words), oddText(WORDS, 60)));
  const changed = replacedPart(content, fc.oneof(values, oddNumber)).map((value) => JSON.stringify(value));
  return fc.oneof(
    { weight: 4, arbitrary: changed },
    {
      weight: 3,
      arbitrary: mangled(fc.constant(JSON.stringify(content)), fc.oneof(fc.constantFrom(...WORDS), oddText(WORDS, 60))),
    },
    { weight: 2, arbitrary: oddText(WORDS, 20_000) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  );
}

/** Answered so, the sender knows that it is taken, or that it never will be. */
const DONE = [204, 400];

async function expectDone(
  bench: { readonly lines: readonly string[] },
  send: () => Promise<Response>,
  contents: () => Promise<unknown>,
) {
  const first = await settled(send);
  expect(DONE).toContain(first.status);
  expect(await first.text()).not.toContain(CANARY);
  const held = await contents();
  const second = await settled(send);
  await second.arrayBuffer();
  expect(second.status).toBe(first.status);
  expect(await contents()).toEqual(held);
  expect(bench.lines.join('\n')).not.toMatch(/canary/);
  expect('polluted' in {}).toBe(false);
}

describe('whatever is signed rightly, its sender is answered, and the same again changes nothing', () => {
  test('events of HubSpot', async () => {
    const bench = await createReceiverBench(redis);
    const contents = async () => [await bench.dirty(), await listDeadLetters(bench.space)];
    await fuzzAsync(bodiesLike(DELIVERY), (body) => expectDone(bench, () => bench.send(undefined, { body }), contents));
  });

  test('a workflow of HubSpot', async () => {
    const bench = await createReceiverBench(redis);
    const path = '/webhooks/hubspot/workflow';
    await fuzzAsync(bodiesLike(CONTACT), (body) =>
      expectDone(bench, () => bench.send(undefined, { body, path }), bench.dirty),
    );
  });

  test('forms of a site', async () => {
    const secret = `whsec_${Buffer.alloc(32, 'a').toString('base64')}`;
    const bench = await createReceiverBench(redis, { form: { secrets: [secret], forms: FORMS } });
    const ids = fc.string({ unit: fc.constantFrom(...'abc-_.1'), minLength: 1, maxLength: 20 });
    await fuzzAsync(fc.tuple(bodiesLike(FORM), ids), ([given, id]) => {
      const body = given.toString();
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(MONDAY / SECOND),
        'webhook-signature': new Webhook(secret).sign(id, new Date(MONDAY), body),
      };
      return expectDone(
        bench,
        () => bench.post('/webhooks/form', body, headers),
        () => readExpected(bench.space),
      );
    });
  });
});

test.each([
  ['a list', [event(1, { mergedObjectIds: { length: { toString: 1 } } })]],
  ['a number', [event(1, { objectId: { valueOf: 1 } })]],
  ['a name', [event(1, { subscriptionType: { toString: 1, endsWith: 'x' } })]],
  ['an event', JSON.parse('[{ "toString": 1, "length": {}, "then": {}, "toJSON": {} }]')],
  ['its parts', JSON.parse('[{ "__proto__": { "objectId": 7, "subscriptionType": "contact.creation" } }]')],
])('keys in place of %s, called as what all objects have, are one malformed event', async (_, events) => {
  const bench = await createReceiverBench(redis);
  expect((await settled(() => bench.send(events))).status).toBe(204);
  expect(await bench.dirty()).toEqual([]);
  expect(await listDeadLetters(bench.space)).toHaveLength(1);
});

describe('what a body says is told the same way twice, in ids that can stand in a key', () => {
  const told = (body: string | Buffer) => parseJson(Buffer.from(body));

  test('of an event', () => {
    fuzz(
      bodiesLike(DELIVERY),
      (body) => {
        const [content, again] = [told(body), told(body)];
        if (!Array.isArray(content) || !Array.isArray(again)) return;
        for (const [index, raw] of content.entries()) {
          const parsed = parseHubspotEvent(raw);
          expect(parseHubspotEvent(again[index])).toEqual(parsed);
          if (parsed === 'not ours') continue;
          if ('malformed' in parsed) expect(parsed.malformed).not.toContain(CANARY);
          else for (const id of parsed.leadIds) expect(id).toMatch(/^\d{1,20}$/);
        }
      },
      { share: 5 },
    );
  });

  test('of a workflow', () => {
    fuzz(
      bodiesLike(CONTACT),
      (body) => {
        const parsed = parseWorkflowContact(told(body));
        expect(parseWorkflowContact(told(body))).toEqual(parsed);
        if ('malformed' in parsed) expect(parsed.malformed).not.toContain(CANARY);
        else expect(parsed.leadId).toMatch(/^\d{1,20}$/);
      },
      { share: 5 },
    );
  });

  test('of a form', () => {
    fuzz(
      bodiesLike(FORM),
      (body) => {
        const parsed = parseFormSubmitted(told(body), FORMS);
        expect(parseFormSubmitted(told(body), FORMS)).toEqual(parsed);
        if ('malformed' in parsed) return expect(parsed.malformed).not.toContain(CANARY);
        expect(FORMS).toContain(parsed.form);
        expect(parsed.sentAt).not.toBeNaN();
      },
      { share: 5 },
    );
  });
});
