import { formatProblem, LeadgaugeError } from '../../../base/errors.ts';
import type { ActivityType } from '../../../leads/activity.ts';
import type { Finding } from '../../crm.ts';
import { askedTypes } from '../../outputs/output-model.ts';
import { neededTypes } from '../../sales-needs.ts';
import { countersBeside } from '../counters.ts';
import { toConfigProblem } from '../portal-problem.ts';
import { lackingScopes, unknown } from '../probes.ts';
import { ForbiddenError } from '../refusal.ts';
import type { SetupContext } from '../setup.ts';
import { STREAMS } from './registry.ts';
import type { StreamKind } from './stream-kind.ts';
import { isNotAllowed, needsOf, streamProblem } from './stream-states.ts';
import { untoldTypes } from './untold-types.ts';

/**
 * One finding for each stream: whether the credential and the portal allow it, and what is missing where they do not. Then one for
 * what models ask for and nothing in this portal tells.
 */
export async function checkStreams(context: SetupContext): Promise<Finding[]> {
  const { config, models, needs = {} } = context;
  const asked = neededTypes(models, needs);
  const findings: Finding[] = [];
  for (const kind of STREAMS) {
    const wanted = config.streams[kind.key];
    if (wanted === 'off') findings.push({ level: 'ok', message: switchedOff(kind, asked) });
    else findings.push(await checkStream(context, kind, wanted, asked));
  }
  return [...findings, ...untoldTypes(config, models)];
}

function switchedOff({ what, delivers }: StreamKind, asked: ReadonlySet<ActivityType>): string {
  const types = delivers.filter((type) => asked.has(type) && counted().has(type));
  const instead = types.length === 0 ? '' : `. HubSpot's counters stand in for ${types.join(' and ')}`;
  return `${what} are not read: config says off${instead}`;
}

async function checkStream(
  { transport, locate, models }: SetupContext,
  kind: StreamKind,
  wanted: 'auto' | 'on',
  asked: ReadonlySet<ActivityType>,
): Promise<Finding> {
  const { what, delivers } = kind;
  const types = delivers.filter((type) => asked.has(type));
  const isAsked = types.length > 0;
  try {
    await kind.probe(transport);
    const unread = isAsked || wanted === 'on' ? '' : ', and are not: no model asks for them';
    return { level: 'ok', message: `${what} can be read${unread}` };
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    if (!isNotAllowed(error)) return { level: 'problem', message: unknown(`${what} can be read`, error) };
    if (wanted === 'on')
      return { level: 'problem', message: formatProblem(toConfigProblem(streamProblem(kind), locate)) };
    const missing = `${what} cannot be read: ${lackOf(error, kind)}`;
    const byModels = askedTypes(models);
    const who = types.some((type) => byModels.has(type)) ? 'A model' : 'The follow-up';
    if (isAsked) return { level: 'warning', message: `${missing}. ${who} asks for ${instead(types)}` };
    return { level: 'ok', message: `${missing}. No model asks for them` };
  }
}

/** `email-click, which is counted only, and email-bounce, of which nothing else tells`. */
function instead(types: readonly ActivityType[]): string {
  const counters = counted();
  const told = types.filter((type) => counters.has(type));
  const untold = types.filter((type) => !counters.has(type));
  return [
    ...(told.length === 0 ? [] : [`${told.join(' and ')}, which HubSpot then only counts`]),
    ...(untold.length === 0 ? [] : [`${untold.join(' and ')}, of which then nothing tells`]),
  ].join('; and for ');
}

/** The types that a contact's own properties count. */
function counted(): ReadonlySet<ActivityType> {
  return new Set(countersBeside(new Set()).map(({ type }) => type));
}

/** HubSpot may name the scope; it never names the edition. */
function lackOf(error: LeadgaugeError, kind: StreamKind): string {
  if (error instanceof ForbiddenError && error.scopes.length > 0)
    return `the credential lacks the scope ${lackingScopes(error).join(' or ')}`;
  return needsOf(kind);
}
