import { RecordError, RetryableError } from '../base/errors.ts';
import type { CallOptions, LeadChange, OutputChange } from '../crm/crm.ts';
import { readEnrolRests, saveEnrolRest } from '../ledger/enrol-rests.ts';
import type { ModelDecision } from './changes.ts';
import type { Connection } from './connection.ts';
import type { Prepared, Refused } from './prepare.ts';

/** Why leads are not in the list or campaign of a nurture rule. */
interface Failure {
  readonly rule: string;
  readonly error: RecordError | RetryableError;
}

/**
 * Puts the leads that are routed to a nurture series now in the list or campaign that config names for it: before the change is written that says
 * so, as who is in it already stays. Where the CRM does not take them, all but that is written, and nothing else is held up; a list or campaign
 * that takes nobody is not asked for again with every lead.
 */
export async function enrolAll(
  connection: Connection,
  prepared: readonly (Prepared | Refused)[],
  options: CallOptions,
): Promise<(Prepared | Refused)[]> {
  const { crm, space, clock } = connection;
  const byRule = new Map<string, Prepared[]>();
  for (const lead of prepared) {
    if (!('decision' in lead)) continue;
    for (const rule of rulesOf(lead)) if (crm.nurtures.has(rule)) byRule.set(rule, [...(byRule.get(rule) ?? []), lead]);
  }
  if (byRule.size === 0) return [...prepared];
  const rests = await readEnrolRests(space, clock.now());
  const failures = new Map<Prepared | Refused, Failure[]>();
  for (const [rule, leads] of byRule) {
    const resting = rests.get(rule);
    const refusals =
      resting === undefined
        ? await enrol(connection, rule, leads, options)
        : ofAll(leads.map(idOf), new RecordError(resting));
    for (const lead of leads) {
      const error = refusals.get(idOf(lead));
      if (error !== undefined) failures.set(lead, [...(failures.get(lead) ?? []), { rule, error }]);
    }
  }
  return prepared.map((lead) => ('decision' in lead ? afterFailures(lead, failures.get(lead) ?? []) : lead));
}

/** @returns why they are not in it, by the ids of leads; those who are in it are left out. */
async function enrol(
  { crm, space, clock, log }: Connection,
  rule: string,
  leads: readonly Prepared[],
  { signal }: CallOptions,
): Promise<ReadonlyMap<string, Failure['error']>> {
  const ids = leads.map(idOf);
  try {
    const refused = await crm.enrol(rule, ids, { signal });
    const [why] = refused.values();
    if (why !== undefined) log.warn(NOT_ENROLLED, { rule, leads: refused.size, reason: why.message });
    return refused;
  } catch (error) {
    if (!(error instanceof RecordError || error instanceof RetryableError)) throw error;
    log.warn(NOT_ENROLLED, { rule, leads: ids.length, reason: error.message });
    if (error instanceof RecordError) await saveEnrolRest(space, rule, error.message, clock.now());
    return ofAll(ids, error);
  }
}

const NOT_ENROLLED = 'leads could not be put in the list or campaign of a nurture rule';

const idOf = ({ record }: Prepared) => record.lead.id;

const ofAll = <E>(ids: readonly string[], error: E): ReadonlyMap<string, E> => new Map(ids.map((id) => [id, error]));

function rulesOf({ decision }: Prepared): Set<string> {
  return new Set(decision.models.flatMap(({ nurture }) => nurture ?? []));
}

function afterFailures(lead: Prepared, failures: readonly Failure[]): Prepared | Refused {
  let left = lead;
  for (const { rule, error } of failures) {
    // What sales were told of just now is not held up: whoever comes by next enrols the lead.
    if (error instanceof RecordError) left = { ...notRouted(left, rule), enrolRefused: left.enrolRefused ?? error };
    else if (lead.fired.length > 0) left = { ...notRouted(left, rule), again: true };
    else return { taken: lead.taken, error };
  }
  return left;
}

/** Without what says that the lead is in the series: who has it tried again finds it to be routed still. */
function notRouted(lead: Prepared, rule: string): Prepared {
  const { decision, change } = lead;
  const routed = decision.models.filter(({ nurture }) => nurture === rule);
  const models = decision.models.map((each) =>
    each.nurture === rule ? { ...each, nurture: undefined, outputs: unrouted(each, each.outputs) } : each,
  );
  return {
    ...lead,
    change: unroutedIn(change, routed),
    decision: { change: unroutedIn(decision.change, routed), models },
  };
}

function unroutedIn(change: LeadChange, routed: readonly ModelDecision[]): LeadChange {
  const outputs = Object.entries(change.outputs).map(([id, own]) => {
    const decision = routed.find(({ verdict }) => verdict.model.id === id);
    return [id, decision === undefined ? own : unrouted(decision, own)] as const;
  });
  return { ...change, outputs: Object.fromEntries(outputs.filter(([, own]) => Object.keys(own).length > 0)) };
}

const ROUTING: ReadonlySet<string> = new Set<keyof OutputChange>(['route', 'nurture', 'nurtureAt']);

function unrouted({ standing }: ModelDecision, outputs: OutputChange): OutputChange {
  const left = Object.entries(outputs).filter(([key]) => !ROUTING.has(key));
  // The time of scoring moves only with something else.
  const isRest = standing.current.scoredAt !== undefined && left.every(([key]) => key === 'scoredAt');
  return isRest ? {} : Object.fromEntries(left);
}
