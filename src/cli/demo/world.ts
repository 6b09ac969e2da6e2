import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECOND, systemClock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { type OpenRedis, openRedis } from '../../queue/open-redis.ts';
import { hubspotOf } from '../../settings/config.ts';
import { loadSettings, type Settings } from '../../settings/settings.ts';
import { oneConnection } from '../connections.ts';
import type { Io } from '../io.ts';
import { type App, NAMESPACE, openApp } from '../open-app.ts';
import { type RunningReceiver, runReceiver } from '../run-receiver.ts';
import { tellWarnings } from '../tell-warnings.ts';
import type { DemoCrm } from './demo-crm.ts';
import { demoHubspot, hubspotEnvironment, startDemoPortal } from './demo-hubspot.ts';
import { eraseNamespace } from './erase-namespace.ts';

/** Everything that the demo runs in this one process. */
export interface World {
  readonly app: App;
  readonly crms: readonly DemoCrm[];
  /** Where people do something. */
  readonly marketing: DemoCrm;
  /** Where sales sees what comes of it: the same one where there is but one. */
  readonly sales: DemoCrm;
  readonly receiver: RunningReceiver;
  /** Where other commands find the demo's Redis. */
  readonly dataDir: string;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly leads: number;
  readonly seed: number;
  readonly log: Log;
}

/** Opens CRMs with people in them, a Redis, the connections and the receiver; nothing is scored yet. */
export async function openWorld(io: Io, { leads, seed, log }: WorldOptions): Promise<World> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of closing.splice(0)) await end();
  };
  try {
    const dataDir = await mkdtemp(join(tmpdir(), 'leadgauge-demo-'));
    closing.unshift(() => rm(dataDir, { recursive: true, force: true }));
    const secret = randomBytes(16).toString('hex');
    const redisUrl = io.env.REDIS_URL?.trim() || undefined;
    const redis = await openRedis({ redisUrl, dataDir, production: false, path: io.env.PATH, log });
    closing.unshift(() => redis.close());
    // A Redis of someone else's may hold the real thing: the demo keeps to keys of its own and takes them away again.
    const namespace = redis.kind === 'url' ? `${NAMESPACE}-demo-${randomBytes(4).toString('hex')}` : NAMESPACE;
    if (redis.kind === 'url') closing.unshift(() => eraseNamespace(redis.url, namespace));

    const receiver = await openReceiver(redis, namespace, secret, log);
    closing.unshift(() => receiver.close());
    const portal = await startDemoPortal({ leads, seed }, receiver.url, secret);
    closing.unshift(() => portal.close());
    const app = await openApp({
      settings: demoSettings(io, hubspotEnvironment(portal), dataDir),
      clock: systemClock,
      log,
      random: Math.random,
      path: io.env.PATH,
      namespace,
      redis,
    });
    closing.unshift(() => app.close());
    const hubspot = demoHubspot(portal, oneConnection(app, 'hubspot'));
    return { app, crms: [hubspot], marketing: hubspot, sales: hubspot, receiver, dataDir, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openReceiver(redis: OpenRedis, namespace: string, secret: string, log: Log): Promise<RunningReceiver> {
  return runReceiver({
    redis,
    namespace,
    clock: systemClock,
    log,
    secrets: [secret],
    publicUrl: undefined,
    host: '127.0.0.1',
    port: 0,
  });
}

/** The config of the checkout, held against the sandbox and polled more often, so that there is something to see. */
function demoSettings(io: Io, environment: Readonly<Record<string, string>>, dataDir: string): Settings {
  const { LEADGAUGE_CONFIG } = io.env;
  const env = {
    ...environment,
    LEADGAUGE_DATA: dataDir,
    ...(LEADGAUGE_CONFIG && { LEADGAUGE_CONFIG }),
  };
  // The sandbox's own token must win over one in a .env of the checkout, so that file is looked for elsewhere.
  const settings = loadSettings({ env, workingDir: dataDir });
  tellWarnings(settings, io);
  const schedules = {
    ...settings.schedules,
    pull_activities: { every: 5 * SECOND },
    pull_leads: { every: 15 * SECOND },
  };
  return { ...settings, hubspot: hubspotOf(settings), salesforce: undefined, schedules };
}
