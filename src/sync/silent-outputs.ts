import type { OutputChange, Outputs } from '../crm/crm.ts';
import type { ChallengerScore, LeadState } from '../ledger/lead-state.ts';
import type { Challenged } from './challenged.ts';
import type { Connection } from './connection.ts';
import { differences } from './outputs.ts';
import type { ScoredLead } from './standing.ts';

/** What must be written to the properties of challengers that have some, by their ids; empty where they hold it all. */
export function silentChanges(
  { models, crm }: Pick<Connection, 'models' | 'crm'>,
  { record, verdicts }: Pick<ScoredLead, 'record' | 'verdicts'>,
  now: number,
): Readonly<Record<string, OutputChange>> {
  const changes: Record<string, OutputChange> = {};
  for (const { model } of models.challengers) {
    if (crm.silentModels?.has(model.id) !== true) continue;
    const current = record.outputs[model.id] ?? {};
    const own = verdicts.flatMap(({ challenged = [] }) => challenged).find((one) => one.challenger.model === model);
    const change = own === undefined ? nothing(current) : scored(current, own, now);
    if (Object.keys(change).length > 0) changes[model.id] = change;
  }
  return changes;
}

function scored(current: Partial<Outputs>, { score }: Challenged, now: number): OutputChange {
  const { total, grade, modelVersion } = score;
  const change = differences(current, { score: total, grade, modelVersion });
  return current.scoredAt !== undefined && Object.keys(change).length === 0 ? {} : { ...change, scoredAt: now };
}

/** Its champion is not about the lead. */
function nothing(current: Partial<Outputs>): OutputChange {
  return differences(current, { score: null, grade: null, modelVersion: null, scoredAt: null });
}

/** What is kept of the challengers that have no properties of their own; undefined where there are none. The time moves only with the rest. */
export function keptScores(
  { models, crm }: Pick<Connection, 'models' | 'crm'>,
  { verdicts, before }: Pick<ScoredLead, 'verdicts'> & { readonly before: LeadState | undefined },
  now: number,
): readonly ChallengerScore[] | undefined {
  if (models.challengers.length === 0) return undefined;
  const kept = verdicts
    .flatMap(({ challenged = [] }) => challenged)
    .filter(({ challenger }) => crm.silentModels?.has(challenger.model.id) !== true)
    .map(({ challenger, score }): ChallengerScore => {
      const { total, grade, modelVersion: version } = score;
      const was = before?.challengers?.find(({ model }) => model === challenger.model.id);
      const isSame = was?.version === version && was.score === total && was.grade === grade;
      return { model: challenger.model.id, version, score: total, grade, at: isSame ? was.at : now };
    });
  return kept.length === 0 ? undefined : kept;
}
