import { batches } from '../base/batches.ts';
import type { LeadRecord } from '../crm/crm.ts';
import { rollUp } from '../scoring/roll-up.ts';
import { accountModels } from './account-members.ts';
import type { Connection } from './connection.ts';

/** What one call of any CRM reads. */
const ACCOUNTS_AT_ONCE = 100;

export interface AccountVerifier {
  /** To be told of every lead of the CRM. */
  count(records: readonly LeadRecord[]): void;
  /** Ids of accounts that do not hold what the scores that their people hold give. */
  wrong(): Promise<readonly string[]>;
}

/** Reads companies anew; undefined where no model has `account`. */
export function accountVerifier(connection: Connection): AccountVerifier | undefined {
  const { crm } = connection;
  const rules = accountModels(connection);
  if (rules.length === 0) return undefined;
  const people = new Map<string, LeadRecord['outputs'][]>();
  const wanted = (id: string) =>
    rules.map(({ id: model, account }) => {
      const scores = (people.get(id) ?? []).flatMap((outputs) => {
        const held = outputs[model]?.[account.of === 'total' ? 'score' : account.of];
        return held === undefined ? [] : [held];
      });
      return { model, score: scores.length === 0 ? undefined : rollUp(account, scores) };
    });
  return {
    count(records) {
      for (const { lead, outputs } of records) {
        if (lead.accountId === undefined) continue;
        const own = people.get(lead.accountId);
        if (own === undefined) people.set(lead.accountId, [outputs]);
        else own.push(outputs);
      }
    },
    async wrong() {
      const ids = new Set(people.keys());
      for await (const page of crm.scoredAccounts()) for (const id of page) ids.add(id);
      const all = [...ids];
      const wrong: string[] = [];
      for (const some of batches(all, ACCOUNTS_AT_ONCE)) {
        const records = await crm.readAccounts(some);
        const differs = ({ id, scores }: (typeof records)[number]) =>
          wanted(id).some(({ model, score }) => scores[model] !== score);
        wrong.push(...records.filter(differs).map(({ id }) => id));
      }
      return wrong;
    },
  };
}
