import { formatProblem } from '../base/errors.ts';
import { redactText } from '../base/log.ts';
import type { Finding } from '../crm/crm.ts';
import { readProgress } from '../ledger/progress.ts';
import { notReady } from '../queue/not-ready.ts';
import { knownWords } from '../settings/words.ts';
import { modelsText } from './models-text.ts';
import type { App } from './open-app.ts';
import { counted } from './print.ts';

/** What can be told without the portal: the files, Redis and the webhooks, with what nobody can check from here. */
export async function checkMachine(app: App): Promise<Finding[]> {
  return [
    checkConfig(app),
    ...warningsOf(app),
    ...(await checkRedis(app)),
    ...checkWebhooks(app),
    ...(await checkPause(app)),
  ];
}

function checkConfig({ settings }: App): Finding {
  const { models, words, environment } = settings;
  const parts = [
    counted(sum(models.models.map(({ criteria }) => criteria.length)), 'criterion').replace('criterions', 'criteria'),
    counted(knownWords(words, 'field').size, 'field'),
    counted(knownWords(words, 'form').size, 'form'),
  ];
  const message = `the files in ${environment.configDir}/ are sound: ${modelsText(models)}, ${parts.join(', ')}`;
  return { level: 'ok', message };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function warningsOf({ settings }: App): Finding[] {
  return settings.warnings.map((warning) => ({ level: 'warning', message: formatProblem(warning) }));
}

async function checkRedis({ redis, client }: App): Promise<Finding[]> {
  if (redis.kind === 'embedded') {
    const message =
      'Redis is kept in memory only, which will do for a trial: install redis-server, or set REDIS_URL, before you rely on it';
    return [{ level: 'warning', message }];
  }
  if (redis.kind === 'server') return [{ level: 'ok', message: 'a redis-server of our own answers' }];
  const reason = await notReady(client, redis.kind);
  return [
    reason === undefined
      ? { level: 'ok', message: 'the Redis at REDIS_URL answers' }
      : { level: 'problem', message: reason },
  ];
}

function checkWebhooks({ settings }: App): Finding[] {
  const { hubspotWebhookSecrets, publicUrl } = settings.environment;
  if (hubspotWebhookSecrets.length === 0) {
    return [{ level: 'ok', message: 'without webhooks (HUBSPOT_WEBHOOK_SECRETS is not set): changes come by polling' }];
  }
  if (publicUrl === undefined) {
    const message =
      'PUBLIC_URL is not set: behind a proxy the signatures of webhooks will not fit, so set it to the address that HubSpot calls';
    return [{ level: 'warning', message }];
  }
  const message = `not checked: whether HubSpot reaches ${publicUrl}/webhooks/hubspot, which cannot be told from here`;
  return [{ level: 'warning', message }];
}

async function checkPause({ connections }: App): Promise<Finding[]> {
  const reasons = await Promise.all(connections.map(({ space }) => readProgress(space, 'paused')));
  return reasons.flatMap((reason) =>
    reason === undefined
      ? []
      : [{ level: 'warning', message: `the worker rests until "leadgauge start" runs anew: ${redactText(reason)}` }],
  );
}
