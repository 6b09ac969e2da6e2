import { RetryableError } from '../base/errors.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from './crm.ts';

/** Whether an error means that the CRM does not allow what was asked for. */
type IsRefusal = (error: unknown) => error is Error;

/**
 * The same stream. Where the CRM refuses what it allowed at the start, as after a trial of an edition ran out or somebody took a
 * permission away, that is no reason to stop everything else.
 */
export function sparingOthers(stream: ActivityStream, isRefusal: IsRefusal): ActivityStream {
  return { ...stream, pull: (window, options) => pull({ stream, isRefusal }, window, options) };
}

/** @throws RetryableError in place of a refusal. */
async function* pull(
  { stream, isRefusal }: { readonly stream: ActivityStream; readonly isRefusal: IsRefusal },
  window: StreamWindow,
  options?: CallOptions,
): AsyncIterable<Observation[]> {
  try {
    yield* stream.pull(window, options);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new RetryableError(
      `${stream.name} can no longer be read, and all else goes on: ${error.message}. Once "leadgauge check" says what is right, restart the worker`,
    );
  }
}
