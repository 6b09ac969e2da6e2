import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { ModelSource } from '../scoring/model-schema.ts';
import type { Sources } from '../scoring/operator-row.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import type { CrmView } from './explain-crm.ts';
import { type Later, type NotBefore, nextVisible } from './explain-next.ts';
import { type Obstacle, obstaclesOf } from './explain-obstacles.ts';
import { type Silence, silencesOf } from './explain-silences.ts';
import { NO_STEPS, stepsFor } from './explain-steps.ts';

/** All there is to tell about a lead's score by one model. Times are in milliseconds since 1970. */
export interface Explanation {
  readonly model: CompiledModel;
  readonly lead: Lead;
  readonly at: number;
  readonly score: Score;
  /** What keeps it from being an MQL. */
  readonly obstacles: readonly Obstacle[];
  readonly silences: readonly Silence[];
  /** When it next changes by itself, and to what; undefined where it never does. */
  readonly next: Later | NotBefore | undefined;
  /** Undefined for a lead that is in no CRM, and of a model that is not config's. */
  readonly crm: CrmView | undefined;
}

/** Everything that is told of one lead. */
export interface Told {
  /** What people call it: a contact of the portal, or a lead of a file. */
  readonly noun: 'contact' | 'lead';
  readonly lead: Lead;
  readonly at: number;
  /** Whether the time was asked for, and how it lies to the present. */
  readonly when: 'now' | 'before' | 'later';
  /** By every model that is about the lead. */
  readonly explanations: readonly Explanation[];
  readonly others: readonly OtherModel[];
}

/** A model that is not about the lead. */
export interface OtherModel {
  readonly model: CompiledModel;
  /** Whether the CRM still holds what it said once, for a sync to empty. */
  readonly isHeld: boolean;
}

export interface ExplainParts {
  readonly model: CompiledModel;
  /** The model as YAML has it: read where it is needed. */
  readonly sourceOf: (model: CompiledModel) => ModelSource;
  readonly sources: Sources;
  readonly lead: Lead;
  /** What was done by then. */
  readonly activities: readonly Activity[];
  readonly at: number;
}

/** Explains the score of a lead by a model that is about it. Pure. */
export function explain({ model, sourceOf, sources, lead, activities, at }: ExplainParts): Omit<Explanation, 'crm'> {
  const score = scoreLead(model, lead, activities, at);
  const imagined = score.mql ? NO_STEPS : stepsFor(model, sourceOf(model), lead, sources);
  return {
    model,
    lead,
    at,
    score,
    obstacles: obstaclesOf({ model, lead, activities, at, score, ...imagined }),
    silences: silencesOf(model, lead, activities, at),
    next: nextVisible(model, lead, activities, score),
  };
}
