import { RetryableError } from '../../../base/errors.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import { SalesforceRefusal } from '../api/error-table.ts';

/**
 * The same stream. Where Salesforce refuses what it allowed at the start, as after somebody took a permission away, that is no
 * reason to stop everything else.
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
    if (!(error instanceof SalesforceRefusal)) throw error;
    throw new RetryableError(
      `${stream.name} can no longer be read, and all else goes on: ${error.message}. Once "leadgauge check" says what is right, restart the worker`,
    );
  }
}
