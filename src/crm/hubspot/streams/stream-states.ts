import { RetryableError } from '../../../base/errors.ts';
import type { ActivityType } from '../../../leads/activity.ts';
import type { HubspotConfig } from '../config.ts';
import type { PortalProblem } from '../portal-problem.ts';
import { ForbiddenError, RefusedError } from '../refusal.ts';
import type { Transport } from '../transport.ts';
import { STREAMS } from './registry.ts';
import type { StreamKey, StreamKind } from './stream-kind.ts';

/**
 * `open`: read. `off`: config says so. `unasked`: no model asks for what it tells, so that reading it would be calls for
 * nothing. `absent`: the credential or the portal does not allow it. `refused`: the same, and config insists on it.
 */
export type StreamState = 'open' | 'off' | 'unasked' | 'absent' | 'refused';
export type StreamStates = ReadonlyMap<StreamKey, StreamState>;

/** `asked`: the types of activity that models ask for. A stream is tried with one call. */
export async function streamStates(
  transport: Transport,
  streams: HubspotConfig['streams'],
  asked: ReadonlySet<ActivityType>,
): Promise<StreamStates> {
  const states = new Map<StreamKey, StreamState>();
  for (const kind of STREAMS) {
    const wanted = streams[kind.key];
    const isAsked = kind.delivers.some((type) => asked.has(type));
    if (wanted === 'off') states.set(kind.key, 'off');
    else if (wanted === 'auto' && !isAsked) states.set(kind.key, 'unasked');
    else if (await isAllowed(transport, kind)) states.set(kind.key, 'open');
    else states.set(kind.key, wanted === 'on' ? 'refused' : 'absent');
  }
  return states;
}

/** HubSpot answers 403 without the scope or the edition, 404 where the feature was never there, and 410 where it is no more. */
async function isAllowed(transport: Transport, kind: StreamKind): Promise<boolean> {
  try {
    await kind.probe(transport);
    return true;
  } catch (error) {
    if (isNotAllowed(error)) return false;
    if (!(error instanceof RetryableError)) throw error;
    // One API that is out of order must not keep all else from starting: its stream goes on trying.
    transport.log?.warn(`it is not known whether ${kind.what} can be read, so they will be tried`, {
      reason: error.message,
    });
    return true;
  }
}

export function isNotAllowed(error: unknown): boolean {
  return error instanceof ForbiddenError || (error instanceof RefusedError && [404, 410].includes(error.status));
}

/** What is wrong with a stream that must be on and that HubSpot does not give. */
export function streamProblem(kind: StreamKind): PortalProblem {
  const message = `HubSpot does not give ${kind.what} (${needsOf(kind)}): write "auto" or "off" instead of "on"`;
  return { about: 'streams', path: ['streams', kind.key], message };
}

/** `it needs an Enterprise edition and the scope business-intelligence`. */
export function needsOf({ edition, scopes }: StreamKind): string {
  const all = [...(edition === undefined ? [] : [edition]), ...scopes.map((scope) => `the scope ${scope}`)];
  return `it needs ${all.join(' and ')}`;
}
