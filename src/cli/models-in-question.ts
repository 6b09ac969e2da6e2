import { ConfigError, formatProblem } from '../base/errors.ts';
import type { Challenger } from '../scoring/challenger.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Settings } from '../settings/settings.ts';
import { askedModels } from './score-models.ts';

/** The models that a look back is about. */
export interface ModelsInQuestion {
  readonly model: CompiledModel;
  /** To be held against it; some may be about fewer leads. */
  readonly rivals: readonly CompiledModel[];
  /** Of config: they may score some of its leads for real. None where the model is not the one of config. */
  readonly challengers: readonly Challenger[];
  /** What is likely wrong with files that are not config's. What is with those of config is told when config is read. */
  readonly warnings: readonly string[];
}

export interface AskedToCompare {
  /** An id or a file; the main model when absent. */
  readonly model?: string;
  readonly against?: string;
  /** Whether challengers that config has are rivals without being named. */
  readonly withChallengers?: true;
}

/** @throws ConfigError where there is no such model, or it is to be held against itself. */
export function modelsInQuestion(
  settings: Settings,
  { model: wanted, against, withChallengers }: AskedToCompare,
): ModelsInQuestion {
  const { model, warnings } = oneModel(settings, wanted);
  const rival = against === undefined ? undefined : oneModel(settings, against, model);
  if (rival?.model.version === model.version) throw new ConfigError('--against must name another model');
  const known = withChallengers === true ? challengersOf(settings, model) : [];
  // The same file under its id, or another one that took its id.
  const isKnown = known.some(
    ({ version, learntUntil }) => version === rival?.model.version && learntUntil === rival.model.learntUntil,
  );
  return {
    model,
    rivals: rival === undefined || isKnown ? known : [...known, rival.model],
    challengers: settings.models.challengers.filter(({ champion }) => champion.version === model.version),
    warnings: [...warnings, ...(rival?.warnings ?? [])],
  };
}

function oneModel(settings: Settings, wanted: string | undefined, beside?: CompiledModel) {
  const { models, file, warnings } = askedModels(settings, wanted);
  const [model] = models;
  if (model === undefined) throw new ConfigError('config has no model');
  const champions = [...(beside === undefined ? [] : [beside]), ...settings.models.models];
  return { model: asInUse(model, champions), warnings: file === undefined ? [] : warnings.map(formatProblem) };
}

function challengersOf({ models }: Settings, model: CompiledModel): CompiledModel[] {
  return models.challengers
    .filter(({ champion }) => champion.id === model.id)
    .map((challenger) => asInUse(challenger.model, [model]));
}

/** A challenger scores whom its champion is about, whatever its own file says. */
function asInUse(model: CompiledModel, champions: readonly CompiledModel[]): CompiledModel {
  const champion = champions.find(({ id }) => id === model.challengerTo);
  return champion === undefined ? model : { ...model, scope: champion.scope };
}
