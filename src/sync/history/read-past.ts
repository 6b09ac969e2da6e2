import { DAY } from '../../base/clock.ts';
import type { Finding } from '../../crm/crm.ts';
import type { Outcome } from '../../crm/outcome.ts';
import type { Activity, ActivityType } from '../../leads/activity.ts';
import type { Lead } from '../../leads/lead.ts';
import { newestOf, type Told } from '../../ledger/activity-member.ts';
import { gatherActivities } from './gather-activities.ts';
import { type ListOptions, listPastLeads } from './list-past-leads.ts';
import { type LookedAt, lookedAt } from './looked-at.ts';
import { anyOutcome, boughtSince, chooseOutcome, countOutcomes, firstOutcome, outcomeTimes } from './outcomes.ts';
import { withPartitions } from './partitions.ts';
import type { PastSource } from './past-source.ts';

export interface PastOptions extends ListOptions {
  /** Other CRMs in which the same people may have records; none when absent. */
  readonly beside?: readonly PastSource[];
  /** Where a folder for what people did may be made. */
  readonly folder: string;
  /** Leads are looked at as of then or later, in milliseconds since 1970. */
  readonly since: number;
  /** How far behind that what people did is asked for, in milliseconds: as far as the models look back. */
  readonly lookBack: number;
  /** How long before sales took a lead it is looked at at the latest, in milliseconds. */
  readonly before: number;
  /** What counts as having bought; the surest that the CRM tells of when absent. */
  readonly outcome?: Outcome;
  /** Whether the work is done even where no lead came to the outcome. */
  readonly evenWithoutBuyers?: boolean;
  /** Called while activities come in, with how many so far. */
  readonly onActivities?: (count: number) => void;
}

/** A lead as it was when it is looked at, with all that it had done until then. */
export interface PastLead {
  /** Its number, among all that were read. */
  readonly number: number;
  readonly lead: Lead;
  readonly activities: readonly Activity[];
  /** When it is looked at, in milliseconds since 1970. */
  readonly at: number;
  readonly bought: boolean;
}

/** What a CRM remembers of its leads. */
export interface ReadPast extends LookedAt {
  readonly outcome: Outcome;
  /** How many leads came to each outcome, at whatever time. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** By lead, since when it is a customer, be it looked at or not: in milliseconds since 1970, NaN where it is none. */
  readonly boughtSince: Float64Array;
  /** All that were read, also those that are left out. */
  readonly count: number;
  /** How many of them came in a week, since the time from which on they are looked at, or the first lead came. */
  readonly perWeek: number;
  /** Our names of the fields that any lead ever had, and of those whose past is known. */
  readonly fields: readonly string[];
  readonly knownFields: ReadonlySet<string>;
  /** Of all fields, those that count as they are now, wholly or in part. */
  readonly asToday: ReadonlySet<string>;
  /** What to beware of, such as fields whose past is not known. */
  readonly findings: readonly Finding[];
  /** What the CRM only counts, with the last time: how much of it was before is not known, and nothing of it is among the activities. */
  readonly counted: ReadonlySet<ActivityType>;
  /**
   * The fields of which the past is known and that a lead came to hold another value of within a month of the purchase; of leads that did
   * not buy, within as long a time. Undefined where that much time has not passed since.
   */
  changedLater(lead: number): readonly string[] | undefined;
  /** The leads that are looked at, some thousand at a time; each as of `at`, or as of other times by its number. */
  leads(at?: Float64Array): AsyncGenerator<readonly PastLead[]>;
}

/**
 * Reads what a CRM remembers: who bought and when, and what each lead was and had done before. What people did lies on disk while the
 * work is done, and nowhere else afterwards. Nothing is written to the CRM, nor to what the connection keeps.
 * @throws ConfigError where the CRM tells of nobody who came to the outcome, unless the work is done all the same.
 */
export async function withPast<Result>(
  connection: PastSource,
  options: PastOptions,
  work: (past: ReadPast) => Promise<Result>,
): Promise<Result> {
  const { crm, clock } = connection;
  const { beside = [], folder, since, before, signal } = options;
  const now = clock.now();
  const [{ known, partly, findings }, { leads, index, counted }] = [
    await crm.pastFields({ patient: true, signal }),
    await listPastLeads(connection, beside, options),
  ];
  return withPartitions({ folder, leads: leads.count, signal }, async (partitions) => {
    const gathering = { ...options, index, partitions, from: since - options.lookBack, now };
    const times = outcomeTimes(leads, await gatherActivities([connection, ...beside], gathering));
    const doubles = index.doubles(leads.createdAt);
    index.forget();
    const choose = options.evenWithoutBuyers === true ? anyOutcome : chooseOutcome;
    const outcome = choose(times, options.outcome);
    const bought = Uint8Array.from(times[outcome], (at) => (Number.isNaN(at) ? 0 : 1));
    const looked = lookedAt({ ...leads, bought, takenAt: firstOutcome(times), doubles }, { before, since, now });
    return work({
      ...looked,
      outcome,
      outcomes: countOutcomes(times),
      boughtSince: boughtSince(times, outcome),
      count: leads.count,
      perWeek: leadsPerWeek(leads.createdAt, { since, now }),
      fields: leads.fields,
      knownFields: known,
      asToday: new Set(leads.fields.filter((field) => !known.has(field) || partly?.has(field))),
      findings,
      counted,
      changedLater(lead) {
        const from = (looked.at[lead] ?? Number.NaN) + Math.max(0, before - SHORTLY);
        const to = from + SHORTLY + MONTH;
        return to <= now ? leads.changedBetween(lead, from, to).filter((field) => known.has(field)) : undefined;
      },
      async *leads(at = looked.at) {
        for await (const { first, told } of partitions.read()) {
          yield told.flatMap((all, place): PastLead[] => {
            const number = first + place;
            const time = at[number] ?? Number.NaN;
            if (Number.isNaN(time)) return [];
            const lead = leads.leadAt(number, time);
            return [{ number, lead, activities: doneBy(all, time), at: time, bought: looked.bought[number] === 1 }];
          });
        }
      },
    });
  });
}

const WEEK = 7 * DAY;
/** Of a CRM that is younger than what is asked for, since its first lead. */
function leadsPerWeek(
  createdAt: Float64Array,
  { since, now }: { readonly since: number; readonly now: number },
): number {
  const from = createdAt.reduce((first, created) => Math.min(first, created), now);
  const count = createdAt.reduce((sum, created) => sum + (created >= since ? 1 : 0), 0);
  return (count * WEEK) / Math.max(now - Math.max(since, from), WEEK);
}

/** Sales fill in what they know of a purchase with it and soon after it. */
const MONTH = 30 * DAY;
/** Some of it while they are at it, before the CRM knows that it is done. */
const SHORTLY = DAY;

/** What is known today of what was done until then: what was taken back later never was. */
function doneBy(told: readonly Told[], time: number): Activity[] {
  return newestOf(told).flatMap(({ activity, withdrawn }) =>
    withdrawn === true || activity.at > time ? [] : [activity],
  );
}
