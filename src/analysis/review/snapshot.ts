import { inWords } from '../../base/in-words.ts';
import type { Activity, ActivityType } from '../../leads/activity.ts';
import { fieldValue, type Lead } from '../../leads/lead.ts';
import { appliesTo } from '../../scoring/applies-to.ts';
import type { CompiledModel } from '../../scoring/compiled-model.ts';
import { scoreLead } from '../../scoring/score-lead.ts';
import { holdingReader } from '../holding.ts';
import { type Column, readColumn } from '../table/column.ts';
import { type Growing, growing } from '../table/growing.ts';

/** The leads of a model as they were at one time, in numbers alone. */
export interface Snapshot {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly leads: number;
  /** How many of them the model called ready for sales. */
  readonly mqls: number;
  /** By a criterion's id, for how many of them it held. */
  readonly holds: ReadonlyMap<string, number>;
  /** Those that had come within the period before: whom marketing brought in. */
  readonly fresh: FreshLeads;
}

export interface FreshLeads {
  readonly leads: number;
  /** By a criterion's id, for how many of them it held. */
  readonly holds: ReadonlyMap<string, number>;
  readonly scores: Float64Array;
  /** What fields held, a row for each of them. */
  readonly columns: readonly Column[];
  /** By kind, how often each of them did such. */
  readonly did: ReadonlyMap<ActivityType, Float64Array>;
}

export interface SnapshotOptions {
  /** As of when, in milliseconds since 1970. */
  readonly at: number;
  /** Leads that came since then count as new; in milliseconds since 1970. */
  readonly freshSince: number;
  /** Our names of the fields to keep. */
  readonly fields: readonly string[];
  /** The kinds of activity to count. */
  readonly types: readonly ActivityType[];
}

export interface SnapshotReader {
  /** A lead as it was at that time, with what it had done until then. */
  add(lead: Lead, activities: readonly Activity[]): void;
  finish(): Snapshot;
}

/** Takes leads one by one. Those that the model is not about are passed over. */
export function snapshotReader(model: CompiledModel, options: SnapshotOptions): SnapshotReader {
  const { at, freshSince, fields, types } = options;
  const holdingOf = holdingReader(model);
  const none = () => new Map(model.criteria.map(({ id }) => [id, 0]));
  const [holds, freshHolds] = [none(), none()];
  const readers = fields.map((field) => ({ field, reader: readColumn({ name: fieldName(field), field }) }));
  const did = new Map(types.map((type) => [type, numbers()]));
  const scores = numbers();
  const counts = { leads: 0, mqls: 0, fresh: 0 };

  function addFresh(lead: Lead, activities: readonly Activity[], total: number): void {
    counts.fresh += 1;
    scores.push(total);
    for (const { field, reader } of readers) reader.add(fieldValue(lead, field) ?? '');
    const times = new Map<ActivityType, number>();
    for (const { type, count = 1 } of activities) times.set(type, (times.get(type) ?? 0) + count);
    for (const [type, own] of did) own.push(times.get(type) ?? 0);
  }

  return {
    add(lead, activities) {
      if (!appliesTo(model, lead)) return;
      const score = scoreLead(model, lead, activities, at);
      counts.leads += 1;
      if (score.mql) counts.mqls += 1;
      const isFresh = lead.createdAt > freshSince;
      for (const id of new Set(holdingOf(lead, activities, score, at))) {
        holds.set(id, (holds.get(id) ?? 0) + 1);
        if (isFresh) freshHolds.set(id, (freshHolds.get(id) ?? 0) + 1);
      }
      if (isFresh) addFresh(lead, activities, score.total);
    },
    finish: () => ({
      at,
      leads: counts.leads,
      mqls: counts.mqls,
      holds,
      fresh: {
        leads: counts.fresh,
        holds: freshHolds,
        scores: scores.finish(),
        columns: readers.map(({ reader }) => reader.finish()),
        did: new Map([...did].map(([type, own]) => [type, own.finish()])),
      },
    }),
  };
}

/** As people write it: `Job title`. */
const fieldName = (field: string) => inWords(field.replaceAll('_', '-'));
const numbers = (): Growing<Float64Array> => growing((length) => new Float64Array(length));
