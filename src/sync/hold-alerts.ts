import { DAY } from '../base/clock.ts';
import { durationText } from '../base/duration-text.ts';
import { askCeiling, type CeilingAnswer, type Firing, ruleName } from '../ledger/ceilings.ts';
import { finishFastTrack } from '../ledger/fast-tracks.ts';
import type { Alert } from './alerts.ts';
import { type Connection, keepFor } from './connection.ts';
import { ceilingNotice, tell } from './notices.ts';
import type { Moment } from './outputs.ts';
import type { ScoredLead } from './standing.ts';

/** What becomes of the alerts of one lead. */
export interface Sorted {
  /** Sales is told of these now. */
  readonly fired: readonly Alert[];
  /** Too many at once: they wait until a person lets the rule go on. */
  readonly held: readonly Alert[];
  /** A person decided that nobody is told of these. */
  readonly dropped: readonly Alert[];
}

export const NO_ALERTS: Sorted = { fired: [], held: [], dropped: [] };

/**
 * Asks of each rule whether it may alert so many: a mistake in a rule, or an import that makes it hold for everybody, is to flood
 * nobody. The one whose question trips a rule tells a person so. `pending` in the order of `leads`, and so is the answer; of a
 * quiet run nothing fires.
 */
export async function sortAlerts(
  connection: Connection,
  leads: readonly ScoredLead[],
  pending: readonly (readonly Alert[])[],
  { mode, now }: Moment,
): Promise<Sorted[]> {
  if (mode !== 'live') return leads.map(() => NO_ALERTS);
  const { space, sales } = connection;
  if (sales.ceiling === undefined) return leads.map((_, index) => ({ ...NO_ALERTS, fired: pending[index] ?? [] }));
  const byRule = new Map<string, Firing[]>();
  for (const [index, { record }] of leads.entries()) {
    for (const alert of pending[index] ?? []) {
      const firings = byRule.get(nameOf(alert)) ?? [];
      byRule.set(nameOf(alert), [...firings, { leadId: record.lead.id, event: alert.reference }]);
    }
  }
  const held = new Set<string>();
  const dropped = new Set<string>();
  for (const [rule, firings] of byRule) {
    const answer = await askCeiling(space, rule, firings, { ...sales.ceiling, now });
    for (const event of answer.held) held.add(`${rule} ${event}`);
    for (const event of answer.dropped) dropped.add(`${rule} ${event}`);
    await tellStopped(connection, rule, answer, now);
  }
  const isIn = (events: ReadonlySet<string>) => (alert: Alert) => events.has(`${nameOf(alert)} ${alert.reference}`);
  const sorted = leads.map((_, index) => {
    const own = pending[index] ?? [];
    const fired = own.filter((alert) => !isIn(held)(alert) && !isIn(dropped)(alert));
    return { fired, held: own.filter(isIn(held)), dropped: own.filter(isIn(dropped)) };
  });
  // A promotion that a person dropped is over once its gates are said to be met: asked again before that, the answer is the same.
  for (const { reference, isMql } of sorted.flatMap((each) => each.dropped))
    if (isMql !== true) await finishFastTrack(space, reference, keepFor(connection.models));
  return sorted;
}

const nameOf = ({ verdict, rule }: Alert) => ruleName(verdict.model.id, rule);

/**
 * One message, in the log and to the team. The same notice is put in the outbox again by whoever asks within a day: the process that
 * tripped the rule may have ended before it did.
 */
async function tellStopped(
  connection: Connection,
  rule: string,
  { tripped, stopped }: CeilingAnswer,
  now: number,
): Promise<void> {
  if (stopped === undefined || stopped.at < now - DAY) return;
  const { log, crm } = connection;
  const { leads, per } = stopped;
  if (tripped)
    log.error(
      `the rule ${rule} wanted to alert more than ${leads} leads within ${durationText(per)}: it is stopped until a person decides. See "leadgauge alerts list"`,
      { connection: crm.name, rule },
    );
  await tell(connection, [ceilingNotice(connection, { rule, ...stopped })]);
}
