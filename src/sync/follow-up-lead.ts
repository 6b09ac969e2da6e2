import { DAY } from '../base/clock.ts';
import { FatalError } from '../base/errors.ts';
import { dueAfter, type WorkingHours } from '../base/working-hours.ts';
import type { FollowUpTask, LeadChange, Outputs } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import { isOpen } from '../leads/follow-up-state.ts';
import type { Taken } from '../ledger/dirty.ts';
import { ruleReference } from '../ledger/fast-tracks.ts';
import type { Notice, Recipient } from '../ledger/outbox.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { afterwards, type Decision, type FollowedUp, type ModelDecision } from './changes.ts';
import { chooseOwner } from './choose-owner.ts';
import type { Connection } from './connection.ts';
import { scoreLines, utcText } from './fast-track.ts';
import { followThrough, type SettledBeside } from './follow-through.ts';
import { followUpEntry } from './follow-up-entry.ts';
import { unlessTooMany } from './gathered-reminders.ts';
import { escalationNotice, reminderNotice, type ToldLead } from './notices.ts';
import type { Moment } from './outputs.ts';
import { ownerDirectory } from './owner-directory.ts';
import { isRemindedBeside } from './reminded-beside.ts';
import { addresseeOf, hoursOfOwner, managerOf } from './sales-people.ts';
import type { ScoredLead, Standing } from './standing.ts';

/** A lead with what its follow-up depends on. */
export interface FollowedLead extends ScoredLead {
  readonly taken: Taken;
  /** What is known of the person. */
  readonly activities: readonly Activity[];
  /** Who owns it, or comes to own it now. */
  readonly ownerId: string | undefined;
  /** When that one works; undefined for around the clock. */
  readonly hours: WorkingHours | undefined;
  /** The models by which sales hear of it in another CRM: by these nobody here is told, reminded or timed. */
  readonly toldElsewhere: ReadonlySet<CompiledModel>;
}

/** Whether the hours of its owner matter: it is put before sales now, or was and is followed up. */
export function needsHours({ record }: ScoredLead, isFired: boolean): boolean {
  const isFollowed = ({ routedAt, followUp = 'open' }: Partial<Outputs>) => routedAt !== undefined && isOpen(followUp);
  return isFired || Object.values(record.outputs).some(isFollowed);
}

/** When the owner of a lead works. Where the CRM lets nobody read its users, the hours of everybody. */
export async function hoursFor(connection: Connection, ownerId: string | undefined): Promise<WorkingHours | undefined> {
  const { sales } = connection;
  try {
    return await hoursOfOwner(sales, ownerDirectory(connection), ownerId);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    return sales.hours;
  }
}

interface FollowUpMoment extends Moment {
  /** Whether the lead is routed to sales at this moment. */
  readonly justNow: boolean;
  /** As `remindedUntil` tells: who was reminded has until then. */
  readonly notBefore: number | undefined;
  /** How it ended in another CRM. */
  readonly beside: SettledBeside | undefined;
}

/** How the follow-up of one model stands; undefined for a lead that was never routed. Of whom sales hear elsewhere it is noted and no more. */
export function followUpOf(
  connection: Connection,
  { record, activities, hours, toldElsewhere }: FollowedLead,
  { standing, model }: { readonly standing: Standing; readonly model: CompiledModel },
  { mode, now, followUpStart, justNow, notBefore, beside }: FollowUpMoment,
): FollowedUp | undefined {
  const { salesSay, saidSince, beyondSince, current } = standing;
  if (current.routedAt === undefined) return undefined;
  const { salesSaidAt = 0 } = record;
  return followThrough({
    current,
    touches: activities,
    salesSay,
    // What sales said before, and where the lead stood, is not about what comes now.
    saidSince: (saidSince || salesSaidAt >= current.routedAt) && !justNow,
    beyondSince: beyondSince && !justNow,
    beside: justNow ? undefined : beside,
    now,
    rules: toldElsewhere.has(model) ? undefined : connection.sales.followUp,
    hours,
    since: followUpStart - DAY,
    mayTell: mode === 'live' && !justNow,
    notBefore,
  });
}

/** For the index: how the follow-ups of a lead stand once its change is written. */
export function followUpEntries(
  connection: Connection,
  { record, ownerId, toldElsewhere }: FollowedLead,
  { models }: Decision,
  { now }: Moment,
): NonNullable<ReturnType<typeof followUpEntry>>[] {
  const leadId = record.lead.id;
  const here = models.filter(({ verdict }) => !toldElsewhere.has(verdict.model));
  const entries = here.map((decision) => {
    const { dueBy, nextAt } = decision.followed ?? {};
    const model = decision.verdict.model.id;
    return followUpEntry({ leadId, model, ownerId, after: afterwards(decision), now, dueBy, nextAt });
  });
  // Nobody is to follow up by a model that the lead is none of any more.
  const decided = new Set(models.map(({ verdict }) => verdict.model.id));
  const left = connection.models.models.flatMap((each) => {
    const { id: model } = each;
    const outputs = record.outputs[model];
    if (decided.has(model) || toldElsewhere.has(each) || outputs === undefined) return [];
    const followUp = outputs.followUp === 'reached' ? outputs.followUp : 'closed';
    const entry = followUpEntry({ leadId, model, ownerId, after: { ...outputs, followUp }, now });
    return entry && followUp === 'closed' ? { ...entry, isLeft: true as const } : entry;
  });
  return [...entries, ...left].filter((entry) => entry !== undefined);
}

/** What a late follow-up comes to. */
export interface Reminded {
  readonly notice?: Notice;
  readonly task?: FollowUpTask;
  /** Whom the lead is passed on to. */
  readonly ownerId?: string;
}

/**
 * What reminds the owner, or tells whom config names in their stead, with a task for them: to be done before the change is written that
 * says so, as a task or a notice that an earlier try made is known again.
 */
export async function remind(
  connection: Connection,
  lead: FollowedLead,
  decision: ModelDecision,
  moment: Moment,
): Promise<Reminded> {
  const { followed, verdict } = decision;
  if (followed?.act === undefined || followed.dueBy === undefined) return {};
  const { routedAt } = decision.standing.current;
  if (await isRemindedBeside(connection, lead.record.lead, { model: verdict.model.id, routedAt })) return {};
  const told: ToldLead = { record: lead.record, verdict, ownerId: lead.ownerId, timeZone: lead.hours?.timeZone };
  const { dueBy } = followed;
  const alone = (notice: Notice) => unlessTooMany(connection, notice, lead.ownerId);
  if (followed.act === 'remind') return { notice: await alone(reminderNotice(connection, told, dueBy)) };
  const to = await escalateTo(connection, lead, moment);
  const notice = await alone(escalationNotice(connection, told, dueBy, to.recipient));
  if (to.ownerId === undefined) return { notice };
  const hours = await hoursFor(connection, to.ownerId);
  const dueAt = dueAfter(moment.now, verdict.model.sales.followUpWithin, hours);
  const severalModels = connection.models.models.length > 1;
  const task: FollowUpTask = {
    leadId: lead.record.lead.id,
    ownerId: to.ownerId,
    subject: to.isNewOwner ? 'Passed on to you: nobody followed up' : 'Nobody followed up: see to it',
    body: [`It was to be followed up by ${utcText(dueBy)}.`, ...scoreLines(verdict, severalModels)].join('\n'),
    dueAt,
    reference: ruleReference(`escalation ${verdict.model.id} ${dueBy}`, lead.record.lead.id),
  };
  return { notice, task, ...(to.isNewOwner && { ownerId: to.ownerId }) };
}

/** Whom a follow-up is escalated to: who is told, whose task it is, and whether they own the lead from now on. */
interface Escalation {
  readonly recipient: Recipient;
  readonly ownerId: string | undefined;
  readonly isNewOwner: boolean;
}

/** Where the CRM lets nobody read its users, the team is told. */
async function escalateTo(connection: Connection, lead: FollowedLead, moment: Moment): Promise<Escalation> {
  try {
    return await escalateToUser(connection, lead, moment);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    return { recipient: 'team', ownerId: undefined, isNewOwner: false };
  }
}

async function escalateToUser(connection: Connection, lead: FollowedLead, { now }: Moment): Promise<Escalation> {
  const { sales } = connection;
  const whom = sales.followUp?.escalateTo;
  const directory = ownerDirectory(connection);
  if (typeof whom === 'object') {
    const { ownerId } = await addresseeOf(directory, whom.email);
    return { recipient: 'escalation', ownerId, isNewOwner: false };
  }
  const { ownerId } = lead;
  if (whom === 'reassign') {
    const except = ownerId === undefined ? [] : [ownerId];
    const next = await chooseOwner(connection, lead.record, directory, now, { except });
    if (next.ownerId !== undefined)
      return { recipient: { owner: next.ownerId }, ownerId: next.ownerId, isNewOwner: true };
  }
  const owner = ownerId === undefined ? undefined : await directory.byId(ownerId);
  if (owner === undefined) return { recipient: 'team', ownerId: undefined, isNewOwner: false };
  const manager = await managerOf(sales, directory, owner);
  return { recipient: { managerOf: owner.id }, ownerId: manager?.ownerId, isNewOwner: false };
}

/** A change of owner that is none is no change. */
export function withOwner(change: LeadChange, lead: ScoredLead, ownerId: string | undefined): LeadChange {
  return ownerId === undefined || ownerId === lead.record.lead.ownerId ? change : { ...change, ownerId };
}
