import { hashEmail } from '../leads/email.ts';
import type { LeadState } from '../ledger/lead-state.ts';
import type { Alert } from './alerts.ts';
import type { Decision } from './changes.ts';
import type { Connection } from './connection.ts';
import { goesBack } from './lifecycle.ts';
import type { Moment } from './outputs.ts';
import { keptScores } from './silent-outputs.ts';
import { BEYOND_MQL, leadGatesOf, SALES_SAY, type ScoredLead, saying } from './standing.ts';
import { nextChangeOf } from './verdicts.ts';

/**
 * What is remembered of a lead once this decision is written. `unsettled`: what sales has not been told of. As far as it is a rule on fields, it does not count as held, so that it still begins to.
 */
export function stateAfter(
  connection: Connection,
  scored: ScoredLead,
  decision: Decision,
  unsettled: readonly Alert[],
  { mode, now }: Moment,
): LeadState {
  const { models, crm } = connection;
  const { record, verdicts, before } = scored;
  const { lead, changedAt, fingerprint, salesSay } = record;
  const left = new Set(unsettled.map(({ meaning }) => meaning));
  const held = new Set(verdicts.flatMap(({ score }) => score.heldRules.map(({ meaning }) => meaning)));
  // Those of models that it is no lead of too: who comes to be one by an edit of the lead is new to sales.
  const asked = models.models.flatMap(({ fieldRules }) => fieldRules.map((rule) => rule.asked));
  if (crm.hearsSales === true) asked.push(SALES_SAY);
  // A quiet run gives nobody back: that sales said so is left for the polls to hear.
  const saidSince = decision.models.some(({ standing }) => standing.saidSince);
  const isLeft = mode !== 'live' && goesBack(salesSay) && saidSince;
  if (salesSay !== undefined && !isLeft) held.add(saying(salesSay));
  if (record.stage === 'beyond-mql') held.add(BEYOND_MQL);
  for (const { standing, verdict } of decision.models) {
    const gates = leadGatesOf(verdict.model);
    if (gates === undefined) continue;
    asked.push(gates);
    // The same goes for a subscriber whom it would have moved on.
    const waits = mode === 'quiet' && standing.isBeforeLead && (standing.wasBelowLead || standing.isNew);
    if (verdict.score.lead && !waits) held.add(gates);
  }
  const applying = new Set(verdicts.map(({ model }) => model));
  const due = [nextChangeOf(verdicts), ...decision.models.map((one) => one.recycleDue)].flatMap((at) => at ?? []);
  const challengers = keptScores(connection, scored, now);
  return {
    id: lead.id,
    echo: { changedAt, fingerprint },
    dueAt: due.length === 0 ? undefined : Math.min(...due),
    // Also those of addresses that it has no longer: what was done under them is to be erased with the rest. And of whoever did nothing
    // yet: a form may come in, and the person be erased before the next scoring.
    emailHashes: [...new Set([...(before?.emailHashes ?? []), ...lead.emails.map(hashEmail)])],
    formerIds: lead.formerIds,
    askedRules: [...new Set(asked)].sort(),
    passedOverBy: models.models.filter((model) => !applying.has(model)).map(({ version }) => version),
    heldRules: [...held].filter((meaning) => !left.has(meaning)).sort(),
    ...(challengers && { challengers }),
  };
}
