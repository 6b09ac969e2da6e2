import type { JudgedLeads } from '../../analysis/review/conversion-change.ts';
import { type Periods, weekOf } from '../../analysis/review/periods.ts';
import { type Snapshot, snapshotReader } from '../../analysis/review/snapshot.ts';
import type { Activity, ActivityType } from '../../leads/activity.ts';
import type { CompiledModel } from '../../scoring/compiled-model.ts';
import { orderActivities } from '../../scoring/order-activities.ts';
import type { PastLead, ReadPast } from './read-past.ts';
import { type ScoredPast, scorePast } from './score-past.ts';

export interface ReviewPastOptions {
  readonly model: CompiledModel;
  /** Models to hold beside it, on those of its leads that they are about. */
  readonly challengers: readonly CompiledModel[];
  readonly periods: Periods;
  /** Called now and then with how many leads were looked at so far; each is looked at three times. */
  readonly onLooked?: (count: number) => void;
}

export interface ReviewedPast extends Pick<ScoredPast, 'scored' | 'numbers' | 'rivals' | 'others'> {
  readonly earlier: Snapshot;
  readonly now: Snapshot;
  /** Fields of the model that count as they are now, wholly or in part. */
  readonly pastUnknown: ReadonlySet<string>;
  /** By kind, what leads did in each week of both periods, oldest first. */
  readonly did: ReadonlyMap<ActivityType, readonly number[]>;
  readonly judged: JudgedLeads;
}

/** Looks at all leads three times: when it is known who bought, as they were when the earlier period ended, and as they are now. */
export async function reviewPast(past: ReadPast, options: ReviewPastOptions): Promise<ReviewedPast> {
  const { model, challengers, periods, onLooked } = options;
  const { at, weeks, middle, begin } = periods;
  let looked = 0;
  const onScored = (count: number) => onLooked?.(looked + count);
  const fields = [...new Set(model.fields.map(({ name }) => name))].filter((name) => name !== 'email');
  const leadUntil = ({ number }: PastLead) => {
    const since = past.boughtSince[number] ?? Number.NaN;
    // A sale that is won may bear a date that is still to come.
    return Number.isNaN(since) ? Number.POSITIVE_INFINITY : Math.min(since, at);
  };
  // How much was done before of what the CRM only counts is not known.
  const types = model.activityTypes.filter((type) => !past.counted.has(type));

  async function snapshot(time: number, freshSince: number, also?: (lead: PastLead) => void): Promise<Snapshot> {
    const reader = snapshotReader(model, { at: time, freshSince, fields, types });
    for await (const leads of past.leads(new Float64Array(past.count).fill(time))) {
      for (const one of leads) {
        if (one.lead.createdAt > time) continue;
        also?.(one);
        // Whoever had bought by then is no lead any more, or never was one.
        if (leadUntil(one) > time) reader.add(one.lead, orderActivities(one.activities));
      }
      looked += leads.length;
      onLooked?.(looked);
    }
    return reader.finish();
  }

  // Of the leads of whom it is known who bought.
  const { scored, numbers, rivals, others } = await scorePast(past, model, { rivals: challengers, onScored });
  looked = past.count;
  const did = new Map(types.map((type) => [type, new Array<number>(2 * weeks).fill(0)]));
  const countDone = ({ type, at: time, count = 1 }: Activity) => {
    const week = weekOf(periods, time);
    const byWeek = did.get(type);
    if (week !== undefined && byWeek !== undefined) byWeek[week] = (byWeek[week] ?? 0) + count;
  };
  const earlier = await snapshot(middle, begin);
  const now = await snapshot(at, middle, (one) => {
    // What customers do tells of no lead.
    const until = leadUntil(one);
    for (const activity of one.activities) if (activity.at <= until) countDone(activity);
  });
  const { bought, at: times } = scored.history;
  const judged = { scores: scored.scores, bought, at: times, tooYoung: past.young };
  const pastUnknown = new Set(fields.filter((field) => past.asToday.has(field)));
  return { earlier, now, pastUnknown, did, judged, scored, numbers, rivals, others };
}
