import { RetryableError } from '../../../base/errors.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import { ForbiddenError, RefusedError } from '../refusal.ts';

/**
 * The same stream. Where HubSpot refuses what it allowed at the start, as after a trial of an edition ran out, that is no reason to
 * stop everything else.
 */
export function sparingOthers(stream: ActivityStream): ActivityStream {
  return { ...stream, pull: (window, options) => pull(stream, window, options) };
}

/** @throws RetryableError in place of a refusal. */
async function* pull(
  stream: ActivityStream,
  window: StreamWindow,
  options?: CallOptions,
): AsyncIterable<Observation[]> {
  try {
    yield* stream.pull(window, options);
  } catch (error) {
    if (!(error instanceof ForbiddenError || error instanceof RefusedError)) throw error;
    throw new RetryableError(
      `${stream.name} can no longer be read, and all else goes on: ${error.message}. Once "leadgauge check" says what is right, restart the worker`,
    );
  }
}
