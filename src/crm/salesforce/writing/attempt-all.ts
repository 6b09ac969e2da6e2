import { batches } from '../../../base/batches.ts';
import type { CallOptions } from '../../crm.ts';
import { attemptInBulk } from './attempt-in-bulk.ts';
import { inLockOrder, type RowUpdate } from './row-update.ts';
import { type Attempt, updateAndRead } from './update-and-read.ts';
import { stageFieldOf, type WriteContext } from './write-context.ts';

/**
 * From here on a bulk job costs fewer calls than collections: it takes about ten, however many rows it has. All rows of a job have the
 * same fields, as an empty place in its file would mean that a field stays as it is.
 */
const MORE_THAN_COLLECTIONS = 2_000;

/** Every row once, those of one account beside each other; a batch is given out as soon as it is answered. */
export async function* attemptAll(
  context: WriteContext,
  updates: readonly RowUpdate[],
  options?: CallOptions,
): AsyncIterable<Attempt[]> {
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
  options?: CallOptions,
): AsyncIterable<Attempt[]> {
  const few: RowUpdate[] = [];
  for (const alike of Map.groupBy(updates, shapeOf).values()) {
    if (alike.length > MORE_THAN_COLLECTIONS) yield await attemptInBulk(context, inLockOrder(alike), options);
    else few.push(...alike);
  }
  for (const batch of batches(inLockOrder(few), context.config.batch_size))
    yield await updateAndRead(context.api, batch, stageFieldOf(context), options);
}

function shapeOf({ object, fields }: RowUpdate): string {
  return JSON.stringify([object, ...Object.keys(fields).sort()]);
}
