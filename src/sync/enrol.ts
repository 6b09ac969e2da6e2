import { LeadgaugeError, RecordError, RetryableError } from '../base/errors.ts';
import type { CallOptions } from '../crm/crm.ts';
import type { Connection } from './connection.ts';
import type { Prepared, Refused } from './prepare.ts';

/**
 * Puts the leads that are routed to a nurture series now in the list or campaign that config names for it: before the change is written that says
 * so, as who is in it already stays. Where the CRM does not take them, they are refused instead, and no other lead is held up.
 */
export async function enrolAll(
  { crm, log }: Connection,
  prepared: readonly (Prepared | Refused)[],
  options: CallOptions,
): Promise<(Prepared | Refused)[]> {
  const byRule = new Map<string, Prepared[]>();
  for (const lead of prepared) {
    for (const rule of rulesOf(lead)) {
      if (crm.nurtures.has(rule) && 'decision' in lead) byRule.set(rule, [...(byRule.get(rule) ?? []), lead]);
    }
  }
  const refused = new Map<Prepared | Refused, Refused>();
  for (const [rule, leads] of byRule) {
    try {
      await crm.enrol(
        rule,
        leads.map(({ record }) => record.lead.id),
        { signal: options.signal },
      );
    } catch (error) {
      if (!(error instanceof LeadgaugeError)) throw error;
      log.warn('leads could not be put in the list or campaign of a nurture rule', { rule, reason: error.message });
      // A list that somebody deleted is a matter of these leads, and not of the whole connection.
      const why = error instanceof RetryableError ? error : new RecordError(error.message);
      for (const lead of leads) refused.set(lead, { taken: lead.taken, error: why });
    }
  }
  return prepared.map((lead) => refused.get(lead) ?? lead);
}

function rulesOf(lead: Prepared | Refused): string[] {
  if (!('decision' in lead)) return [];
  return lead.decision.models.flatMap(({ nurture }) => nurture ?? []);
}
