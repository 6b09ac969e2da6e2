import { suggestion } from '../../base/nearest-word.ts';
import { outputKeys } from '../outputs/output-keys.ts';
import {
  accountModels,
  type ModelOutputs,
  nurtureProblems,
  OUTPUT_KEYS,
  type OutputModel,
  type OutputsProblem,
} from '../outputs/output-model.ts';
import type { HubspotConfig } from './config.ts';

type Naming = Pick<HubspotConfig, 'outputs' | 'model_outputs'>;

/** The properties of each model: its own where `model_outputs` has it, else those of `outputs`. */
export function modelOutputs(config: Naming, models: readonly OutputModel[]): ModelOutputs[] {
  return models.map((model) => {
    const own = Object.hasOwn(config.model_outputs, model.id) ? config.model_outputs[model.id] : undefined;
    const { account_score, ...outputs } = config.outputs;
    const keys = model.silent ?? OUTPUT_KEYS;
    if (own === undefined) return { model, names: outputs, keys, accountScore: account_score, path: ['outputs'] };
    const named = (key: string) => `leadgauge_${model.id.replaceAll('-', '_')}_${key}`;
    const names = outputKeys(named);
    for (const key of OUTPUT_KEYS) names[key] = own[key] ?? names[key];
    const accountScore = own.account_score ?? named('account_score');
    return { model, names, keys, accountScore, path: ['model_outputs', model.id] };
  });
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
  return [...usedTwice(config, modelOutputs(config, models)), ...nurtureProblems(config.nurture, models)];
}

/** HubSpot allows no longer name. */
const LONGEST_NAME = 100;

function usedTwice({ fields, company_fields }: HubspotConfig, all: readonly ModelOutputs[]): OutputsProblem[] {
  const uses = new Map(Object.entries(fields).map(([field, property]) => [property, `the field ${field}`]));
  const problems: OutputsProblem[] = [];
  for (const { names, keys, path } of all) {
    for (const key of keys) {
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
