import { batches } from '../../base/batches.ts';
import type { Clock } from '../../base/clock.ts';
import type { AccountRecord, CallOptions } from '../crm.ts';
import { accountModels, type ModelOutputs } from '../outputs/output-model.ts';
import type { SalesforceApi } from './api/api.ts';
import { oneOf } from './api/soql.ts';
import { askTogether } from './ask-together.ts';
import { everyRow } from './bulk-rows.ts';
import { createFormers } from './formers.ts';
import { readNumber } from './outputs.ts';
import { idsOf } from './person-kind.ts';
import { flagOf, type Row, rawValue, textOf } from './row.ts';

/** As many as one call reads. */
const BATCH = 200;

/** Accounts by id. Of those that were merged, the one that is left comes back, with the ids of the others while the recycle bin has them. */
export async function readAccounts(
  api: SalesforceApi,
  models: readonly ModelOutputs[],
  ids: readonly string[],
  options?: CallOptions,
): Promise<AccountRecord[]> {
  const records = new Map<string, AccountRecord>();
  for (const batch of batches(idsOf('Account', ids), BATCH))
    for (const record of await readBatch(api, models, batch, options)) records.set(record.id, record);
  return [...records.values()];
}

/** A call for each 2,000 that hold a score. */
export async function* scoredAccounts(
  api: SalesforceApi,
  clock: Clock,
  models: readonly ModelOutputs[],
  options?: CallOptions,
): AsyncIterable<string[]> {
  const fields = accountModels(models).map(({ accountScore }) => accountScore);
  if (fields.length === 0) return;
  const soql = `SELECT Id FROM Account WHERE ${fields.map((field) => `${field} != null`).join(' OR ')}`;
  for await (const rows of everyRow(api, clock, soql, { kind: 'read', ...options }))
    yield rows.flatMap((row) => textOf(row, 'Id') ?? []);
}

/** One call, and another where one of them was merged lately. */
async function readBatch(
  api: SalesforceApi,
  models: readonly ModelOutputs[],
  ids: readonly string[],
  options?: CallOptions,
): Promise<AccountRecord[]> {
  const scores = accountModels(models).map(({ accountScore }) => accountScore);
  const columns = [...new Set(['Id', 'IsDeleted', MASTER, ...scores])].join(', ');
  const formers = createFormers();
  const live: Row[] = [];
  const seen = new Set<string>();
  for (let asked: string[] = [...ids]; asked.length > 0; ) {
    const related: string[] = [];
    for (const id of asked) seen.add(id);
    const tell = (row: Row) => {
      const [id, master] = [textOf(row, 'Id'), textOf(row, MASTER)];
      const isMerged = id !== undefined && master !== undefined && flagOf(row, 'IsDeleted');
      if (isMerged) formers.add({ id, email: undefined, how: 'merged' }, master);
      if (isMerged) related.push(id, master);
      else if (!flagOf(row, 'IsDeleted')) live.push(row);
    };
    const questions = [
      { soql: `SELECT ${columns} FROM Account WHERE Id IN ${oneOf(asked)}`, tell },
      {
        soql: `SELECT Id, IsDeleted, ${MASTER} FROM Account WHERE ${MASTER} IN ${oneOf(asked)} AND IsDeleted = true`,
        tell,
      },
    ];
    await askTogether(api, questions, { kind: 'read', ...options });
    asked = idsOf('Account', related).filter((id) => !seen.has(id));
  }
  return live.map((row) =>
    toRecord(
      models,
      row,
      formers.of(textOf(row, 'Id') ?? '').map(({ id }) => id),
    ),
  );
}

const MASTER = 'MasterRecordId';

/** What someone overwrote with nonsense counts as absent, so that it is written again. */
function toRecord(models: readonly ModelOutputs[], row: Row, formerIds: readonly string[]): AccountRecord {
  const scores = accountModels(models).flatMap(({ model, accountScore }) => {
    const score = readNumber(rawValue(row, accountScore));
    return score === undefined ? [] : [[model.id, score] as const];
  });
  return { id: textOf(row, 'Id') ?? '', formerIds, scores: Object.fromEntries(scores) };
}
