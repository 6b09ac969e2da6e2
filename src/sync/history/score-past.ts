import { markAsToday } from '../../analysis/as-today.ts';
import { type ChangedAfter, changesReader } from '../../analysis/changed-after.ts';
import { passedBefore } from '../../analysis/passed-before.ts';
import { nameOfField } from '../../analysis/questions/reading-questions.ts';
import { leadScorer, type ScoredLeads } from '../../analysis/scored-leads.ts';
import { type Column, type ColumnReader, readColumn } from '../../analysis/table/column.ts';
import { growing } from '../../analysis/table/growing.ts';
import { fieldValue } from '../../leads/lead.ts';
import { appliesTo } from '../../scoring/applies-to.ts';
import type { CompiledModel } from '../../scoring/compiled-model.ts';
import type { PastLead, ReadPast } from './read-past.ts';

export interface ScorePastOptions {
  /** To be held against the model on its leads, as far as they are about them; none when absent. */
  readonly rivals?: readonly CompiledModel[];
  /** Whether to find out who would have been given to sales earlier, and had cooled off since: it takes several times as long. */
  readonly earlier?: boolean;
  /** Our names of the fields whose values are wanted beside the scores; none when absent. */
  readonly fields?: readonly string[];
  /** Called now and then with how many leads were scored so far. */
  readonly onScored?: (count: number) => void;
}

export interface ScoredPast {
  /** What the model says of all leads that it is about. */
  readonly scored: ScoredLeads;
  /** The number of each of these leads, among all that were read. */
  readonly numbers: Uint32Array;
  /** What each rival says of the same leads. */
  readonly rivals: readonly ScoredBeside[];
  /** By lead, 1 where it was an MQL then or at any time before; undefined where that was not asked. */
  readonly ever: Uint8Array | undefined;
  /** What the fields held when the leads were looked at, a row for each lead. */
  readonly columns: readonly Column[];
  /** By field, for whom it was changed after the purchase. */
  readonly changed: ReadonlyMap<string, ChangedAfter>;
  /** Leads that the model is not about: nothing is told of them. */
  readonly others: number;
}

/** What a rival says of the leads of a model, in their order. */
export interface ScoredBeside {
  /** NaN where the rival is not about the lead. */
  readonly scores: Float64Array;
  /** 1 where it is an MQL; 0 where the rival is not about it. */
  readonly sent: Uint8Array;
  /** Leads of the model that it is not about. */
  readonly others: number;
}

/**
 * What a model would have said of its leads when they are looked at, and rivals of the same leads. Whom a rival is about changes nothing of
 * what is told of the model.
 */
export async function scorePast(
  past: Pick<ReadPast, 'leads' | 'asToday' | 'changedLater'>,
  model: CompiledModel,
  { rivals = [], earlier = false, fields = [], onScored }: ScorePastOptions = {},
): Promise<ScoredPast> {
  const scorer = leadScorer(model);
  const beside = rivals.map(besideScorer);
  const numbers = growing((length) => new Uint32Array(length));
  const readers = fields.map((field): [string, ColumnReader] => [
    field,
    readColumn({ name: nameOfField(field), field }),
  ]);
  const changes = changesReader(fields);
  const ever = growing((length) => new Uint32Array(length));
  let count = 0;
  let own = 0;
  for await (const leads of past.leads()) {
    for (const { number, lead, activities, at, bought } of leads) {
      if (!appliesTo(model, lead)) continue;
      const score = scorer.add(lead, activities, bought, at);
      if (earlier) ever.push(passedBefore(model, lead, activities, score) ? 1 : 0);
      for (const rival of beside) rival.add(own, { lead, activities, bought, at });
      numbers.push(number);
      own += 1;
      for (const [field, reader] of readers) reader.add(fieldValue(lead, field) ?? '');
      changes.add(past.changedLater(number), bought);
    }
    count += leads.length;
    onScored?.(count);
  }
  return {
    scored: withMarks(scorer.finish(), past),
    numbers: numbers.finish(),
    rivals: beside.map((rival) => rival.finish(own)),
    ever: earlier ? Uint8Array.from(ever.finish()) : undefined,
    columns: readers.map(([, reader]) => reader.finish()),
    changed: changes.finish(),
    others: count - own,
  };
}

/** Scores those of a model's leads that the rival is about. */
function besideScorer(rival: CompiledModel) {
  const scorer = leadScorer(rival);
  const places = growing((length) => new Uint32Array(length));
  return {
    /** @param place of the lead among the model's. */
    add(place: number, { lead, activities, bought, at }: Omit<PastLead, 'number'>): void {
      if (!appliesTo(rival, lead)) return;
      scorer.add(lead, activities, bought, at);
      places.push(place);
    },
    finish(count: number): ScoredBeside {
      const said = scorer.finish();
      const scores = new Float64Array(count).fill(Number.NaN);
      const sent = new Uint8Array(count);
      for (const [index, place] of places.finish().entries()) {
        scores[place] = said.scores[index] ?? Number.NaN;
        sent[place] = said.sent[index] ?? 0;
      }
      return { scores, sent, others: count - said.scores.length };
    },
  };
}

function withMarks({ history, ...scored }: ScoredLeads, { asToday }: Pick<ReadPast, 'asToday'>): ScoredLeads {
  const features = history.features.map((feature) => markAsToday(feature, asToday));
  return { ...scored, history: { ...history, features } };
}
