import { batches } from '../../../base/batches.ts';
import type { CallOptions } from '../../crm.ts';
import { BulkLimitError } from '../api/bulk-job.ts';
import { MOST_RECORDS } from '../api/collections.ts';
import type { SalesforceConfig } from '../config.ts';
import { attemptInBulk, type BulkAttempts } from './attempt-in-bulk.ts';
import { inLockOrder, type RowUpdate } from './row-update.ts';
import { type Attempt, updateAndRead } from './update-and-read.ts';
import { stageFieldOf, type WriteContext } from './write-context.ts';

/**
 * From here on a bulk job costs fewer calls than collections: it takes five and some looks, however many rows it has. These may differ in
 * their fields: an empty place in its file means that a field stays as it is, and `#N/A` empties it.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm
 */
const MORE_THAN_COLLECTIONS = 2_000;

/** As many rows as Salesforce itself works off as one batch. */
const BULK_ROWS = 10_000;

/**
 * How many rows are worth gathering for one write. None where config has smaller batches, as the org's triggers run into limits: those of a
 * bulk job are worked off 200 at a time.
 */
export function bulkRows({ batch_size }: Pick<SalesforceConfig, 'batch_size'>): number | undefined {
  return batch_size < MOST_RECORDS ? undefined : BULK_ROWS;
}

/**
 * Every row once, those of one account beside each other; a batch is given out as soon as it is answered. The signal stops bulk jobs alone:
 * what takes seconds comes to its end.
 */
export async function* attemptAll(
  context: WriteContext,
  updates: readonly RowUpdate[],
  options?: CallOptions,
): AsyncIterable<readonly Attempt[]> {
  // Two leads may have become one contact: no request may name a record twice.
  const turns = Map.groupBy(updates, turnsOf());
  for (const turn of turns.values()) yield* attemptEach(context, turn, options);
}

/** For each row, how often its record was there before. */
function turnsOf(): (update: RowUpdate) => number {
  const seen = new Map<string, number>();
  return ({ recordId }) => {
    const turn = seen.get(recordId) ?? 0;
    seen.set(recordId, turn + 1);
    return turn;
  };
}

async function* attemptEach(
  context: WriteContext,
  updates: readonly RowUpdate[],
  { signal, ...options }: CallOptions = {},
): AsyncIterable<readonly Attempt[]> {
  const few: RowUpdate[] = [];
  const jobs: RowUpdate[][] = [];
  const isBulk = bulkRows(context.config) !== undefined;
  for (const [object, rows] of Map.groupBy(updates, (update) => bulkObject(context, update))) {
    if (isBulk && object !== undefined && rows.length > MORE_THAN_COLLECTIONS) jobs.push(inLockOrder(rows));
    else few.push(...rows);
  }
  yield* attemptTogether(context, few, options);
  for (const rows of jobs) {
    const { attempts, undone } = await attemptJob(context, rows, { ...options, signal });
    yield attempts;
    yield* attemptTogether(context, undone, options);
  }
}

/** Undefined for what cannot wait for a job: sales move stages and owners themselves, perhaps while it is under way. */
function bulkObject(context: WriteContext, { object, fields }: RowUpdate): RowUpdate['object'] | undefined {
  const stageField = stageFieldOf(context);
  return 'OwnerId' in fields || (stageField !== undefined && stageField in fields) ? undefined : object;
}

async function* attemptTogether(
  context: WriteContext,
  updates: readonly RowUpdate[],
  options: CallOptions,
): AsyncIterable<readonly Attempt[]> {
  for (const batch of batches(inLockOrder(updates), context.config.batch_size))
    yield await updateAndRead(context.api, batch, stageFieldOf(context), options);
}

/** Where the org has used up its bulk jobs, collections do. */
async function attemptJob(
  context: WriteContext,
  updates: readonly RowUpdate[],
  options: CallOptions,
): Promise<BulkAttempts> {
  try {
    return await attemptInBulk(context, updates, options);
  } catch (error) {
    if (!(error instanceof BulkLimitError)) throw error;
    context.log?.warn(`${error.message}: writing with more calls instead`, { leads: updates.length });
    return { attempts: [], undone: updates };
  }
}
