import type { SaidOfLead, SaidReason, SaidStatus, SalesSay } from './sales-say.ts';

/** In which words, and why, sales gave leads back. */
export type GivenBack = Pick<SalesSay, 'statuses' | 'reasons' | 'withoutReason'>;

/** Counts the leads that sales gave back, for later or for good; those that they work are passed over. */
export function givenBackReader(): { add(said: SaidOfLead): void; finish(): GivenBack } {
  const statuses = new Map<string, SaidStatus>();
  const reasons = new Map<string, SaidReason>();
  let withoutReason = 0;
  return {
    add({ word, status, reasons: named = [] }) {
      if (word === 'working') return;
      if (status !== undefined) statuses.set(status, { status, word, leads: (statuses.get(status)?.leads ?? 0) + 1 });
      for (const reason of new Set(named)) {
        const { rejected = 0, notNow = 0 } = reasons.get(reason) ?? {};
        const isRejected = word === 'rejected';
        reasons.set(reason, {
          reason,
          rejected: rejected + (isRejected ? 1 : 0),
          notNow: notNow + (isRejected ? 0 : 1),
        });
      }
      if (named.length === 0) withoutReason += 1;
    },
    finish: () => ({
      statuses: [...statuses.values()].sort(
        (one, other) => other.leads - one.leads || (one.status < other.status ? -1 : 1),
      ),
      reasons: [...reasons.values()].sort(
        (one, other) => allOf(other) - allOf(one) || (one.reason < other.reason ? -1 : 1),
      ),
      withoutReason,
    }),
  };
}

const allOf = ({ rejected, notNow }: SaidReason) => rejected + notNow;
