import type { Lead } from '../leads/lead.ts';
import { accountSpace, joinAccounts, type Member } from '../ledger/accounts.ts';
import { countDirty } from '../ledger/dirty.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { AccountRule } from '../scoring/roll-up.ts';
import type { Connection } from './connection.ts';
import type { Verdict } from './verdicts.ts';

export type AccountModel = CompiledModel & { readonly account: AccountRule };

/**
 * The models by which the people of a company make its score; without any, companies are neither read nor written. Nothing is
 * written to a CRM that is a source alone.
 */
export function accountModels({ models, role }: Pick<Connection, 'models' | 'role'>): AccountModel[] {
  if (role === 'source') return [];
  return models.models.filter((model): model is AccountModel => model.account !== undefined);
}

/**
 * Notes for their accounts what these leads score. Call it once the CRM holds their scores, and before they are let go. A lead
 * that a model is not about does not count by it, and one that a model rules out counts like any other.
 */
export async function countForAccounts(
  connection: Connection,
  leads: readonly { readonly record: { readonly lead: Lead }; readonly verdicts: readonly Verdict[] }[],
): Promise<void> {
  const { space, clock } = connection;
  const ids = new Set(accountModels(connection).map(({ id }) => id));
  if (ids.size === 0) return;
  const members = leads.flatMap(({ record: { lead }, verdicts }): Member[] => {
    const scores = verdicts
      .filter(({ model }) => ids.has(model.id))
      .map(({ model, score: { total, fit, engagement } }) => ({ model: model.id, total, fit, engagement }));
    // Nobody tells of the records that were merged into this one but this one.
    const former = lead.formerIds.map((leadId) => ({ leadId, accountId: undefined, scores: [] }));
    return [{ leadId: lead.id, accountId: lead.accountId, scores }, ...former];
  });
  await joinAccounts(space, members, clock.now());
}

/** Asks for the job that scores accounts, where any wait for it. */
export async function wakeAccounts(connection: Connection): Promise<void> {
  const { space, wake } = connection;
  if (accountModels(connection).length > 0 && (await countDirty(accountSpace(space))) > 0) await wake('accounts');
}
