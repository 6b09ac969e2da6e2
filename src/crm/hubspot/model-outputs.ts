import { suggestion } from '../../base/nearest-word.ts';
import type { ActivityType } from '../../leads/activity.ts';
import type { HubspotConfig } from './config.ts';
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
}

export type OutputKey = keyof ReturnType<typeof outputKeys>;
export type OutputNames = Readonly<Record<OutputKey, string>>;

/** The contact properties of one model. */
export interface ModelOutputs {
  readonly model: OutputModel;
  /** Internal names. */
  readonly names: OutputNames;
  /** Internal name of the company property, which only a model with `account` has. */
  readonly accountScore: string;
  /** Where in `config/hubspot.yaml` they are written, or would be. */
  readonly path: readonly string[];
}

/** A problem of the config alone; `atKey` where the key at the path is what is wrong. */
export interface OutputsProblem {
  readonly path: readonly string[];
  readonly atKey: boolean;
  readonly message: string;
}

type Naming = Pick<HubspotConfig, 'outputs' | 'model_outputs'>;

/** The properties of each model: its own where `model_outputs` has it, else those of `outputs`. */
export function modelOutputs(config: Naming, models: readonly OutputModel[]): ModelOutputs[] {
  return models.map((model) => {
    const own = Object.hasOwn(config.model_outputs, model.id) ? config.model_outputs[model.id] : undefined;
    const { account_score, ...outputs } = config.outputs;
    if (own === undefined) return { model, names: outputs, accountScore: account_score, path: ['outputs'] };
    const named = (key: string) => `leadgauge_${model.id.replaceAll('-', '_')}_${key}`;
    const names = outputKeys(named);
    for (const key of OUTPUT_KEYS) names[key] = own[key] ?? names[key];
    const accountScore = own.account_score ?? named('account_score');
    return { model, names, accountScore, path: ['model_outputs', model.id] };
  });
}

/** All types of activity that any of them asks for. */
export function askedTypes(models: readonly ModelOutputs[]): ReadonlySet<ActivityType> {
  return new Set(models.flatMap(({ model }) => model.activityTypes));
}

/** Those whose people make a score of their company. */
export function accountModels(models: readonly ModelOutputs[]): ModelOutputs[] {
  return models.filter(({ model }) => model.account !== undefined);
}

export const OUTPUT_KEYS = Object.keys(outputKeys(() => '')).filter((key): key is OutputKey => key !== '');

/**
 * The id of the model with which the lifecycle stage goes: the one that writes to `outputs`, else the first that
 * `model_outputs` names.
 */
export function mainModel(config: Naming, ids: readonly string[]): string | undefined {
  return ids.find((id) => !Object.hasOwn(config.model_outputs, id)) ?? Object.keys(config.model_outputs)[0];
}

/** In what the naming of the properties makes no sense; empty where all is well. */
export function modelOutputsProblems(config: HubspotConfig, models: readonly OutputModel[]): OutputsProblem[] {
  const ids = models.map(({ id }) => id);
  const strangers = Object.keys(config.model_outputs).filter((id) => !ids.includes(id));
  const unnamed = ids.filter((id) => !Object.hasOwn(config.model_outputs, id));
  if (strangers.length > 0) {
    return strangers.map((id) => {
      const message = `there is no model "${id}" in config/models${suggestion(id, ids)}`;
      return { path: ['model_outputs', id], atKey: true, message };
    });
  }
  if (unnamed.length > 1) {
    const choices = unnamed.map((id) => `model_outputs: { ${id}: {} } where ${id} is the new one`).join(', ');
    const message = `the models ${unnamed.join(' and ')} would all write to the properties of "outputs": keep the one in use already as it is, and give the new one its own (${choices})`;
    return [{ path: ['model_outputs'], atKey: true, message }];
  }
  return usedTwice(config, modelOutputs(config, models));
}

/** HubSpot allows no longer name. */
const LONGEST_NAME = 100;

function usedTwice({ fields, company_fields }: HubspotConfig, all: readonly ModelOutputs[]): OutputsProblem[] {
  const uses = new Map(Object.entries(fields).map(([field, property]) => [property, `the field ${field}`]));
  const problems: OutputsProblem[] = [];
  for (const { names, path } of all) {
    for (const key of OUTPUT_KEYS) {
      const name = names[key];
      const problem = (message: string) => problems.push({ path: [...path, key], atKey: false, message });
      const use = uses.get(name);
      if (use?.startsWith('the field')) problem(`"${name}" is also ${use}: a model must not read what it writes`);
      else if (use !== undefined) problem(`${name} is already the property of ${use}: give each its own`);
      if (name.length > LONGEST_NAME) problem(tooLong(name));
      uses.set(name, use ?? [...path, key].join('.'));
    }
  }
  return [...problems, ...accountScoresUsedTwice(company_fields, all)];
}

/** Companies have properties of their own: one may be named like one of contacts, but not like another account score. */
function accountScoresUsedTwice(
  fields: HubspotConfig['company_fields'],
  all: readonly ModelOutputs[],
): OutputsProblem[] {
  const uses = new Map<string, string>();
  const readBy = new Map(Object.entries(fields).map(([field, property]) => [property, field]));
  return accountModels(all).flatMap(({ accountScore: name, path }): OutputsProblem[] => {
    const own = [...path, 'account_score'];
    const use = uses.get(name);
    uses.set(name, use ?? own.join('.'));
    const problem = (message: string): OutputsProblem => ({ path: own, atKey: false, message });
    const field = readBy.get(name);
    return [
      ...(field === undefined
        ? []
        : [problem(`"${name}" is also the company field ${field}: a model must not read what it writes`)]),
      ...(use === undefined ? [] : [problem(`${name} is already the property of ${use}: give each its own`)]),
      ...(name.length > LONGEST_NAME ? [problem(tooLong(name))] : []),
    ];
  });
}

const tooLong = (name: string) => `"${name}" is longer than HubSpot allows: give the property a shorter name`;
