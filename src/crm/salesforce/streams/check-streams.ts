import { formatProblem, LeadgaugeError, messageOf } from '../../../base/errors.ts';
import type { ActivityType } from '../../../leads/activity.ts';
import type { Finding } from '../../crm.ts';
import type { Locate } from '../../locate.ts';
import { askedTypes, type ModelOutputs } from '../../outputs/output-model.ts';
import type { SalesNeeds } from '../../sales-needs.ts';
import { type OrgProblem, toConfigProblem } from '../org-problem.ts';
import { isNotAllowed } from './not-allowed.ts';
import { STREAMS } from './registry.ts';
import type { Probing, StreamKind } from './stream-kind.ts';
import { lackOf, streamProblem } from './stream-states.ts';
import { untoldTypes } from './untold-types.ts';

export interface StreamsCheck extends Probing, SalesNeeds {
  readonly models: readonly ModelOutputs[];
  readonly locate?: Locate | undefined;
}

/**
 * One finding for each kind of stream: whether the user and the org allow it, and what is missing where they do not. Then one
 * for what models ask for and nothing in this org tells.
 */
export async function checkStreams(context: StreamsCheck): Promise<Finding[]> {
  const asked = askedTypes(context.models);
  const findings: Finding[] = [];
  for (const kind of STREAMS) findings.push(...(await checkStream(context, kind, asked)));
  return [...findings, ...untoldTypes(context.config, context.models)];
}

async function checkStream(
  context: StreamsCheck,
  kind: StreamKind,
  asked: ReadonlySet<ActivityType>,
): Promise<Finding[]> {
  const { config, locate } = context;
  const { what } = kind;
  const wanted = config.streams[kind.key];
  const delivers = kind.delivers(config);
  if (wanted === 'off') return [{ level: 'ok', message: `${what} are not read: config says off` }];
  if (delivers.length === 0) return [{ level: 'ok', message: `${what} are not read: config names none` }];
  const problem = (each: OrgProblem): Finding => {
    return { level: 'problem', message: formatProblem(toConfigProblem(each, locate)) };
  };
  const who = askers(context, kind, asked);
  try {
    await kind.probe(context);
    const problems = (await kind.problems?.(context)) ?? [];
    if (problems.length > 0) return problems.map(problem);
    const unread = who !== undefined || wanted === 'on' ? '' : ', and are not: no model asks for them';
    return [{ level: 'ok', message: `${what} can be read${unread}` }];
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    if (!isNotAllowed(error))
      return [{ level: 'problem', message: `it is not known whether ${what} can be read: ${messageOf(error)}` }];
    if (wanted === 'on') return [problem(streamProblem(kind, error))];
    const missing = `${what} cannot be read: ${lackOf(kind, error)}`;
    if (who === undefined) return [{ level: 'ok', message: `${missing}. No model asks for them` }];
    return [{ level: 'warning', message: `${missing}. ${who}, of which this tells` }];
  }
}

/** `A model asks for call and meeting`: who wants what this kind of stream tells of; undefined where nobody does. */
function askers(
  { config, alsoAsked = [] }: StreamsCheck,
  kind: StreamKind,
  asked: ReadonlySet<ActivityType>,
): string | undefined {
  const delivers = kind.delivers(config);
  const types = delivers.filter((type) => asked.has(type));
  if (types.length > 0) return `A model asks for ${types.join(' and ')}`;
  const needed = delivers.filter((type) => alsoAsked.includes(type));
  return needed.length === 0 ? undefined : `The follow-up asks for ${needed.join(' and ')}`;
}
