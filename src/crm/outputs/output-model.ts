import { suggestion } from '../../base/nearest-word.ts';
import type { ActivityType } from '../../leads/activity.ts';
import { outputKeys } from './output-keys.ts';

/** What a connection knows of a model: what its properties are called and which options they need. */
export interface OutputModel {
  readonly id: string;
  readonly name: string;
  /** Every flag that it can set. */
  readonly flags: readonly string[];
  /** The ids of its personas. */
  readonly personas: readonly string[];
  /** The types of activity that it asks for. */
  readonly activityTypes: readonly ActivityType[];
  /** How the people of a company make its score; undefined where they make none. */
  readonly account?: object | undefined;
  /** By what it routes leads to nurture; absent where that is not known. */
  readonly nurtureRules?: readonly { readonly id: string }[];
  /** What alone is written of a challenger, and nothing read of what people decide; everything when absent. */
  readonly silent?: readonly OutputKey[];
}

export type OutputKey = keyof ReturnType<typeof outputKeys>;
export type OutputNames = Readonly<Record<OutputKey, string>>;

/** Where the results of one model go: the properties of leads. */
export interface ModelOutputs {
  readonly model: OutputModel;
  /** Internal names. */
  readonly names: OutputNames;
  /** Those of the names that have a property. */
  readonly keys: readonly OutputKey[];
  /** Internal name of the property of accounts, which only a model with `account` has. */
  readonly accountScore: string;
  /** Where in the connection's file in `config/` they are written, or would be. */
  readonly path: readonly string[];
}

/** A problem of the config alone; `atKey` where the key at the path is what is wrong. */
export interface OutputsProblem {
  readonly path: readonly string[];
  readonly atKey: boolean;
  readonly message: string;
}

/** All types of activity that any of them asks for. */
export function askedTypes(models: readonly ModelOutputs[]): ReadonlySet<ActivityType> {
  return new Set(models.flatMap(({ model }) => model.activityTypes));
}

/** The keys of `nurture` that are a nurture rule of none of the models. */
export function nurtureProblems(
  nurture: Readonly<Record<string, unknown>>,
  models: readonly OutputModel[],
): OutputsProblem[] {
  if (models.some(({ nurtureRules }) => nurtureRules === undefined)) return [];
  const rules = new Set(models.flatMap(({ nurtureRules = [] }) => nurtureRules.map(({ id }) => id)));
  const strangers = Object.keys(nurture).filter((rule) => !rules.has(rule));
  return strangers.map((rule) => {
    const message = `no model has a nurture rule "${rule}"${suggestion(rule, rules)}`;
    return { path: ['nurture', rule], atKey: true, message };
  });
}

/** Those whose people make a score of their company. */
export function accountModels(models: readonly ModelOutputs[]): ModelOutputs[] {
  return models.filter(({ model }) => model.account !== undefined);
}

/** The ids of the models that the stage can go with. */
export function championIds(models: readonly OutputModel[]): string[] {
  return models.flatMap(({ id, silent }) => (silent === undefined ? [id] : []));
}

/** The ids of the challengers that have properties of their own. */
export function silentIds(models: readonly OutputModel[]): ReadonlySet<string> {
  return new Set(models.flatMap(({ id, silent }) => (silent === undefined ? [] : [id])));
}

/** The names of the properties in which people decide against a model. */
export function overrideNames(models: readonly ModelOutputs[]): string[] {
  return models.flatMap(({ names, keys }) => (keys.includes('override') ? [names.override] : []));
}

/** The names of all properties that leadgauge reads or writes for a model. */
export function namesOf({ names, keys }: Pick<ModelOutputs, 'names' | 'keys'>): string[] {
  return keys.map((key) => names[key]);
}

export const OUTPUT_KEYS = Object.keys(outputKeys(() => '')).filter((key): key is OutputKey => key !== '');

/**
 * The id of the model with which the lifecycle stage goes: the one that writes to `outputs`, else the first that
 * `model_outputs` names.
 */
export function mainModel(
  config: { readonly model_outputs: Readonly<Record<string, unknown>> },
  ids: readonly string[],
): string | undefined {
  const named = Object.keys(config.model_outputs);
  return ids.find((id) => !Object.hasOwn(config.model_outputs, id)) ?? named.find((id) => ids.includes(id));
}
