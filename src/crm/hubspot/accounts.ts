import { batches } from '../../base/batches.ts';
import type { AccountChange, AccountRecord, CallOptions, WriteOutcome } from '../crm.ts';
import { accountModels, type ModelOutputs } from '../outputs/output-model.ts';
import { batchReadCompanies, type Company, searchCompaniesWith } from './api/companies.ts';
import { BATCH, type ContactUpdate } from './api/contacts.ts';
import { splitList } from './leads.ts';
import { readNumber } from './outputs.ts';
import { readBatch } from './read-batch.ts';
import { isRecordId } from './record-id.ts';
import { highestId } from './search-window.ts';
import type { Transport } from './transport.ts';
import type { WriteContext } from './write-context.ts';
import { writeInputs } from './write-inputs.ts';

/** Companies by id. Of those that were merged, the one that is left comes back, with the ids of the others. */
export async function readAccounts(
  transport: Transport,
  models: readonly ModelOutputs[],
  ids: readonly string[],
  options?: CallOptions,
): Promise<AccountRecord[]> {
  const properties = [...scoreNames(models), FORMER_IDS];
  const records = new Map<string, AccountRecord>();
  for (const batch of batches([...new Set(ids)].filter(isRecordId), BATCH)) {
    const wanted = { ids: batch, properties, read: batchReadCompanies };
    for (const company of await readBatch(transport, wanted, options))
      records.set(company.id, toRecord(models, company));
  }
  return [...records.values()];
}

/** HubSpot takes no more alternatives in one search. https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm */
const MOST_ALTERNATIVES = 5;

/** In the order of ids, which goes on where `changedLeads` would: above the last one seen. */
export async function* scoredAccounts(
  transport: Transport,
  models: readonly ModelOutputs[],
  options?: CallOptions,
): AsyncIterable<string[]> {
  for (const properties of batches(scoreNames(models), MOST_ALTERNATIVES)) {
    let above = '0';
    let more = true;
    while (more) {
      const page = await searchCompaniesWith(transport, { properties, above }, options);
      above = highestId(page.companies, above);
      more = page.more && page.companies.length > 0;
      yield page.companies.map(({ id }) => id);
    }
  }
}

export async function writeAccounts(
  context: WriteContext,
  changes: readonly AccountChange[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const inputs = changes.map(({ id, scores }): ContactUpdate => {
    const written = accountModels(context.models).flatMap(({ model, accountScore }) => {
      const score = scores[model.id];
      return score === undefined ? [] : [[accountScore, score === null ? '' : String(score)] as const];
    });
    return { id, properties: Object.fromEntries(written), objectWriteTraceId: id };
  });
  const isEmpty = ({ properties }: ContactUpdate) => Object.keys(properties).length === 0;
  const unchanged = inputs.filter(isEmpty).map(({ id }): WriteOutcome => {
    return { id, status: 'written', changedAt: context.clock.now() };
  });
  return writeInputs(
    context,
    inputs.filter((input) => !isEmpty(input)),
    unchanged,
    options,
  );
}

const FORMER_IDS = 'hs_merged_object_ids';

function scoreNames(models: readonly ModelOutputs[]): string[] {
  return accountModels(models).map(({ accountScore }) => accountScore);
}

/** What someone overwrote with nonsense counts as absent, so that it is written again. */
function toRecord(models: readonly ModelOutputs[], { id, properties }: Company): AccountRecord {
  const scores = accountModels(models).flatMap(({ model, accountScore }) => {
    const score = readNumber(properties[accountScore]?.trim() || undefined);
    return score === undefined ? [] : [[model.id, score] as const];
  });
  const formerIds = splitList(properties[FORMER_IDS]).filter((former) => former !== id);
  return { id, formerIds, scores: Object.fromEntries(scores) };
}
