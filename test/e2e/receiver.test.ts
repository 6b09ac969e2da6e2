import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../src/base/clock.ts';
import { hashEmail } from '../../src/leads/email.ts';
import { addActivities } from '../../src/ledger/activities.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { settle, takeDirty } from '../../src/ledger/dirty.ts';
import { saveStates } from '../../src/ledger/lead-state.ts';
import { mastersOf } from '../../src/ledger/redis-client.ts';
import { createPortal, startSandbox } from '../../src/sandbox/sandbox.ts';
import { isSignedByHubspot } from '../../src/webhooks/hubspot-signature.ts';
import { contentsOf, createReceiverBench, event, SECRET, startStoppableRedis } from '../support/receiver-bench.ts';
import { keysLike } from '../support/redis-keys.ts';
import { createTestClock, MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

describe('the signature', () => {
  test('of HubSpot’s own example is accepted', () => {
    const request = {
      method: 'POST',
      uri: 'https://www.example.com/webhook_uri',
      body: Buffer.from("{'example_field':'example_value'}"),
      timestamp: '1693657560000',
      signature: 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
    };
    const secrets = ['yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'];
    expect(isSignedByHubspot(request, secrets, 1_693_657_560_000)).toBe(true);
    expect(isSignedByHubspot({ ...request, method: 'PUT' }, secrets, 1_693_657_560_000)).toBe(false);
    expect(isSignedByHubspot(request, [], 1_693_657_560_000)).toBe(false);
  });

  test('a signed delivery is acknowledged without a body, and its lead is to be scored', async () => {
    const bench = await createReceiverBench(redis);
    const answer = await bench.send([event(101)]);
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe('');
    expect(await bench.dirty()).toEqual(['101']);
    expect(await bench.waiting('score')).toBe(1);
  });

  test('a body that was serialised anew is refused, and no job is made', async () => {
    const bench = await createReceiverBench(redis);
    const signedBody = JSON.stringify([event(101)]);
    const body = signedBody.replace(',', ', ');
    expect((await bench.send(undefined, { body, signedBody })).status).toBe(401);
    expect(await bench.dirty()).toEqual([]);
    expect(await bench.waiting('score')).toBe(0);
    expect((await bench.send(undefined, { body: signedBody, signedBody })).status).toBe(204);
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['short', 'K36d'],
    ['no base64', '****'],
    ['long', 'A'.repeat(5_000)],
    ['of the right length', Buffer.alloc(32).toString('base64')],
  ])('a signature that is %s is refused', async (_, signature) => {
    const bench = await createReceiverBench(redis);
    expect((await bench.send([event(101)], { signature })).status).toBe(401);
    expect(await bench.dirty()).toEqual([]);
  });

  test.each([
    ['five minutes old, less a second', MONDAY - 299 * SECOND, 204],
    ['over five minutes old', MONDAY - 301 * SECOND, 401],
    ['five minutes ahead, less a second', MONDAY + 299 * SECOND, 204],
    ['over five minutes ahead', MONDAY + 301 * SECOND, 401],
    ['no number', 'yesterday', 401],
    ['negative', -MONDAY, 401],
    ['empty', '', 401],
  ])('a timestamp that is %s is answered as it must be', async (_, timestamp, status) => {
    const bench = await createReceiverBench(redis);
    expect((await bench.send([event(101)], { timestamp: String(timestamp) })).status).toBe(status);
  });

  test.each([
    ['is not there', { signature: '' }, 'it is not signed: it has no X-HubSpot-Signature-v3'],
    ['is old', { timestamp: String(MONDAY - 301 * SECOND) }, 'its time is more than five minutes from now'],
    ['is by another secret', { secret: 'removed' }, 'the signature does not fit'],
  ])('that %s is refused with this reason', async (_, sent, reason) => {
    const bench = await createReceiverBench(redis);
    expect(await (await bench.send([event(101)], sent)).json()).toEqual({ error: expect.stringContaining(reason) });
  });

  test('while one secret replaces the other both are good, and one that was removed is not', async () => {
    const bench = await createReceiverBench(redis, { secrets: ['old', 'new'] });
    expect((await bench.send([event(1)], { secret: 'old' })).status).toBe(204);
    expect((await bench.send([event(2)], { secret: 'new' })).status).toBe(204);
    expect((await bench.send([event(3)], { secret: 'removed' })).status).toBe(401);
    expect(await bench.dirty()).toEqual(['1', '2']);
  });

  test('without a secret nothing is accepted', async () => {
    const bench = await createReceiverBench(redis, { secrets: [] });
    expect((await bench.send([event(1)], { secret: '' })).status).toBe(401);
  });

  test('behind a proxy it is over the public address', async () => {
    const bench = await createReceiverBench(redis, { publicUrl: 'https://leads.example.com/in' });
    const forwarded = { 'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': 'https' };
    expect((await bench.send([event(1)], { headers: forwarded })).status).toBe(204);
    const signedUri = `${bench.receiver.url}/webhooks/hubspot`;
    expect((await bench.send([event(2)], { signedUri, headers: forwarded })).status).toBe(401);
    expect(await bench.dirty()).toEqual(['1']);
  });

  test('some escapes in the address are signed undone, others as they stand', async () => {
    const bench = await createReceiverBench(redis);
    const path = '/webhooks/hubspot?a=%3a%2F%3F%40%21%24%27%28%29%2A%2C%3B&b=%20%25';
    const signedUri = `${bench.receiver.url}/webhooks/hubspot?a=:/?@!$'()*,;&b=%20%25`;
    expect((await bench.send([event(1)], { path, signedUri })).status).toBe(204);
    expect((await bench.send([event(2)], { path, signedUri: bench.receiver.url + path })).status).toBe(401);
  });

  test('who fails too often is held up, and HubSpot is not', async () => {
    const bench = await createReceiverBench(redis);
    const statuses = new Set<number>();
    for (let sent = 0; sent < 62; sent += 1) statuses.add((await bench.send([], { signature: 'no' })).status);
    expect([...statuses]).toEqual([401, 429]);
    expect((await bench.send([event(1)])).status).toBe(204);
  });
});

describe('what cannot be read', () => {
  test('5 MB are refused unread', async () => {
    const bench = await createReceiverBench(redis);
    expect((await bench.send(undefined, { body: Buffer.alloc(5_000_000, ' ') })).status).toBe(413);
  });

  test('a gzip bomb is refused without being unpacked', async () => {
    const bench = await createReceiverBench(redis);
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    const before = process.memoryUsage().arrayBuffers;
    expect((await bench.send(undefined, { body: bomb, headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])('%s is refused', async (type) => {
    const bench = await createReceiverBench(redis);
    expect((await bench.send([event(1)], { headers: { 'content-type': type } })).status).toBe(415);
  });

  test.each([
    ['10,000 nested arrays', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['an event beside 10,000 nested arrays', `[{"objectId":1},${'['.repeat(10_000)}${']'.repeat(10_000)}]`],
    ['a million brackets that never close', '['.repeat(1_000_000)],
    ['an object', '{"objectId":1}'],
    ['half a body', '[{"objectId":1'],
    ['no entry that is an object', '[1,null,"text"]'],
    ['bytes that are no text', randomBytes(500)],
    ['null', 'null'],
  ])('%s is refused even where it is signed', async (_, body) => {
    const bench = await createReceiverBench(redis);
    expect((await bench.send(undefined, { body })).status).toBe(400);
    expect(await listDeadLetters(bench.space)).toEqual([]);
  });

  test('of a hundred events one malformed becomes one dead letter with its reason, the others are taken', async () => {
    const bench = await createReceiverBench(redis);
    const events = Array.from({ length: 100 }, (_, index) => event(index + 1));
    events[41] = event(42, { objectId: 'ada@example.com' });
    expect((await bench.send(events)).status).toBe(204);
    expect((await bench.dirty()).length).toBe(99);
    const letters = await listDeadLetters(bench.space);
    expect(letters).toEqual([
      {
        id: expect.stringMatching(/^webhook-/),
        reason: expect.stringContaining('its objectId is unusable'),
        at: MONDAY,
      },
    ]);
    expect(JSON.stringify([letters, bench.lines])).not.toContain('ada@');

    const again = events.map((one) => ({ ...one, attemptNumber: 1 }));
    expect((await bench.send(again)).status).toBe(204);
    expect((await listDeadLetters(bench.space)).length).toBe(1);
  });

  test('nothing of a delivery is in the logs', async () => {
    const bench = await createReceiverBench(redis);
    await bench.send([event(1, { propertyValue: 'canary@example.com' }), { canary: 'canary' }]);
    await bench.send([event(2, { propertyValue: 'canary@example.com' })], { signature: 'canary' });
    await bench.send([{ objectId: 'canary@example.com' }], { path: '/webhooks/hubspot?canary=canary@example.com' });
    expect(bench.lines.join()).not.toMatch(/canary/);
    expect(JSON.stringify(await contentsOf(bench.space.redis))).not.toMatch(/canary/);
  });
});

describe('what HubSpot tells', () => {
  test('the same event ten times at once and again later has one effect', async () => {
    const bench = await createReceiverBench(redis);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, attemptNumber) => bench.send([event(101, { attemptNumber })])),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    await settle(bench.space, await takeDirty(bench.space, 10, MONDAY), MONDAY);
    await bench.clock.advance(4 * MINUTE);
    expect((await bench.send([event(101)])).status).toBe(204);
    expect(await bench.dirty()).toEqual([]);
    expect(await bench.waiting('score')).toBe(1);
  });

  test('an event id that HubSpot uses twice does not hide another event', async () => {
    const bench = await createReceiverBench(redis);
    await bench.send([event(101)]);
    await settle(bench.space, await takeDirty(bench.space, 10, MONDAY), MONDAY);
    await bench.send([event(101, { occurredAt: MONDAY }), event(102)]);
    expect(await bench.dirty()).toEqual(['101', '102']);
  });

  test('the order of the events does not matter', async () => {
    const bench = await createReceiverBench(redis);
    const events = [event(1), event(1, { occurredAt: MONDAY, propertyValue: 'CEO' }), event(2), event(3)];
    await bench.send(events);
    const forward = await bench.dirty();
    await redis.flush();
    await bench.send(events.toReversed());
    expect(await bench.dirty()).toEqual(forward);
  });

  test('an event whose type stands in eventType counts as well, and the newer object events do', async () => {
    const bench = await createReceiverBench(redis);
    await bench.send([
      event(1, { subscriptionType: undefined, eventType: 'contact.creation' }),
      event(2, { subscriptionType: 'object.propertyChange', objectTypeId: '0-1' }),
    ]);
    expect(await bench.dirty()).toEqual(['1', '2']);
  });

  test('what is about no contact is acknowledged and left alone', async () => {
    const bench = await createReceiverBench(redis);
    const answer = await bench.send([
      event(1, { subscriptionType: 'company.creation' }),
      event(2, { subscriptionType: 'object.creation', objectTypeId: '0-2' }),
      // Whose people these are is not known without asking HubSpot: the poll of changed companies finds them.
      event(3, { subscriptionType: 'company.propertyChange', propertyName: 'numberofemployees' }),
      event(4, { subscriptionType: 'object.propertyChange', objectTypeId: '0-2', propertyName: 'industry' }),
    ]);
    expect(answer.status).toBe(204);
    expect((await bench.send([])).status).toBe(204);
    expect(await bench.dirty()).toEqual([]);
    expect(await bench.waiting('score')).toBe(0);
  });

  test.each([
    ['contact.associationChange', { fromObjectId: 1, toObjectId: 7, associationType: 'CONTACT_TO_COMPANY' }, ['1']],
    [
      'contact.associationChange',
      { fromObjectId: 1, toObjectId: 2, associationType: 'CONTACT_TO_CONTACT' },
      ['1', '2'],
    ],
    ['company.associationChange', { fromObjectId: 7, toObjectId: 1, associationType: 'COMPANY_TO_CONTACT' }, ['1']],
    ['company.associationChange', { fromObjectId: 7, toObjectId: 8, associationType: 'COMPANY_TO_DEAL' }, []],
    [
      'object.associationChange',
      { fromObjectId: 1, fromObjectTypeId: '0-1', toObjectId: 7, toObjectTypeId: '0-2' },
      ['1'],
    ],
    [
      'object.associationChange',
      { fromObjectId: 7, fromObjectTypeId: '0-2', toObjectId: 1, toObjectTypeId: '0-1' },
      ['1'],
    ],
    [
      'object.associationChange',
      { fromObjectId: 7, fromObjectTypeId: '0-2', toObjectId: 8, toObjectTypeId: '0-3' },
      [],
    ],
  ])('%s %j has the contacts at its ends looked at again', async (subscriptionType, association, contacts) => {
    const bench = await createReceiverBench(redis);
    const about = { subscriptionType, objectId: undefined, propertyName: undefined, associationRemoved: false };
    expect((await bench.send([event(0, { ...about, ...association })])).status).toBe(204);
    expect(await bench.dirty()).toEqual(contacts);
    expect(await listDeadLetters(bench.space)).toEqual([]);
  });

  test('an association that names no contact where one must be is a dead letter', async () => {
    const bench = await createReceiverBench(redis);
    await bench.send([event(1, { subscriptionType: 'contact.associationChange', objectId: undefined })]);
    expect((await listDeadLetters(bench.space))[0]?.reason).toContain('it names no contact');
  });

  test('all records of a merge are looked at again', async () => {
    const bench = await createReceiverBench(redis);
    const merge = { primaryObjectId: 1, mergedObjectIds: [2, 3], newObjectId: 4, numberOfPropertiesMoved: 7 };
    await bench.send([event(4, { subscriptionType: 'contact.merge', propertyName: undefined, ...merge })]);
    expect(await bench.dirty()).toEqual(['1', '2', '3', '4']);
  });

  test('a deleted contact is looked at again, to be forgotten by whoever finds it gone', async () => {
    const bench = await createReceiverBench(redis);
    await bench.send([event(1, { subscriptionType: 'contact.deletion', propertyName: undefined })]);
    expect(await bench.dirty()).toEqual(['1']);
  });

  test('a privacy deletion erases all that the person did, also under addresses and former ids, before it is acknowledged', async () => {
    const bench = await createReceiverBench(redis);
    const { space } = bench;
    const people = [{ leadId: '1' }, { leadId: '7' }, { email: 'ada@example.com' }, { email: 'ada@home.example' }];
    const others = [{ leadId: '2' }, { email: 'eve@example.com' }];
    const activity = { id: 'v1', type: 'page-view', at: MONDAY - DAY } as const;
    const entries = [...people, ...others].map((person) => ({ person, activity }));
    await addActivities(space, entries, { now: MONDAY, keep: 30 * DAY });
    const emailHashes = ['ada@example.com', 'ada@home.example'].map(hashEmail);
    const unscored = { askedRules: [], passedOverBy: [], heldRules: [] };
    await saveStates(space, [{ id: '1', emailHashes, formerIds: ['7'], ...unscored }], { now: MONDAY, keep: DAY });

    const deletion = event(1, { subscriptionType: 'contact.deletion', propertyName: undefined });
    const privacy = event(1, { subscriptionType: 'contact.privacyDeletion', propertyName: undefined });
    expect((await bench.send([deletion, privacy])).status).toBe(204);

    const left = await keysLike(space.redis, '*ledger*');
    expect(left.toSorted()).toEqual(
      [space.key('ledger', '2'), space.personKey(hashEmail('eve@example.com'))].toSorted(),
    );
    expect(await space.redis.exists(space.key('lead', '1'))).toBe(0);
  });

  test('a sent form, which has no webhook of its own, wakes the hot poll', async () => {
    const bench = await createReceiverBench(redis);
    await bench.send([event(1)]);
    expect(await bench.waiting('hot-poll')).toBe(0);
    await bench.send([event(1, { propertyName: 'recent_conversion_date', propertyValue: String(MONDAY) })]);
    expect(await bench.waiting('hot-poll')).toBe(1);
  });

  test('forms that many send at the same time are asked for at once, and once more soon after', async () => {
    const bench = await createReceiverBench(redis);
    const sent = { propertyName: 'recent_conversion_date', propertyValue: String(MONDAY) };
    for (let id = 1; id <= 20; id += 1) await bench.send([event(id, { ...sent, eventId: id })]);
    expect(await bench.dirty()).toHaveLength(20);
    expect([await bench.waiting('hot-poll'), await bench.delayed('hot-poll')]).toEqual([1, 1]);
  });

  test('many deletions in one delivery hold up no other event of it', async () => {
    const bench = await createReceiverBench(redis);
    const privacy = { subscriptionType: 'contact.privacyDeletion', propertyName: undefined };
    const deletions = Array.from({ length: 40 }, (_, index) => event(index + 1, { ...privacy, eventId: index + 1 }));
    const saved = deletions.map((_, index) => ({
      ...{ id: String(index + 1), emailHashes: [hashEmail(`p${index}@acme.example`)], formerIds: [] },
      ...{ askedRules: [], passedOverBy: [], heldRules: [] },
    }));
    await saveStates(bench.space, saved, { now: MONDAY, keep: DAY });
    expect((await bench.send([...deletions, event(99, { eventId: 99 })])).status).toBe(204);
    expect(await keysLike(bench.space.redis, '*:lead:*')).toEqual([]);
    expect(await bench.dirty()).toHaveLength(41);
  });

  test('a person who cannot be erased now holds up nobody else of the delivery, and is erased when it comes again', async () => {
    const bench = await createReceiverBench(redis);
    const { space } = bench;
    const privacy = { subscriptionType: 'contact.privacyDeletion', propertyName: undefined };
    const deletions = Array.from({ length: 25 }, (_, index) => event(index + 1, { ...privacy, eventId: index + 1 }));
    const hashes = deletions.map((_, index) => hashEmail(`p${index}@acme.example`));
    const saved = hashes.map((hash, index) => ({
      ...{ id: String(index + 1), emailHashes: [hash], formerIds: [] },
      ...{ askedRules: [], passedOverBy: [], heldRules: [] },
    }));
    await saveStates(space, saved, { now: MONDAY, keep: DAY });
    // As if the master that has this person's key were away.
    const broken = space.personRecordsKey(hashes[0] ?? '');
    await space.redis.set(broken, 'no hash');
    const form = event(98, { propertyName: 'recent_conversion_date', eventId: 98 });
    const delivery = [...deletions, form, event(99, { eventId: 99 })];

    expect((await bench.send(delivery)).status).toBe(503);
    expect(await keysLike(space.redis, '*:lead:*')).toEqual([space.key('lead', '1')]);
    const others = delivery.map(({ objectId }) => String(objectId)).filter((id) => id !== '1');
    expect(await bench.dirty()).toEqual(others.toSorted());
    expect([await bench.waiting('hot-poll'), await bench.waiting('score')]).toEqual([1, 1]);
    expect(await bench.delayed('score')).toBe(1);

    await space.redis.del(broken);
    expect((await bench.send(delivery)).status).toBe(204);
    expect(await keysLike(space.redis, '*:lead:*')).toEqual([]);
    expect(await bench.dirty()).toEqual(['1', ...others].toSorted());
  });

  test('a hot poll that cannot be asked for now does not keep anybody from being scored', async () => {
    const bench = await createReceiverBench(redis);
    await bench.space.redis.set(bench.space.key('turns', 'hubspot-hot-poll'), 'no turns');
    const form = event(1, { propertyName: 'recent_conversion_date' });
    expect((await bench.send([form, event(2)])).status).toBe(503);
    expect([await bench.waiting('score'), await bench.delayed('score')]).toEqual([1, 1]);
  });
});

describe('with Redis away', () => {
  test('the sender is told to come again, and its retry succeeds', async () => {
    const own = await startStoppableRedis();
    const bench = await createReceiverBench(own);
    await own.stop();
    const began = performance.now();
    const refused = await bench.send([event(101)]);
    expect(refused.status).toBe(503);
    expect(performance.now() - began).toBeLessThan(SECOND);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect((await fetch(`${bench.receiver.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${bench.receiver.url}/healthz`)).status).toBe(200);

    await own.restart();
    while ((await fetch(`${bench.receiver.url}/readyz`)).status !== 200);
    expect((await bench.send([event(101, { attemptNumber: 1 })])).status).toBe(204);
    expect(await bench.dirty()).toEqual(['101']);
    expect(await bench.waiting('score')).toBe(1);
  });
});

describe('the other addresses', () => {
  test('only POST is taken, and nothing else is there', async () => {
    const { receiver } = await createReceiverBench(redis);
    const get = await fetch(`${receiver.url}/webhooks/hubspot`);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await fetch(`${receiver.url}/webhooks/hubspot`, { method: 'PUT', body: '[]' })).status).toBe(405);
    for (const path of ['/', '/webhooks/salesforce', '/metrics', '/%E0%A4%A', '/../etc/passwd']) {
      expect((await fetch(receiver.url + path)).status).toBeGreaterThanOrEqual(400);
    }
    expect((await fetch(`${receiver.url}/nothing`)).status).toBe(404);
    expect(get.headers.get('x-powered-by')).toBeNull();
  });

  test('/healthz answers while the process lives, /readyz until it is to stop', async () => {
    const { receiver } = await createReceiverBench(redis);
    expect(await (await fetch(`${receiver.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${receiver.url}/readyz`)).json()).toEqual({ status: 'ok' });
    receiver.drain();
    const answer = await fetch(`${receiver.url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([503, { reason: 'the process is stopping' }]);
    expect((await fetch(`${receiver.url}/healthz`)).status).toBe(200);
  });

  test.skipIf(redis.kind === 'embedded')('/readyz fails on a Redis that evicts, and says why', async () => {
    const { receiver, space } = await createReceiverBench({ url: redis.url, kind: 'url' });
    const [node] = await mastersOf(space.redis);
    await node?.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const evicting = await fetch(`${receiver.url}/readyz`);
    await node?.config('SET', 'maxmemory-policy', 'noeviction');
    expect(evicting.status).toBe(503);
    expect(await evicting.json()).toEqual({ reason: expect.stringContaining('allkeys-lru, set it to noeviction') });
    expect((await fetch(`${receiver.url}/readyz`)).status).toBe(200);
  });
});

test('what the sandbox signs and sends is accepted end to end', async () => {
  const bench = await createReceiverBench(redis);
  const sandbox = await startSandbox({
    portal: createPortal({ clock: createTestClock(), now: MONDAY }),
    webhooks: { url: `${bench.receiver.url}/webhooks/hubspot`, secret: SECRET, flushMs: 0, backoffMs: () => 0 },
  });
  onTestFinished(() => sandbox.close());
  const { id } = sandbox.people.createContact({ email: 'ada@acme.example' });
  const { contact } = sandbox.people.submitForm('demo', { email: 'bo@acme.example' });
  await sandbox.webhooks?.settled();
  expect(sandbox.webhooks?.deliveries.map(({ status }) => status)).not.toContain(401);
  expect(sandbox.webhooks?.deliveries.at(-1)?.status).toBe(204);
  expect(await bench.dirty()).toEqual([id, contact.id].toSorted());
  expect(await bench.waiting('hot-poll')).toBe(1);
  expect(await listDeadLetters(bench.space)).toEqual([]);
});
