import { expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/clock.ts';
import type { Log } from '../../src/base/log.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
import { DEMO_TOKEN, type Fault } from '../../src/sandbox/sandbox.ts';
import { resume } from '../../src/sync/unless-paused.ts';
import { acceptHubspot } from '../../src/webhooks/accept-hubspot.ts';
import { addProspect, tasksOf } from '../support/people.ts';
import { contentsOf, event } from '../support/receiver-bench.ts';
import { createTestClock, daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';
import { startWorldWorkers } from '../support/world-workers.ts';

const redis = await startTestRedis();
const CONTACTS = '/crm/objects/2026-09/contacts';
const POLLS = ['pull-leads', 'pull-activities', 'score', 'hot-poll', 'due'];

const EMAIL = 'canary@acme-canary.example';
const TOKEN = 'pat-na1-canary-0123456789';
const TOLD = { message: `${EMAIL} is not valid, Bearer ${TOKEN}`, code: EMAIL, context: { email: [EMAIL] } };
const PROBLEM = { status: 'error', category: 'VALIDATION_ERROR', ...TOLD, errors: [TOLD] };
const FAULTS: readonly Fault[] = [
  { path: `${CONTACTS}/batch/read`, status: 500, body: PROBLEM, times: 3 },
  { path: `${CONTACTS}/batch/read`, status: 200, body: `{"results":[{"id":"${EMAIL}"`, times: 3 },
  { path: `${CONTACTS}/batch/update`, status: 400, body: PROBLEM, times: 1 },
  { path: '/crm/objects/2026-09/tasks', status: 400, body: PROBLEM, times: 1 },
  { path: '/form-integrations', status: 404, body: PROBLEM, times: 2 },
  { path: `${CONTACTS}/search`, status: 429, body: { ...PROBLEM, policyName: EMAIL }, times: 1 },
  {
    path: '/events',
    status: 403,
    body: { ...PROBLEM, errors: [{ ...TOLD, context: { requiredScopes: [EMAIL] } }] },
    times: 1,
  },
  { path: `${CONTACTS}/search`, status: 401, body: PROBLEM, times: 1 },
];

it('an e-mail address and a token in a record, a page address, an error and a webhook get into no log, job, dead letter or key', async () => {
  const lines: string[] = [];
  const say = (message: string, facts?: object) => void lines.push(`${message} ${JSON.stringify(facts ?? {})}`);
  // Before anything is taken out of them: what is redacted must not have been there in the first place.
  const log: Log = { debug: say, info: say, warn: say, error: say };
  const clock = createTestClock({ start: daysAhead() });
  const world = await openTestWorld(redis, { clock, log, webhooks: true });
  const { people, faults, portal } = world.sandbox;
  const { space } = world.connection;
  const names = { firstname: 'Canary', lastname: 'Canary', phone: '+1 555 canary' };
  const { contact } = addProspect(world, 'canary', names);
  const bad = people.createContact({ email: 'canary@gmail.com', ...names });
  // HubSpot then refuses whom our flag is for, and names them.
  const flags = portal.properties.get('leadgauge_flags');
  if (flags !== undefined) flags.options = flags.options.filter(({ value }) => value !== 'personal-email');
  await world.backfill();
  const workers = startWorldWorkers(redis, world);
  const inRedis: unknown[] = [];
  let met = 0;
  for (const fault of FAULTS) {
    const url = `/pricing?email=${encodeURIComponent(EMAIL)}&token=${TOKEN}#${EMAIL}`;
    people.visit(contact.id, url);
    people.update(contact.id, { jobtitle: `Director ${met}` });
    people.submitForm('demo', { email: EMAIL, message: 'I am Canary', phone: '+1 555 canary' });
    await acceptHubspot(world.connection, [event(Number(contact.id), { propertyValue: EMAIL }), { [EMAIL]: TOKEN }]);
    await markDirty(space, [bad.id], clock.now());
    faults.add(fault);
    for (let turn = 0; turn < 3; turn += 1) {
      await clock.advance(turn === 0 ? 20 * SECOND : MINUTE);
      await workers.run(...POLLS);
      await workers.runDue();
    }
    inRedis.push(await contentsOf(space.redis));
    await resume(world.connection);
    met += 1;
  }
  await workers.close();

  expect(faults.list().map(({ left }) => left)).toEqual(FAULTS.map(() => 0));
  expect(tasksOf(world, contact).length).toBeGreaterThan(0);
  const letters = (await listDeadLetters(space)).map(({ id }) => id);
  // The task that was refused once waits for a person.
  expect(letters.sort()).toEqual([contact.id, bad.id, expect.stringMatching(/^webhook-/)]);
  expect(lines.length).toBeGreaterThan(FAULTS.length);
  const left = JSON.stringify([lines, inRedis, await contentsOf(space.redis)]);
  expect(left.match(/.{0,60}canary.{0,60}/gi)).toBeNull();
  expect(left).not.toContain(DEMO_TOKEN);
}, 60_000);
