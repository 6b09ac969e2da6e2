import { readProgress } from '../ledger/progress.ts';
import type { Connection } from './connection.ts';

/**
 * Whether a backfill has scored everyone once, and every other connection whose engagement counts has been read as far back:
 * until then nobody can be told to have crossed a gate, as what they did long ago is still coming in.
 */
export async function isEveryoneKnown({ space, beside = [] }: Connection): Promise<boolean> {
  const telling = beside.filter(({ role }) => role !== 'destination').map(({ name }) => space.of(name));
  const versions = await Promise.all([space, ...telling].map((each) => readProgress(each, 'model-version')));
  return versions.every((version) => version !== undefined);
}
