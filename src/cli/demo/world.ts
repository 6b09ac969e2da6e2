import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { openRedis } from '../../queue/open-redis.ts';
import { createOrg } from '../../sandbox/salesforce/salesforce-sandbox.ts';
import { oneConnection } from '../connections.ts';
import type { Io } from '../io.ts';
import { type App, NAMESPACE, openApp } from '../open-app.ts';
import { type RunningReceiver, runReceiver } from '../run-receiver.ts';
import { tellWarnings } from '../tell-warnings.ts';
import type { DemoCrm, DemoCrmName, ServedCrm } from './demo-crm.ts';
import { serveHubspot } from './demo-hubspot.ts';
import { serveSalesforce } from './demo-salesforce.ts';
import { demoSettings } from './demo-settings.ts';
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
  /** The variables by which another terminal works with all of it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** People of each CRM: the first so many are the same in all. */
  readonly leads: number;
  readonly seed: number;
  /** HubSpot when absent. Of several, people act in the first, and sales works in the last. */
  readonly crms?: readonly DemoCrmName[];
  readonly log: Log;
}

/** Opens CRMs with people in them, a Redis, the connections and the receiver; nothing is scored yet. */
export async function openWorld(io: Io, { leads, seed, crms: names = ['hubspot'], log }: WorldOptions): Promise<World> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of closing.splice(0)) await end();
  };
  try {
    const dataDir = await mkdtemp(join(tmpdir(), 'leadgauge-demo-'));
    closing.unshift(() => rm(dataDir, { recursive: true, force: true }));
    const secret = randomBytes(24).toString('hex');
    const redisUrl = io.env.REDIS_URL?.trim() || undefined;
    const redis = await openRedis({ redisUrl, dataDir, production: false, path: io.env.PATH, log });
    closing.unshift(() => redis.close());
    // A Redis of someone else's may hold the real thing: the demo keeps to keys of its own and takes them away again.
    const namespace = redis.kind === 'url' ? `${NAMESPACE}-demo-${randomBytes(4).toString('hex')}` : NAMESPACE;
    if (redis.kind === 'url') closing.unshift(() => eraseNamespace(redis.url, namespace));

    const org = names.includes('salesforce') ? createOrg({ leads, seed }) : undefined;
    const receiver = await runReceiver({
      redis,
      namespace,
      clock: systemClock,
      log,
      secrets: names.includes('hubspot') ? [secret] : [],
      ...(org && { salesforce: { secrets: [secret], organizationIds: [org.settings.organizationId] } }),
      publicUrl: undefined,
      host: '127.0.0.1',
      port: 0,
    });
    closing.unshift(() => receiver.close());
    const served: ServedCrm[] = [];
    for (const name of names) {
      const to = { url: receiver.url, secret };
      const crm =
        name === 'salesforce' && org !== undefined
          ? await serveSalesforce(org, to)
          : await serveHubspot({ leads, seed }, to);
      closing.unshift(() => crm.close());
      served.push(crm);
    }
    const copy = join(dataDir, 'config');
    const entries = served.flatMap((crm) => Object.entries(crm.environment));
    const variables = { ...Object.fromEntries(entries), LEADGAUGE_DATA: dataDir };
    const dir = io.env.LEADGAUGE_CONFIG || 'config';
    const { settings, dir: read } = demoSettings({ dir, copy, crms: names, env: variables, workingDir: dataDir });
    tellWarnings(settings, io);
    const app = await openApp({
      settings,
      clock: systemClock,
      log,
      random: Math.random,
      path: io.env.PATH,
      namespace,
      redis,
      // Whom config names are real people: nobody hears of leads that are made up.
      sendsNothing: true,
    });
    closing.unshift(() => app.close());
    const crms = served.map((crm, index) => crm.connected(oneConnection(app, names[index])));
    const [marketing, sales] = [crms[0], crms.at(-1)];
    if (marketing === undefined || sales === undefined) throw new Error('a demo needs a CRM');
    const environment = { ...variables, ...(read === 'config' ? {} : { LEADGAUGE_CONFIG: read }) };
    return { app, crms, marketing, sales, receiver, environment, close };
  } catch (error) {
    await close();
    throw error;
  }
}
