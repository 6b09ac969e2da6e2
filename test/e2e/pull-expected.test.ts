import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { readExpected, readMissed } from '../../src/ledger/expected.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { pullExpected } from '../../src/sync/pull-expected.ts';
import { acceptForm } from '../../src/webhooks/accept-form.ts';
import { addProspect, asksForDemo, tasksOf } from '../support/people.ts';
import { contentsOf } from '../support/receiver-bench.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const SUBMISSIONS = /^\/form-integrations\/v1\/submissions/;

/** A portal whose leads are scored, a site that tells of its forms, and a worker that looks when it was asked to. */
async function openBench({ scored = true } = {}) {
  const world = await openTestWorld(redis);
  const person = addProspect(world);
  if (scored) await world.backfill();
  const { clock, sandbox } = world;
  sandbox.requests.clear();
  const began = clock.now();
  const lines: string[] = [];
  let wakeAt: number | undefined;
  const connection: Connection = {
    ...world.connection,
    log: { ...silentLog, warn: (message, facts) => lines.push(`${message} ${JSON.stringify(facts)}`) },
    wake: async (job, { delay } = { delay: 0 }) => {
      if (job === 'pull-expected') wakeAt = clock.now() + delay;
    },
  };
  let told = 0;
  return {
    world,
    person,
    connection,
    lines,
    tell(form: string, email: string | undefined, sentAt = clock.now()) {
      told += 1;
      return acceptForm(connection, { form, email, sentAt }, `msg_${told}`);
    },
    /** Lets time pass and the worker do what it is asked to. */
    async until(at: number) {
      while (wakeAt !== undefined && wakeAt <= began + at) {
        await clock.advance(Math.max(0, wakeAt - clock.now()));
        wakeAt = undefined;
        await pullExpected(connection);
      }
      await clock.advance(Math.max(0, began + at - clock.now()));
    },
    /** When forms were asked for, in milliseconds since the beginning. */
    looks: () => sandbox.requests.all({ path: SUBMISSIONS }).map((request) => request.at - began),
    /** Which forms were asked for. */
    guids: () => [...new Set(sandbox.requests.all({ path: SUBMISSIONS }).map(({ path }) => path.split('/').at(-1)))],
    expected: () => readExpected(connection.space),
  };
}

describe('a submission that the site told of', () => {
  it('and that is there already is before sales at once: one look, and no more', async () => {
    const bench = await openBench();
    asksForDemo(bench.world, bench.person.email);
    await bench.world.clock.advance(1);
    await bench.tell('demo-request', bench.person.email);
    await bench.until(2 * MINUTE);
    expect(tasksOf(bench.world, bench.person.contact)).toHaveLength(1);
    expect(bench.looks()).toEqual([1]);
    expect(await bench.expected()).toEqual([]);
    expect(bench.lines).toEqual([]);
  });

  it('and that the CRM shows three seconds later is before sales with the next look', async () => {
    const bench = await openBench();
    await bench.tell('demo-request', bench.person.email);
    await bench.until(3 * SECOND);
    asksForDemo(bench.world, bench.person.email);
    await bench.until(2 * MINUTE);
    expect(tasksOf(bench.world, bench.person.contact)).toHaveLength(1);
    expect(bench.looks()).toEqual([0, 1, 2, 4].map((seconds) => seconds * SECOND));
    expect(await bench.expected()).toEqual([]);
  });

  it('by somebody nobody knew makes a lead of them', async () => {
    const bench = await openBench();
    await bench.tell('demo-request', 'new@somewhere-new.example');
    const { contact } = asksForDemo(bench.world, 'new@somewhere-new.example');
    await bench.world.clock.advance(1);
    await bench.until(MINUTE);
    expect(tasksOf(bench.world, contact)).toHaveLength(1);
  });

  it('and that never comes is looked for eight times in a minute, counted and told without the person', async () => {
    const bench = await openBench();
    await bench.tell('demo-request', 'canary@example.com');
    await bench.until(10 * MINUTE);
    expect(bench.looks()).toEqual([0, 1, 2, 4, 8, 15, 30, 60].map((seconds) => seconds * SECOND));
    expect(await bench.expected()).toEqual([]);
    expect(await readMissed(bench.connection.space)).toEqual(new Map([['demo-request', 1]]));
    expect(bench.lines).toEqual([expect.stringMatching(/^the site told of .*"form":"demo-request","soFar":1/)]);
    expect(JSON.stringify([bench.lines, await contentsOf(bench.connection.space.redis)])).not.toContain('canary');
  });

  it('after a usual poll has found it is crossed off with one look', async () => {
    const bench = await openBench();
    const { submission } = asksForDemo(bench.world, bench.person.email);
    await bench.world.hotPoll();
    await bench.world.clock.advance(30 * SECOND);
    bench.world.sandbox.requests.clear();
    await bench.tell('demo-request', bench.person.email, submission.at);
    await bench.until(5 * MINUTE);
    expect(bench.looks()).toHaveLength(1);
    expect(bench.lines).toEqual([]);
    expect(tasksOf(bench.world, bench.person.contact)).toHaveLength(1);
  });

  it('found by a usual poll meanwhile is not looked for again', async () => {
    const bench = await openBench();
    await bench.tell('demo-request', bench.person.email);
    await bench.until(SECOND);
    asksForDemo(bench.world, bench.person.email);
    await bench.world.hotPoll();
    bench.world.sandbox.requests.clear();
    await bench.until(5 * MINUTE);
    expect(bench.looks()).toEqual([]);
    expect(await bench.expected()).toEqual([]);
  });

  it('that names nobody is done with once any of its form is there', async () => {
    const bench = await openBench();
    await bench.tell('demo-request', undefined);
    await bench.until(1.5 * SECOND);
    asksForDemo(bench.world, bench.person.email);
    await bench.until(5 * MINUTE);
    expect(bench.looks()).toEqual([0, SECOND, 2 * SECOND]);
    expect(tasksOf(bench.world, bench.person.contact)).toHaveLength(1);
  });

  it('of an ordinary form has that form fetched, and no other', async () => {
    const bench = await openBench();
    await bench.tell('newsletter', bench.person.email);
    await bench.until(SECOND / 2);
    expect(bench.guids()).toHaveLength(1);
    const [newsletter] = bench.guids();
    await bench.tell('demo-request', bench.person.email);
    await bench.until(2 * SECOND);
    expect(bench.guids()).toHaveLength(2);
    expect(bench.guids()[0]).toBe(newsletter);
  });
});

describe('however many submissions the site tells of', () => {
  it('at once, there are no more looks than for one', async () => {
    const bench = await openBench();
    for (let person = 0; person < 200; person += 1) await bench.tell('demo-request', `nobody-${person}@example.com`);
    await bench.until(10 * MINUTE);
    expect(bench.looks()).toHaveLength(8);
    expect(await readMissed(bench.connection.space)).toEqual(new Map([['demo-request', 200]]));
  });

  it('of an ordinary form, a demo request does not wait for them', async () => {
    const bench = await openBench();
    for (let second = 0; second < 30; second += 1) {
      await bench.until(second * SECOND);
      await bench.tell('newsletter', `nobody-${second}@example.com`);
    }
    await bench.tell('demo-request', bench.person.email);
    asksForDemo(bench.world, bench.person.email);
    await bench.until(31 * SECOND);
    expect(tasksOf(bench.world, bench.person.contact)).toHaveLength(1);
  });

  it('one after the other, no minute has more looks than that, and in the end nothing is left over', async () => {
    const bench = await openBench();
    for (let second = 0; second < 120; second += 1) {
      await bench.until(second * SECOND);
      await bench.tell('demo-request', `nobody-${second}@example.com`);
    }
    await bench.until(10 * MINUTE);
    const looks = bench.looks();
    const inAnyMinute = looks.map((from) => looks.filter((at) => at >= from && at < from + MINUTE).length);
    expect(Math.max(...inAnyMinute)).toBe(8);
    expect(await bench.expected()).toEqual([]);
  });
});

describe('a look that cannot be', () => {
  it('before the first backfill is left out, and nothing counts as missed', async () => {
    const bench = await openBench({ scored: false });
    await bench.tell('demo-request', bench.person.email);
    await bench.until(10 * MINUTE);
    expect(bench.looks()).toEqual([]);
    expect(bench.lines).toEqual([]);
  });

  it('because the CRM is away is tried again, and what it does not tell does not count as missed', async () => {
    const bench = await openBench();
    const heal = bench.world.sandbox.faults.add({ path: SUBMISSIONS, status: 503 });
    await bench.tell('demo-request', bench.person.email);
    await bench.world.clock.advance(2 * MINUTE);
    await expect(pullExpected(bench.connection)).rejects.toThrow();
    expect(await bench.expected()).toHaveLength(1);
    expect(bench.lines).toEqual([]);
    heal();
    asksForDemo(bench.world, bench.person.email);
    await bench.world.clock.advance(MINUTE);
    await pullExpected(bench.connection);
    expect(tasksOf(bench.world, bench.person.contact)).toHaveLength(1);
    expect(await bench.expected()).toEqual([]);
  });
});
