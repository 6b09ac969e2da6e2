import { MINUTE, SECOND } from '../base/clock.ts';
import type { LeadRecord } from '../crm/crm.ts';
import { isOpen } from '../leads/follow-up-state.ts';
import { type FollowUp, lastFollowUps, remindedUntil } from '../ledger/follow-ups.ts';
import type { KnownPerson } from '../ledger/person-records.ts';
import type { Connection } from './connection.ts';
import type { SettledBeside } from './follow-through.ts';

/** What was noted of the follow-ups of a lead as it was scored last, and its person's other records; each by the id of the model. */
export interface Noted {
  /** As `remindedUntil` tells. */
  readonly notBefore: ReadonlyMap<string, number>;
  /** Of those that are open here, the ones that are over in another CRM. */
  readonly beside: ReadonlyMap<string, SettledBeside>;
}

/** Of these records, in their order; `people` are those that each is of, as `readDoings` finds them. */
export async function notedFollowUps(
  connection: Connection,
  records: readonly LeadRecord[],
  people: readonly (readonly KnownPerson[])[],
): Promise<Noted[]> {
  const reminded = records.map((record) => ({ leadId: record.lead.id, routes: remindedBy(record) }));
  const [notBefore, beside] = await Promise.all([
    remindedUntil(connection.space, reminded),
    settledBeside(connection, records, people),
  ]);
  return records.map((_, index) => ({
    notBefore: notBefore[index] ?? new Map(),
    beside: beside[index] ?? new Map(),
  }));
}

/** The routes to sales of which somebody may have been reminded. */
function remindedBy({ outputs }: LeadRecord): { readonly model: string; readonly routedAt: number }[] {
  return Object.entries(outputs).flatMap(([model, { routedAt, followUp }]) =>
    routedAt !== undefined && (followUp === 'reminded' || followUp === 'tried') ? [{ model, routedAt }] : [],
  );
}

async function settledBeside(
  { space, beside = [], models: { models } }: Connection,
  records: readonly LeadRecord[],
  people: readonly (readonly KnownPerson[])[],
): Promise<ReadonlyMap<string, SettledBeside>[]> {
  const settled = records.map(() => new Map<string, SettledBeside>());
  for (const { name } of beside) {
    const theirIds = people.map((known) =>
      known.flatMap((one) => one.records.filter((each) => each.connection === name)),
    );
    for (const { id: model } of models) {
      const asked = records.flatMap(({ outputs }, index) => {
        const { routedAt, followUp = 'open' } = outputs[model] ?? {};
        if (routedAt === undefined || !isOpen(followUp)) return [];
        return (theirIds[index] ?? []).map(({ id }) => ({ id, routedAt, own: settled[index] }));
      });
      const theirs = await lastFollowUps(space.of(name), [...new Set(asked.map(({ id }) => id))], model);
      const byId = new Map(theirs.map((each) => [each.leadId, each]));
      for (const { id, routedAt, own } of asked) {
        const over = overSince(byId.get(id), routedAt);
        if (over !== undefined && own?.get(model)?.state !== 'reached') own?.set(model, over);
      }
    }
  }
  return settled;
}

/** How far apart two CRMs may route the same request, in milliseconds: each does so once it hears of it. */
const APART = 5 * MINUTE;

/** How their follow-up ended, where that is about a route of ours as well: not where sales were done with an earlier one before it. */
function overSince(theirs: FollowUp | undefined, routedAt: number): SettledBeside | undefined {
  if (theirs === undefined || theirs.isLeft || isOpen(theirs.state)) return undefined;
  const { state, firstTouchedAt } = theirs;
  // A CRM may keep whole seconds only.
  const isSince = theirs.routedAt > routedAt - APART || (firstTouchedAt ?? 0) >= Math.floor(routedAt / SECOND) * SECOND;
  return isSince ? { state, touchedAt: firstTouchedAt } : undefined;
}
