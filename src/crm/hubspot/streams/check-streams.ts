import { LeadgaugeError, messageOf } from '../../../base/errors.ts';
import type { ActivityType } from '../../../leads/activity.ts';
import type { Finding } from '../../crm.ts';
import type { HubspotConfig } from '../config.ts';
import { countersBeside } from '../counters.ts';
import { askedTypes, type ModelOutputs } from '../model-outputs.ts';
import { ForbiddenError } from '../refusal.ts';
import type { Transport } from '../transport.ts';
import { STREAMS } from './registry.ts';
import type { StreamKind } from './stream-kind.ts';
import { isNotAllowed, needsOf } from './stream-states.ts';
import { untoldTypes } from './untold-types.ts';

/**
 * One finding for each stream: whether the credential and the portal allow it, and what is missing where they do not. Then one for
 * what models ask for and nothing in this portal tells.
 */
export async function checkStreams(
  transport: Transport,
  config: HubspotConfig,
  models: readonly ModelOutputs[],
): Promise<Finding[]> {
  const asked = askedTypes(models);
  const findings: Finding[] = [];
  for (const kind of STREAMS) {
    const wanted = config.streams[kind.key];
    if (wanted === 'off') findings.push({ level: 'ok', message: `${kind.what} are not read: config says off` });
    else findings.push(await checkStream(transport, kind, wanted, asked));
  }
  return [...findings, ...untoldTypes(config, models)];
}

async function checkStream(
  transport: Transport,
  kind: StreamKind,
  wanted: 'auto' | 'on',
  asked: ReadonlySet<ActivityType>,
): Promise<Finding> {
  const { key, what, delivers } = kind;
  const types = delivers.filter((type) => asked.has(type));
  const isAsked = types.length > 0;
  try {
    await kind.probe(transport);
    const unread = isAsked || wanted === 'on' ? '' : ', and are not: no model asks for them';
    return { level: 'ok', message: `${what} can be read${unread}` };
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    if (!isNotAllowed(error))
      return { level: 'problem', message: `not known: ${what} can be read. ${messageOf(error)}` };
    const missing = `${what} cannot be read: ${lackOf(error, kind)}`;
    if (wanted === 'on')
      return { level: 'problem', message: `${missing}. Give it that, or write streams: { ${key}: auto }` };
    if (isAsked) return { level: 'warning', message: `${missing}. A model asks for ${instead(types)}` };
    return { level: 'ok', message: `${missing}. No model asks for them` };
  }
}

/** `email-click, which is counted only, and email-bounce, of which nothing else tells`. */
function instead(types: readonly ActivityType[]): string {
  const counters = new Set(countersBeside(new Set()).map(({ type }) => type));
  const counted = types.filter((type) => counters.has(type));
  const untold = types.filter((type) => !counters.has(type));
  return [
    ...(counted.length === 0 ? [] : [`${counted.join(' and ')}, which HubSpot then only counts`]),
    ...(untold.length === 0 ? [] : [`${untold.join(' and ')}, of which then nothing tells`]),
  ].join('; and for ');
}

/** HubSpot may name the scope; it never names the edition. */
function lackOf(error: LeadgaugeError, kind: StreamKind): string {
  if (error instanceof ForbiddenError && error.scopes.length > 0)
    return `the credential lacks the scope ${error.scopes.join(' or ')}`;
  return needsOf(kind);
}
