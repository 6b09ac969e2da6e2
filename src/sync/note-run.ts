import { messageOf } from '../base/errors.ts';
import { redactText } from '../base/log.ts';
import { noteError } from '../ledger/last-errors.ts';
import { noteDone } from '../ledger/last-runs.ts';
import type { Connection } from './connection.ts';

/** Longer ones hold what somebody else's program wrote, which nobody reads in a line; in characters. */
const LONGEST = 300;

/**
 * Does the work of a job and notes how it ended, for `leadgauge status`: why it failed stays until it next succeeds. A stop is no
 * failure. @throws whatever the work does.
 */
export async function noteRun<Result>(
  { space, clock }: Connection,
  job: string,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    // Where Redis is what failed, it cannot be told there; the log has it.
    if (signal?.aborted !== true)
      await noteError(space, { job, at: clock.now(), message: inOneLine(error) }).catch(() => {});
    throw error;
  }
  await noteDone(space, job, clock.now());
  return result;
}

function inOneLine(error: unknown): string {
  const line = redactText(messageOf(error)).replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
