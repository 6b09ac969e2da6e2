import { formatProblem } from '../base/errors.ts';
import { redactText } from '../base/log.ts';
import type { Finding } from '../crm/crm.ts';
import { readProgress } from '../ledger/progress.ts';
import { notReady } from '../queue/not-ready.ts';
import { usableTargets } from '../settings/notify-environment.ts';
import { knownWords } from '../settings/words.ts';
import { isEveryoneKnown } from '../sync/everyone-known.ts';
import { modelsText } from './models-text.ts';
import type { App } from './open-app.ts';
import { counted } from './print.ts';
import { folderProblem } from './review-folder.ts';

/** What can be told without the portal: the files, Redis and the webhooks, with what nobody can check from here. */
export async function checkMachine(app: App): Promise<Finding[]> {
  return [
    checkConfig(app),
    ...warningsOf(app),
    ...(await checkRedis(app)),
    ...checkWebhooks(app),
    ...checkChannels(app),
    ...checkReviews(app),
    ...(await checkPause(app)),
    ...(await checkPeople(app)),
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
  const { hubspotWebhookSecrets, publicUrl, salesforce } = settings.environment;
  const without = (variable: string): Finding => ({
    level: 'ok',
    message: `without webhooks (${variable} is not set): changes come by polling`,
  });
  return [
    ...(settings.hubspot === undefined ? [] : [hubspotWebhooks()]),
    ...(settings.salesforce === undefined || salesforce.webhookSecrets.length > 0
      ? []
      : [without('SALESFORCE_WEBHOOK_SECRETS')]),
  ];

  function hubspotWebhooks(): Finding {
    if (hubspotWebhookSecrets.length === 0) return without('HUBSPOT_WEBHOOK_SECRETS');
    const message =
      publicUrl === undefined
        ? 'PUBLIC_URL is not set: behind a proxy the signatures of webhooks will not fit, so set it to the address that HubSpot calls'
        : `not checked: whether HubSpot reaches ${publicUrl}/webhooks/hubspot, which cannot be told from here`;
    return { level: 'warning', message };
  }
}

/** The ways to tell sales that are on; nothing where none is. */
function checkChannels({ settings: { sales, environment } }: App): Finding[] {
  const { targets, problems } = usableTargets(sales, environment.notify);
  const ways = Object.keys(targets).join(', ');
  return [
    ...(ways === '' ? [] : [{ level: 'ok', message: `sales can be told by ${ways}: not tried` } as const]),
    ...problems.map((message): Finding => ({ level: 'problem', message })),
  ];
}

/** Where reviews are written by themselves. */
function checkReviews({ settings: { schedules } }: App): Finding[] {
  if (schedules.review === 'off') return [];
  const { to } = schedules.review;
  const problem = folderProblem(to);
  return [
    problem === undefined
      ? { level: 'ok', message: `reviews can be written to ${to}` }
      : { level: 'problem', message: problem },
  ];
}

async function checkPause({ connections }: App): Promise<Finding[]> {
  const findings = connections.map(async ({ space, crm }): Promise<Finding[]> => {
    const reason = await readProgress(space, 'paused');
    if (reason === undefined) return [];
    const of = connections.length > 1 ? `${crm.name}: ` : '';
    return [
      { level: 'warning', message: `${of}the worker rests until "leadgauge start" runs anew: ${redactText(reason)}` },
    ];
  });
  return (await Promise.all(findings)).flat();
}

/** Of several CRMs, whose leads nobody is promoted in yet, though they are scored. */
async function checkPeople({ connections }: App): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const connection of connections) {
    const { space, role, crm } = connection;
    const isScored = connections.length > 1 && role !== 'source' && (await readProgress(space, 'model-version'));
    if (isScored && !(await isEveryoneKnown(connection))) {
      const message = `${crm.name}: until every lead of each CRM was read with this config, nobody is promoted for crossing a gate: "leadgauge start" does it, and so does "leadgauge backfill"`;
      findings.push({ level: 'warning', message });
    }
  }
  return findings;
}
