import { DAY } from '../base/clock.ts';
import { durationText } from '../base/duration-text.ts';
import {
  askCeiling,
  type CeilingAnswer,
  type Firing,
  namesOfTripped,
  readWaiting,
  ruleName,
} from '../ledger/ceilings.ts';
import { finishFastTrack } from '../ledger/fast-tracks.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { alertingRules } from './alerting-rules.ts';
import { type Alert, MQL_RULE, promotionReferences } from './alerts.ts';
import { type Connection, keepFor } from './connection.ts';
import { mayStillEnterMql } from './lifecycle.ts';
import { ceilingNotice, tell } from './notices.ts';
import type { Moment } from './outputs.ts';
import { type ScoredLead, standingOf } from './standing.ts';

/** What becomes of the alerts of one lead. */
export interface Sorted {
  /** Sales is told of these now. */
  readonly fired: readonly Alert[];
  /** Too many at once: they wait until a person lets the rule go on. */
  readonly held: readonly Alert[];
  /** A person decided that nobody is told of these. */
  readonly dropped: readonly Alert[];
  /** The models by which a quiet run leaves it as not passed on yet: that is held, or a person has just let it go on. */
  readonly waiting: ReadonlySet<CompiledModel>;
}

export const NO_ALERTS: Sorted = { fired: [], held: [], dropped: [], waiting: new Set() };

/**
 * Asks of each rule whether it may alert so many: a mistake in a rule, or an import that makes it hold for everybody, is to flood
 * nobody. The one whose question trips a rule tells a person so. `pending` in the order of `leads`, and so is the answer; of a
 * quiet run nothing fires, and it asks for nothing.
 */
export async function sortAlerts(
  connection: Connection,
  leads: readonly ScoredLead[],
  pending: readonly (readonly Alert[])[],
  moment: Moment,
): Promise<Sorted[]> {
  const { mode, now } = moment;
  if (mode === 'quiet')
    return (await waitingOf(connection, leads, moment)).map((waiting) => ({ ...NO_ALERTS, waiting }));
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
  const former = byRule.size === 0 ? [] : await formerRules(connection);
  for (const [rule, firings] of byRule) {
    const answer = await askCeiling(space, rule, firings, { ...sales.ceiling, now }, former);
    for (const event of answer.held) held.add(`${rule} ${event}`);
    for (const event of answer.dropped) dropped.add(`${rule} ${event}`);
    await tellStopped(connection, rule, answer, now);
  }
  const isIn = (events: ReadonlySet<string>) => (alert: Alert) => events.has(`${nameOf(alert)} ${alert.reference}`);
  const sorted = leads.map((_, index) => {
    const own = pending[index] ?? [];
    const fired = own.filter((alert) => !isIn(held)(alert) && !isIn(dropped)(alert));
    return { ...NO_ALERTS, fired, held: own.filter(isIn(held)), dropped: own.filter(isIn(dropped)) };
  });
  // Another rule may hold the same request, or tell of it now.
  const open = new Set(sorted.flatMap((each) => [...each.fired, ...each.held].map(({ reference }) => reference)));
  // A promotion that a person dropped is over once its gates are said to be met: asked again before that, the answer is the same.
  for (const { reference, isMql } of sorted.flatMap((each) => each.dropped))
    if (isMql !== true && !open.has(reference)) await finishFastTrack(space, reference, keepFor(connection.models));
  return sorted;
}

const nameOf = ({ verdict, rule }: Alert) => ruleName(verdict.model.id, rule);

/**
 * By which models each of these leads waits for its promotion. It may meet the gates of a model that was edited meanwhile: written as such by a
 * quiet run it would look old to the polls, as in `leavesPromotion`, and what a person decides on would be lost.
 */
export async function waitingOf(
  { space, models, mainModel }: Connection,
  leads: readonly ScoredLead[],
  moment: Moment,
): Promise<ReadonlySet<CompiledModel>[]> {
  const waiting = leads.map(() => new Set<CompiledModel>());
  for (const model of models.models.filter(({ sales }) => sales.mql)) {
    const references = leads.map((lead) => {
      const score = lead.verdicts.find((verdict) => verdict.model === model)?.score;
      const mayEnter = score && mayStillEnterMql(standingOf(lead, model, mainModel, moment), score);
      return mayEnter === true ? promotionReferences(lead, model) : [];
    });
    const held = await readWaiting(space, ruleName(model.id, MQL_RULE), references.flat(), moment.now);
    for (const [index, own] of references.entries())
      if (own.some((reference) => held.has(reference))) waiting[index]?.add(model);
  }
  return waiting;
}

/** The rules that are stopped and that no model has any more. */
async function formerRules({ space, models }: Connection): Promise<string[]> {
  const tripped = await namesOfTripped(space);
  if (tripped.length === 0) return [];
  const rules = alertingRules(models);
  return tripped.filter((rule) => !rules.has(rule));
}

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
