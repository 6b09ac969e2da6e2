import { performance } from 'node:perf_hooks';
import { jobs } from '../../jobs/index.ts';
import { MINUTE, SECOND, systemClock } from '../../src/base/clock.ts';
import { every } from '../../src/base/every.ts';
import { NAMESPACE } from '../../src/cli/namespace.ts';
import type { App } from '../../src/cli/open-app.ts';
import { countDeadLetters, type DeadLetter, listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { readProgress } from '../../src/ledger/progress.ts';
import { createRandom } from '../../src/sandbox/population/random.ts';
import { type Verification, verifyPortal } from '../../src/sync/verify-portal.ts';
import type { Say } from '../bench/part.ts';
import type { Stage } from '../bench/processes/stage.ts';
import { type AtRest, type Counted, lookAtRest } from './at-rest.ts';
import { countConnections } from './connections.ts';
import type { CrmLife } from './crm-life.ts';
import { type Answers, followRequests, LOOK_EVERY } from './demo-requests.ts';
import { type Lived, live } from './live.ts';
import type { SoakOptions } from './options.ts';
import { liveOrg } from './org-life.ts';
import { type Parts, startParts } from './parts.ts';
import { livePortal } from './portal-life.ts';
import { type RedisSize, sizeOf } from './redis-size.ts';
import { untilRest } from './rest.ts';
import { type Watched, watch } from './watch.ts';
import { openWorld, type World } from './world.ts';

/** All that was seen of a run. */
export interface Seen {
  readonly redis: World['redis']['kind'];
  readonly lived: Lived;
  readonly answers: Answers;
  readonly parts: Pick<Parts, 'stops' | 'complaints'>;
  readonly watched: Pick<Watched, 'processes' | 'passing'>;
  /** Before the CRMs lived and after. */
  readonly atRest: readonly [AtRest, AtRest];
  readonly sizes: readonly [RedisSize, RedisSize];
  /** How long it took until nothing was left to be done, in milliseconds, and what was left after all. */
  readonly rest: { readonly took: number; readonly missing: string | undefined };
  readonly verified: readonly (Verification & { readonly crm: string; readonly letters: readonly DeadLetter[] })[];
  /** Why a connection waits for a person, and why jobs were given up. */
  readonly stuck: readonly string[];
}

/** Begins with everybody scored, lets both CRMs live, and looks at everything once that is over. */
export async function soak(stage: Stage, options: SoakOptions, say: Say): Promise<Seen> {
  const { signal } = stage;
  const connectionsTo = countConnections(stage);
  const world = await openWorld(stage, options);
  say(
    `two CRMs with ${options.leads} people each, and ${world.redis.kind === 'server' ? 'a redis-server' : "leadgauge's own Redis"}`,
  );
  const parts = await startParts(stage, world);
  const app = await world.open();
  const { connections, queues } = app;
  const resting = () => untilRest(connections, queues, { signal, say: (what) => say(what, { passing: true }) });
  await untilScored(app, signal, say);

  const lives: readonly CrmLife[] = [
    livePortal(world.portal, createRandom(options.seed, 1)),
    liveOrg(world.org, createRandom(options.seed, 2)),
  ];
  const requests = followRequests(systemClock.now);
  const stopFollowing = every(systemClock, LOOK_EVERY, async () => requests.look());
  stage.add(stopFollowing);
  // Everything once, so that what is made when it is first needed is there.
  for (const life of lives) {
    requests.ask(life);
    for (let deeds = 0; deeds < 30; deeds += 1) life.act();
  }
  const first = await resting();
  if (first.missing !== undefined) throw new Error(`nothing went wrong yet, and there is no rest: ${first.missing}`);
  say(`everybody is scored, and at rest after ${seconds(first.took)} s`);
  const steady = Object.values(parts.steady);
  const counted: readonly Counted[] = [
    ...steady.map(({ name, view }) => ({ name, count: async () => (await view())?.counts })),
    { name: 'all processes', count: async () => countAll(world, connectionsTo) },
  ];
  const look = async (before?: AtRest) => {
    world.balancer.hangUp();
    return { atRest: await lookAtRest(counted, signal, before), size: await sizeOf(world.redis, NAMESPACE) };
  };
  const before = await look();

  const ms = options.minutes * MINUTE;
  const watched = watch(steady, world.redis, ms);
  stage.add(watched.stop);
  const lived = await live({ world, parts, lives, requests, seed: options.seed, ms, signal, say });
  await watched.stop();

  const began = performance.now();
  await Promise.all([world.portal.webhooks?.settled(), world.org.outbound?.settled()]);
  let { missing } = await resting();
  const letters = await Promise.all(connections.map(({ space }) => countDeadLetters(space)));
  if (letters.some((count) => count > 0)) {
    // As somebody does who has mended what refused them.
    await parts.run('dead-letters', 'retry');
    missing = (await resting()).missing;
  }
  const rest = { took: performance.now() - began, missing };
  say(`at rest after ${seconds(rest.took)} s${missing === undefined ? '' : `, but ${missing}`}`);
  const after = await look(before.atRest);
  await stopFollowing();
  const verified = await verify(app, say);
  const stuck = await whatIsStuck(app);
  await parts.stop();
  return {
    redis: world.redis.kind,
    lived,
    answers: requests.answers(),
    parts,
    watched,
    atRest: [before.atRest, after.atRest],
    sizes: [before.size, after.size],
    rest,
    verified,
    stuck,
  };
}

/** The connections that there are from all processes to what they work with. */
async function countAll({ portal, org, redis }: World, connectionsTo: (url: string) => number) {
  return {
    'connections to HubSpot': connectionsTo(portal.url),
    'connections to Salesforce': connectionsTo(org.url),
    ...(redis.connections && { 'connections to Redis': await redis.connections() }),
  };
}

/** The worker begins with a backfill of both. */
async function untilScored({ connections }: App, signal: AbortSignal, say: Say): Promise<void> {
  for (const { space, crm } of connections) {
    while ((await readProgress(space, 'scored-at')) === undefined) {
      say(`everybody in ${crm.name} is scored for the first time`, { passing: true });
      await systemClock.sleep(SECOND / 4, signal);
    }
  }
}

async function verify({ connections }: App, say: Say) {
  const verified = [];
  for (const connection of connections) {
    const { crm, space } = connection;
    say(`everybody in ${crm.name} is scored afresh`, { passing: true });
    const beside = connections.filter((other) => other !== connection);
    const verification = await verifyPortal(connection, beside);
    verified.push({ ...verification, crm: crm.name, letters: await listDeadLetters(space) });
  }
  return verified;
}

async function whatIsStuck({ connections, queues }: App): Promise<string[]> {
  const stuck: string[] = [];
  for (const { space, crm } of connections) {
    const why = await readProgress(space, 'paused');
    if (why !== undefined) stuck.push(`${crm.name} is paused: ${why}`);
  }
  for (const { name } of jobs)
    for (const job of await queues.queue(name).getFailed(0, 2)) stuck.push(`${name} was given up: ${job.failedReason}`);
  return stuck;
}

const seconds = (ms: number) => Math.round(ms / SECOND);
