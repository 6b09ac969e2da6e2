import type { Activity, ActivityType } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { ModelSource } from '../scoring/model-schema.ts';
import type { Sources } from '../scoring/operator-row.ts';
import type { FastTrack, HeldRule, Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import type { ChallengerView } from './explain-challengers.ts';
import type { CrmView } from './explain-crm.ts';
import { type Later, type NotBefore, nextVisible } from './explain-next.ts';
import { notTaken } from './explain-not-taken.ts';
import { type Obstacle, obstaclesOf } from './explain-obstacles.ts';
import { type Silence, silencesOf } from './explain-silences.ts';
import { NO_STEPS, stepsFor } from './explain-steps.ts';

/** All there is to tell about a lead's score by one model. Times are in milliseconds since 1970. */
export interface Explanation {
  readonly model: CompiledModel;
  readonly lead: Lead;
  readonly at: number;
  readonly score: Score;
  /** What would put the lead before sales, were it not ruled out. */
  readonly notTaken: { readonly fastTracks: readonly FastTrack[]; readonly heldRules: readonly HeldRule[] };
  /** What keeps it from being an MQL. */
  readonly obstacles: readonly Obstacle[];
  readonly silences: readonly Silence[];
  /** When it next changes by itself, and to what; undefined where it never does. */
  readonly next: Later | NotBefore | undefined;
  /** Undefined for a lead that is in no CRM, and of a model that is not config's. */
  readonly crm: CrmView | undefined;
  /** What its challengers say; empty where it has none. */
  readonly challengers: readonly ChallengerView[];
}

/** Everything that is told of one lead. */
export interface Told {
  /** What people call it: a contact of the portal, or a lead of a file. */
  readonly noun: 'contact' | 'lead';
  readonly lead: Lead;
  readonly at: number;
  /** Why it is not known what people did, in a sentence; undefined where it is. */
  readonly unknown: string | undefined;
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
  /** What can come in of a lead: only this is advised. All kinds where undefined. */
  readonly delivered?: ReadonlySet<ActivityType>;
  /** Whether it is not known what people did: then nothing is told that hangs on it but the score. */
  readonly isUnknown?: boolean;
}

/** Explains the score of a lead by a model that is about it. Pure. */
export function explain({
  model,
  sourceOf,
  sources,
  lead,
  activities,
  at,
  delivered,
  isUnknown = false,
}: ExplainParts): Omit<Explanation, 'crm' | 'challengers'> {
  const score = scoreLead(model, lead, activities, at);
  const imagined = score.mql ? NO_STEPS : stepsFor(model, sourceOf(model), lead, sources);
  const steps = imagined.steps.filter(
    ({ activity }) => activity === undefined || (delivered?.has(activity.type) ?? true),
  );
  const obstacles = obstaclesOf({ model, lead, activities, at, score, ...imagined, steps });
  return {
    model,
    lead,
    at,
    score,
    notTaken: notTaken(model, lead, activities, score, at),
    obstacles: isUnknown ? obstacles.map(withoutDoings) : obstacles,
    silences: isUnknown ? [] : silencesOf(model, lead, activities, at),
    next: isUnknown ? undefined : nextVisible(model, lead, activities, score),
  };
}

/** What to do next hangs on what was done; what is not known of a company does not. */
function withoutDoings(obstacle: Obstacle): Obstacle {
  const hangs = obstacle.kind === 'ruled-out' || (obstacle.kind === 'gate' && obstacle.dimension === 'engagement');
  return hangs ? { ...obstacle, remedy: undefined } : obstacle;
}
