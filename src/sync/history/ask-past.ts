import { markAsToday } from '../../analysis/as-today.ts';
import { type ChangedAfter, changesReader } from '../../analysis/changed-after.ts';
import type { Feature, History } from '../../analysis/history.ts';
import { holdingReader } from '../../analysis/holding.ts';
import { type Doing, readDoings } from '../../analysis/questions/doings.ts';
import { nameOfField } from '../../analysis/questions/reading-questions.ts';
import { leadScorer, type ScoredLeads } from '../../analysis/scored-leads.ts';
import { upTo } from '../../analysis/statistics/design.ts';
import { readColumn } from '../../analysis/table/column.ts';
import { featureId } from '../../analysis/table/feature-id.ts';
import { growing } from '../../analysis/table/growing.ts';
import { limitsFor, tableHistory } from '../../analysis/table/table-history.ts';
import { fieldValue } from '../../leads/lead.ts';
import { appliesTo } from '../../scoring/applies-to.ts';
import type { CompiledModel } from '../../scoring/compiled-model.ts';
import { orderActivities } from '../../scoring/order-activities.ts';
import { scoreLead } from '../../scoring/score-lead.ts';
import type { ReadPast } from './read-past.ts';

export interface AskPastOptions {
  /** The model that scores the leads now: those that it is about are asked. */
  readonly model: CompiledModel;
  /** What a model gives a point for each of these for, each once; see `questionModel`. */
  readonly questions: CompiledModel;
  /** What is asked by `questions`, in any order. */
  readonly features: readonly Feature[];
  /** Our names of the fields whose values are asked about besides. */
  readonly fields: readonly string[];
  /** How far back activities count, in milliseconds. */
  readonly window: number;
  /** Called now and then with how many leads were asked so far. */
  readonly onAsked?: (count: number) => void;
}

export interface AskedPast {
  /** The features that were given, then what was found in fields and activities. */
  readonly history: History;
  /** By field, for whom it was changed after the purchase. */
  readonly changed: ReadonlyMap<string, ChangedAfter>;
  /** What the present model said of the same leads. */
  readonly scored: ScoredLeads;
  /** Leads that the model is not about. */
  readonly others: number;
}

/** Asks each lead, as of when it is looked at, all that a model could ask. Outcomes are noted, and nothing is chosen by them. */
export async function askPast(
  past: Pick<ReadPast, 'leads' | 'perWeek' | 'asToday' | 'changedLater'>,
  options: AskPastOptions,
): Promise<AskedPast> {
  const { model, questions, features, fields, window, onAsked } = options;
  const scorer = leadScorer(model);
  const holdingOf = holdingReader(questions);
  const doings = readDoings(window);
  const readers = fields.map((field) => ({ field, reader: readColumn({ name: nameOfField(field), field }) }));
  const holding = new Map(features.map(({ id }) => [id, growing((length) => new Uint32Array(length))]));
  const changes = changesReader(fields);
  const barred = growing((length) => new Uint32Array(length));
  const found = { leads: 0, asked: 0 };
  for await (const leads of past.leads()) {
    for (const { number, lead, activities: unordered, at, bought } of leads) {
      if (!appliesTo(model, lead)) continue;
      const activities = orderActivities(unordered);
      scorer.add(lead, activities, bought, at);
      const score = scoreLead(questions, lead, activities, at);
      for (const id of holdingOf(lead, activities, score, at)) holding.get(id)?.push(found.asked);
      barred.push(score.missingRequired.length + score.disqualifications.length > 0 ? 1 : 0);
      doings.add(found.asked, activities, at);
      for (const { field, reader } of readers) reader.add(fieldValue(lead, field) ?? '');
      changes.add(past.changedLater(number), bought);
      found.asked += 1;
    }
    found.leads += leads.length;
    onAsked?.(found.leads);
  }
  const scored = scorer.finish();
  // What the present model gives is of its own criteria.
  const { given: _, ...known } = scored.history;
  const { bought } = known;
  const fieldHistory = tableHistory({
    outcomes: { rows: upTo(bought.length), bought, open: 0 },
    columns: readers.map(({ reader }) => reader.finish()),
    date: undefined,
  });
  const more = [
    ...doings.finish(found.asked, limitsFor(found.asked).least).map(doingFeature),
    ...fieldHistory.features.map((feature, place) => ({ feature, leads: fieldHistory.leadsOf[place] ?? NOBODY })),
  ];
  const taken = new Set(features.map(({ id }) => id));
  const own = features.map(({ id }) => holding.get(id)?.finish() ?? NOBODY);
  const asked = new Map(questions.criteria.map((criterion) => [criterion.id, criterion.fields]));
  const all = [
    ...features.map((feature) => ({ ...feature, fields: asked.get(feature.id) ?? [] })),
    ...more.map(({ feature }) => ({ ...feature, id: featureId(feature.name, taken) })),
  ];
  return {
    history: {
      ...known,
      features: all.map((feature) => markAsToday(feature, past.asToday)),
      leadsOf: [...own, ...more.map(({ leads }) => leads)],
      barred: Uint8Array.from(barred.finish()),
      // As many as are left out as too young come besides, and are as likely to be leads that the model is about.
      perWeek: past.perWeek * (found.leads === 0 ? 0 : found.asked / found.leads),
    },
    changed: changes.finish(),
    scored,
    others: found.leads - found.asked,
  };
}

const NOBODY = new Uint32Array();

function doingFeature({ name, source, when, leads }: Doing) {
  return { feature: { name, source, dimension: 'engagement' as const, when }, leads };
}
