import { RetryableError } from '../../../base/errors.ts';
import type { Log } from '../../../base/log.ts';
import type { ActivityType } from '../../../leads/activity.ts';
import type { SalesforceRefusal } from '../api/error-table.ts';
import type { SalesforceConfig } from '../config.ts';
import type { OrgProblem } from '../org-problem.ts';
import type { StreamKey } from '../streams-config.ts';
import { isNotAllowed } from './not-allowed.ts';
import { STREAMS } from './registry.ts';
import type { Probing, StreamKind } from './stream-kind.ts';

/**
 * `open`: read. `off`: config says so. `unasked`: no model asks for what it tells, so that reading it would be calls for
 * nothing. `absent`: the org or the user does not allow it. `refused`: the same, and config insists on it.
 */
export type StreamState = 'open' | 'off' | 'unasked' | 'absent' | 'refused';
export type StreamStates = ReadonlyMap<StreamKey, StreamState>;

/** `asked`: the types of activity that models ask for. Nothing is called for those that are off, unasked or not in config. */
export async function streamStates(
  probing: Probing,
  asked: ReadonlySet<ActivityType>,
  log?: Log,
): Promise<StreamStates> {
  const states = new Map<StreamKey, StreamState>();
  for (const kind of STREAMS) states.set(kind.key, await stateOf(kind, probing, asked, log));
  return states;
}

async function stateOf(
  kind: StreamKind,
  probing: Probing,
  asked: ReadonlySet<ActivityType>,
  log: Log | undefined,
): Promise<StreamState> {
  const wanted = probing.config.streams[kind.key];
  const delivers = kind.delivers(probing.config);
  if (wanted === 'off' || delivers.length === 0) return 'off';
  if (wanted === 'auto' && !delivers.some((type) => asked.has(type))) return 'unasked';
  try {
    await kind.probe(probing);
    return 'open';
  } catch (error) {
    if (isNotAllowed(error)) return wanted === 'on' ? 'refused' : 'absent';
    if (!(error instanceof RetryableError)) throw error;
    // What is out of order for a while must not keep all else from starting: its stream goes on trying.
    log?.warn(`it is not known whether ${kind.what} can be read, so they will be tried`, { reason: error.message });
    return 'open';
  }
}

/** What they tell that are read, or would be if a model asked. */
export function deliveredTypes(config: SalesforceConfig, states: StreamStates): ReadonlySet<ActivityType> {
  const readable = STREAMS.filter(({ key }) => ['open', 'unasked'].includes(states.get(key) ?? 'off'));
  return new Set(readable.flatMap((kind) => kind.delivers(config)));
}

/** What config insists on and the org does not give; to be told before anything starts. */
export function streamProblems(states: StreamStates): OrgProblem[] {
  return STREAMS.filter(({ key }) => states.get(key) === 'refused').map((kind) => streamProblem(kind));
}

export function streamProblem(kind: StreamKind, refusal?: SalesforceRefusal): OrgProblem {
  const message = `Salesforce does not give ${kind.what} (${lackOf(kind, refusal)}): write "auto" or "off" instead of "on"`;
  return { path: ['streams', kind.key], message };
}

/** `the user cannot see the field CallType; it needs …`: Salesforce names hidden fields, and no missing permission. */
export function lackOf({ needs }: StreamKind, refusal?: SalesforceRefusal): string {
  const fields = refusal?.fields ?? [];
  const hidden = fields.length === 0 ? '' : `the user cannot see the field ${fields.join(' and ')}; `;
  return `${hidden}it needs ${needs}`;
}
