import type { CallOptions } from '../crm/crm.ts';
import type { Notice } from '../ledger/outbox.ts';
import { type Owed, type OwedTask, saveOwed } from '../ledger/owed-tasks.ts';
import type { Alert } from './alerts.ts';
import type { Decision } from './changes.ts';
import type { Connection } from './connection.ts';
import { makeTasks, type RefusedTask, tasksOf } from './fast-track.ts';
import { type FollowedLead, remind } from './follow-up-lead.ts';
import { routedNotice, tell } from './notices.ts';
import type { Moment } from './outputs.ts';

interface ToTell {
  readonly fired: readonly Alert[];
  /** By when to follow up on an alert. */
  readonly dueAt: (alert: Alert) => number;
  /** Tasks that the CRM refused before. */
  readonly owed: Owed | undefined;
}

interface Told {
  /** Why the CRM refused a task that the lead lacks; undefined where it lacks none. */
  readonly taskRefusal: string | undefined;
  /** Whom the lead is passed on to, as its owner does not follow up. */
  readonly newOwner: string | undefined;
}

/**
 * Tasks and notices of what fired, and of follow-ups that are late: once each, however often this is tried. A task that the CRM refuses is kept until
 * a person has it tried again.
 */
export async function tellSales(
  connection: Connection,
  lead: FollowedLead,
  { models }: Decision,
  { fired, dueAt, owed }: ToTell,
  moment: Moment,
  options: CallOptions,
): Promise<Told> {
  const { taken } = lead;
  const refused: RefusedTask[] = [];
  const notices: (Notice | undefined)[] = [];
  let newOwner: string | undefined;
  if (owed?.isAsked)
    refused.push(...(await makeTasks(connection, taken, owed.tasks, { ...options, again: true })).refused);
  // One that was refused waits for a person, however often its alert comes again.
  const waiting = new Set(owed?.tasks.map(({ reference }) => reference));
  const wanted = tasksOf(connection, lead, fired, dueAt).filter(({ reference }) => !waiting.has(reference));
  const asked = await makeTasks(connection, taken, wanted, options);
  refused.push(...asked.refused);
  for (const alert of fired.filter(({ verdict }) => !lead.toldElsewhere.has(verdict.model))) {
    const told = { record: lead.record, verdict: alert.verdict, ownerId: lead.ownerId, timeZone: lead.hours?.timeZone };
    notices.push(routedNotice(connection, told, alert, dueAt(alert)));
  }
  for (const decision of models) {
    const { notice, task, ownerId } = await remind(connection, lead, decision, moment);
    // There is one for each lead that nobody follows up, so that a look is cheap.
    const made = await makeTasks(connection, taken, task ? [task] : [], { ...options, looksFirst: true });
    refused.push(...made.refused);
    // Who made the task told of it as well, before Redis was emptied.
    if (task === undefined || !made.found.has(task.reference)) notices.push(notice);
    newOwner ??= ownerId;
  }
  await tell(
    connection,
    notices.filter((notice) => notice !== undefined),
  );
  const taskRefusal = await keepOwed(connection, lead, owed, refused);
  return { taskRefusal, newOwner };
}

/** @returns why what is owed now was refused last; undefined where nothing is. */
async function keepOwed(
  { space }: Connection,
  { record }: FollowedLead,
  owed: Owed | undefined,
  refused: readonly RefusedTask[],
): Promise<string | undefined> {
  const before: readonly OwedTask[] = owed === undefined || owed.isAsked ? [] : owed.tasks;
  const all = [...before, ...refused.map(({ task, error }) => ({ ...task, reason: error.message }))];
  const now = [...new Map(all.map((task) => [task.reference, task])).values()];
  if (refused.length > 0 || owed?.isAsked) await saveOwed(space, record.lead.id, now);
  return all.at(-1)?.reason;
}
