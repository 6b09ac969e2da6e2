import { type ComparedLead, STAYS } from '../../../src/analysis/compared-lead.ts';
import { countLead, newFigures } from '../../../src/analysis/figures.ts';
import { holdingReader } from '../../../src/analysis/holding.ts';
import { type ModelReport, reportOf } from '../../../src/analysis/model-report.ts';
import type { OutputChange, Outputs } from '../../../src/crm/crm.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import type { Lead } from '../../../src/leads/lead.ts';
import type { CompiledModel } from '../../../src/scoring/compiled-model.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { differences, stateOutputs } from '../../../src/sync/outputs.ts';
import { NOW } from '../scoring/model.ts';

export interface Person {
  readonly lead: Lead;
  readonly activities: readonly Activity[];
}

/** What the CRM holds once a model has scored this lead. */
export function heldBy(model: CompiledModel, { lead, activities }: Person): Partial<Outputs> {
  const { persona, disqualified, ...state } = stateOutputs(scoreLead(model, lead, activities, NOW));
  return {
    ...state,
    ...(persona !== null && { persona }),
    ...(disqualified !== null && { disqualified }),
    scoredAt: NOW,
  };
}

/** A lead that was scored by `old` (by nothing, where there is none) and is now by `model`. */
export function comparedBy(model: CompiledModel, old: CompiledModel | undefined, person: Person): ComparedLead {
  const before = old === undefined ? {} : heldBy(old, person);
  const score = scoreLead(model, person.lead, person.activities, NOW);
  const changes: OutputChange = differences(before, stateOutputs(score));
  return {
    before,
    changes,
    holds: holdingReader(model)(person.lead, person.activities, score, NOW),
    moves: STAYS,
    waits: false,
  };
}

export function reportFor(
  model: CompiledModel,
  old: CompiledModel | undefined,
  people: readonly Person[],
): ModelReport {
  const figures = newFigures(model);
  for (const person of people) countLead(figures, comparedBy(model, old, person));
  return reportOf(figures);
}
