import type { Challenger } from '../../scoring/challenger.ts';
import type { CompiledModel } from '../../scoring/compiled-model.ts';
import type { ModelSet } from '../../scoring/model-set.ts';
import type { OutputKey, OutputModel } from './output-model.ts';

/** What is written of a challenger that has properties of its own. */
const SILENT: readonly OutputKey[] = ['score', 'grade', 'model_version', 'scored_at'];

/** What a connection must have room for: every model, and the challengers that `model_outputs` names. */
export function outputModels(
  { models, challengers, strays }: Pick<ModelSet, 'models' | 'challengers' | 'strays'>,
  { model_outputs: named }: { readonly model_outputs: Readonly<Record<string, unknown>> },
): OutputModel[] {
  const others = [...challengers.map(({ model }) => model), ...strays].filter(({ id }) => Object.hasOwn(named, id));
  return [...models.map((model) => withHoldouts(model, challengers)), ...others.map(silent)];
}

/** Whom a challenger scores for real has its flags and personas in the properties of the champion. */
function withHoldouts(model: CompiledModel, challengers: readonly Challenger[]): OutputModel {
  const real = challengers.filter((each) => each.champion === model && each.model.holdout > 0);
  if (real.length === 0) return model;
  const all = [model, ...real.map((each) => each.model)];
  return {
    ...model,
    flags: [...new Set(all.flatMap(({ flags }) => flags))].sort(),
    personas: [...new Set(all.flatMap(({ personas }) => personas))],
  };
}

function silent({ id, name, activityTypes }: CompiledModel): OutputModel {
  return { id, name, flags: [], personas: [], activityTypes, nurtureRules: [], silent: SILENT };
}
