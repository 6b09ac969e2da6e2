import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel, Criterion } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import { givenReader } from './given-points.ts';
import { heldSign } from './held-sign.ts';
import type { Feature, History } from './history.ts';
import { holdingReader } from './holding.ts';
import { type Growing, growing } from './table/growing.ts';

/** What a model says of leads of whom it is known who bought. */
export interface ScoredLeads {
  /** Its features are the model's criteria. */
  readonly history: History;
  readonly scores: Float64Array;
  /** When each lead came, in milliseconds since 1970; NaN where that is not known. */
  readonly createdAt: Float64Array;
  /** By lead, 1 where it is an MQL. */
  readonly sent: Uint8Array;
  readonly grades: readonly string[];
}

export interface LeadScorer {
  /**
   * Scores one more lead as of a time, in milliseconds since 1970. `seen` is the time that the history has for it, where that is another;
   * NaN where it is not known. Returns what the model says of it.
   */
  add(lead: Lead, activities: readonly Activity[], bought: boolean, at: number, seen?: number): Score;
  finish(): ScoredLeads;
}

/** Scores leads one by one, and keeps numbers alone. Whom the model is about is for the caller to say. */
export function leadScorer(model: CompiledModel): LeadScorer {
  const holdingOf = holdingReader(model);
  const [outcomes, times, created, scores] = [growing(bytes), numbers(), numbers(), numbers()];
  const sent = growing(bytes);
  const grades: string[] = [];
  const given = givenReader(model);
  const leadsOf = new Map(model.criteria.map(({ id }) => [id, growing((length) => new Uint32Array(length))]));
  return {
    add(lead, activities, bought, at, seen = at) {
      const score = scoreLead(model, lead, activities, at);
      for (const id of holdingOf(lead, activities, score, at)) leadsOf.get(id)?.push(grades.length);
      given.add(score);
      outcomes.push(bought ? 1 : 0);
      times.push(seen);
      // Of whom it is not known when it is seen, it is not known when it came either.
      created.push(Number.isNaN(seen) ? seen : lead.createdAt);
      scores.push(score.total);
      sent.push(score.mql ? 1 : 0);
      grades.push(score.grade);
      return score;
    },
    finish: () => ({
      history: {
        bought: Uint8Array.from(outcomes.finish()),
        at: times.finish(),
        features: model.criteria.map((criterion) => criterionFeature(criterion, model)),
        leadsOf: [...leadsOf.values()].map((leads) => leads.finish()),
        given: given.finish(),
      },
      scores: scores.finish(),
      createdAt: created.finish(),
      sent: Uint8Array.from(sent.finish()),
      grades,
    }),
  };
}

const bytes = (length: number) => new Uint32Array(length);
const numbers = (): Growing<Float64Array> => growing((length) => new Float64Array(length));

function criterionFeature(
  { id, label, points, bands, index, fields }: Criterion,
  { dimensions }: CompiledModel,
): Feature {
  const isFit = dimensions.fit.groups.some(({ criteria }) => criteria.some((one) => one.index === index));
  return {
    id,
    name: label,
    source: id,
    dimension: isFit ? 'fit' : 'engagement',
    when: undefined,
    fields,
    // Bands give one lead more than another.
    ...(bands === undefined && { points, ...heldSign(points) }),
  };
}
