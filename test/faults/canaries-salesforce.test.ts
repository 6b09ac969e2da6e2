import { expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import type { Log } from '../../src/base/log.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
import { DEMO_CLIENT, type Fault } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { resume } from '../../src/sync/unless-paused.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { contentsOf } from '../support/receiver-bench.ts';
import { createTestClock, daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { startWorldWorkers } from '../support/world-workers.ts';

const redis = await startTestRedis();
const POLLS = ['pull-leads', 'pull-activities', 'score', 'hot-poll', 'due'];

const EMAIL = 'canary@acme-canary.example';
const TOKEN = '00Dcanary!AQcanary0123456789';
const MESSAGE = `${EMAIL} is not valid: SELECT Id FROM Lead WHERE Email = '${EMAIL}', Bearer ${TOKEN}`;
const problem = (errorCode: string) => [{ errorCode, message: MESSAGE, fields: [EMAIL] }];
const READ = { path: '/services/data/', kind: 'read' } as const;
const WRITE = { path: /\/composite$/, kind: 'write' } as const;
const FAULTS: readonly Fault[] = [
  { ...READ, status: 500, body: problem('UNKNOWN_EXCEPTION'), times: 3 },
  { ...READ, status: 200, body: `{"records":[{"Email":"${EMAIL}"`, times: 3 },
  { ...READ, status: 400, body: problem('MALFORMED_QUERY'), times: 1 },
  { ...WRITE, status: 400, body: problem('FIELD_CUSTOM_VALIDATION_EXCEPTION'), times: 1 },
  { ...WRITE, status: 403, body: problem('REQUEST_LIMIT_EXCEEDED'), times: 1 },
  { path: /\/sobjects\/Task/, status: 400, body: problem('FIELD_CUSTOM_VALIDATION_EXCEPTION'), times: 1 },
  { path: '/services/data/', status: 401, body: problem('INVALID_SESSION_ID'), times: 2 },
];

it('an e-mail address and a session in a record, an error and an outbound message of Salesforce get into no log, job, dead letter or key', async () => {
  const lines: string[] = [];
  const say = (message: string, facts?: object) => void lines.push(`${message} ${JSON.stringify(facts ?? {})}`);
  // Before anything is taken out of them: what is redacted must not have been there in the first place.
  const log: Log = { debug: say, info: say, warn: say, error: say };
  const clock = createTestClock({ start: daysAhead() });
  const world = await openOrgWorld(redis, { clock, log, webhooks: true });
  const { people, faults, org, outbound } = world.sandbox;
  const { space } = world.connection;
  const names = { FirstName: 'Canary', LastName: 'Canary', Phone: '+1 555 canary', Street: 'Canary Street 1' };
  const fitting = { Title: 'Head of Sales', Company: 'Acme', Country: 'Germany', NumberOfEmployees: 700 };
  const { id } = people.createLead({ ...fitting, ...names, Email: EMAIL });
  const bad = people.createLead({ ...names, Email: 'canary@gmail.com', City: 'Nowhere' }).id;
  // A rule of the org then refuses this one, and names it.
  org.validationRules = [{ type: 'Lead', message: MESSAGE, refuses: (lead) => lead.get('City') === 'Nowhere' }];
  await world.backfill();
  const workers = startWorldWorkers(redis, world);
  const inRedis: unknown[] = [];
  let met = 0;
  for (const fault of FAULTS) {
    await clock.advance(HOUR);
    people.change(id, { Title: `Director ${met}`, Description: `I am Canary, ${EMAIL}` });
    // Each time somebody else, as nobody gets two tasks.
    people.respond(
      'Request a demo',
      people.createLead({ ...fitting, ...names, Email: `canary.${met}@acme.example` }).id,
    );
    people.logCall(id, { result: EMAIL });
    people.logEmail(id, { incoming: true });
    await outbound?.settled();
    await markDirty(space, [bad], clock.now());
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
  expect((await listDeadLetters(space)).map((letter) => letter.id)).toContain(bad);
  expect(lines.length).toBeGreaterThan(FAULTS.length);
  const left = JSON.stringify([lines, inRedis, await contentsOf(space.redis)]);
  expect(left.match(/.{0,60}canary.{0,60}/gi)).toBeNull();
  expect(left).not.toContain(DEMO_CLIENT.clientSecret);
}, 90_000);
