import { once } from 'node:events';
import { Argument, type Command } from 'commander';
import { systemClock } from '../base/clock.ts';
import { formatProblem } from '../base/errors.ts';
import { createLog, type Log } from '../base/log.ts';
import { type OpenRedis, openRedis } from '../queue/open-redis.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { knownWords } from '../settings/words.ts';
import type { Io } from './io.ts';
import { NAMESPACE } from './namespace.ts';
import { type ReceiverSettings, runReceiver } from './run-receiver.ts';

export function addStart(program: Command, io: Io): void {
  program
    .command('start')
    .description('Keep every lead scored: polls, scores, and takes in webhooks until it is stopped.')
    .addArgument(new Argument('[part]', 'only one part of it').choices(['worker', 'receiver']))
    .addHelpText(
      'after',
      `
On one machine, everything in one process:
  leadgauge start

In production, any number of each, on one Redis (REDIS_URL):
  leadgauge start worker
  leadgauge start receiver

The receiver takes webhooks at POST /webhooks/hubspot,
/webhooks/hubspot/workflow, /webhooks/salesforce/<secret>,
/webhooks/salesforce/flow and /webhooks/form, and says how it is at /healthz
and /readyz.
A CRM that was never scored by the present model is backfilled first,
quietly: nobody is promoted or alerted.
Stop it with Ctrl-C or SIGTERM: what is under way comes to a good stop, and the
next start goes on there.`,
    )
    .action((part: 'worker' | 'receiver' | undefined) => runStart(part, io));
}

async function runStart(part: 'worker' | 'receiver' | undefined, io: Io): Promise<void> {
  const settings = loadSettings({ env: io.env });
  const { environment } = settings;
  const { redisUrl, dataDir, production, logLevel } = environment;
  const log = createLog({ level: logLevel, json: production });
  for (const warning of settings.warnings) log.warn(formatProblem(warning));
  // A receiver needs none of what a worker needs, and should not hold it in memory.
  const work = part === 'receiver' ? undefined : await import('./start-worker.ts');
  work?.requireAccess(settings);
  const closing: (() => Promise<void>)[] = [];
  try {
    const redis = await openRedis({ redisUrl, dataDir, production, path: io.env.PATH, log, announce: true });
    closing.unshift(() => redis.close());
    // The worker first: what HubSpot does not accept is told before anything listens.
    const worker = await work?.startWorker({ settings, redis, io, log });
    if (worker !== undefined) closing.unshift(() => worker.close());
    if (part !== 'worker') {
      const receiver = await runReceiver(receiverSettings(settings, redis, log));
      // After the worker: until its work is done, /readyz goes on to say that the process is stopping.
      closing.splice(part === 'receiver' ? 0 : 1, 0, () => receiver.close());
      io.signal.addEventListener('abort', () => receiver.drain(), { once: true });
      log.info(`receiver listens at ${receiver.url}`);
      for (const line of unheard(settings)) log.warn(line);
    }
    if (!io.signal.aborted) await once(io.signal, 'abort');
    log.info('stopping: what is under way comes to an end first');
  } finally {
    await closeAll(closing);
  }
}

function receiverSettings(settings: Settings, redis: OpenRedis, log: Log): ReceiverSettings {
  const { environment, hubspot, salesforce, words } = settings;
  const { hubspotWebhookSecrets, formWebhookSecrets, publicUrl, host, port } = environment;
  const { webhookSecrets, organizationIds } = environment.salesforce;
  return {
    redis,
    namespace: NAMESPACE,
    clock: systemClock,
    log,
    // What nobody works on is not taken in.
    secrets: hubspot === undefined ? [] : hubspotWebhookSecrets,
    form: { secrets: formWebhookSecrets, forms: [...knownWords(words, 'form')] },
    ...(salesforce && { salesforce: { secrets: webhookSecrets, organizationIds } }),
    publicUrl,
    host,
    port,
  };
}

/** Of which CRMs nothing is heard between two polls. */
function unheard({ environment, hubspot, salesforce }: Settings): string[] {
  const without = (variable: string) =>
    `${variable} is not set: webhooks are refused, and changes are found by polling alone`;
  return [
    ...(hubspot !== undefined && environment.hubspotWebhookSecrets.length === 0
      ? [without('HUBSPOT_WEBHOOK_SECRETS')]
      : []),
    ...(salesforce !== undefined && environment.salesforce.webhookSecrets.length === 0
      ? [without('SALESFORCE_WEBHOOK_SECRETS')]
      : []),
  ];
}

/** Every one of them, whatever becomes of the others: the first error comes last. */
async function closeAll(closing: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closing) await close().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}
