import { RecordError } from '../base/errors.ts';
import type { CallOptions } from '../crm/crm.ts';
import type { Notice } from '../ledger/outbox.ts';
import type { Alert } from './alerts.ts';
import type { Decision } from './changes.ts';
import type { Connection } from './connection.ts';
import { createTasks } from './fast-track.ts';
import { doSalesWorkIn, type FollowedLead, remind } from './follow-up-lead.ts';
import { routedNotice, tell } from './notices.ts';
import type { Moment } from './outputs.ts';

interface Told {
  /** Why the CRM refused a task. */
  readonly taskRefused: RecordError | undefined;
  /** Whom the lead is passed on to, as its owner does not follow up. */
  readonly newOwner: string | undefined;
}

/** Tasks and notices of what fired, and of follow-ups that are late: once each, however often this is tried. */
export async function tellSales(
  connection: Connection,
  lead: FollowedLead,
  { models }: Decision,
  { fired, dueAt }: { readonly fired: readonly Alert[]; readonly dueAt: (alert: Alert) => number },
  moment: Moment,
  options: CallOptions,
): Promise<Told> {
  let taskRefused: RecordError | undefined;
  let newOwner: string | undefined;
  const notices: Notice[] = [];
  const orRefused = async (make: () => Promise<unknown>) => {
    try {
      await make();
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      taskRefused ??= error;
    }
  };
  await orRefused(() => createTasks(connection, lead, fired, dueAt, options));
  for (const alert of doSalesWorkIn(connection) ? fired : []) {
    const told = { record: lead.record, verdict: alert.verdict, ownerId: lead.ownerId, timeZone: lead.hours?.timeZone };
    notices.push(...[routedNotice(connection, told, alert, dueAt(alert))].flatMap((notice) => notice ?? []));
  }
  for (const decision of models) {
    await orRefused(async () => {
      const reminded = await remind(connection, lead, decision, moment, options);
      notices.push(...reminded.notices);
      newOwner ??= reminded.ownerId;
    });
  }
  await tell(connection, notices);
  return { taskRefused, newOwner };
}
