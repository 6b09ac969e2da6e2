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
import type { SalesforceConfig } from './config.ts';
import { defaultName, LONGEST_NAME } from './field-names.ts';

type Naming = Pick<SalesforceConfig, 'outputs' | 'model_outputs'>;

/** The fields of each model, the same on leads and contacts: its own where `model_outputs` has it, else those of `outputs`. */
export function modelOutputs(config: Naming, models: readonly OutputModel[]): ModelOutputs[] {
  return models.map((model) => {
    const own = Object.hasOwn(config.model_outputs, model.id) ? config.model_outputs[model.id] : undefined;
    const { account_score, ...outputs } = config.outputs;
    const keys = model.silent ?? OUTPUT_KEYS;
    if (own === undefined) return { model, names: outputs, keys, accountScore: account_score, path: ['outputs'] };
    const names = outputKeys((key) => defaultName(key, model.id));
    for (const key of OUTPUT_KEYS) names[key] = own[key] ?? names[key];
    const accountScore = own.account_score ?? defaultName('account_score', model.id);
    return { model, names, keys, accountScore, path: ['model_outputs', model.id] };
  });
}

/** In what the naming of the fields makes no sense; empty where all is well. */
export function modelOutputsProblems(config: SalesforceConfig, models: readonly OutputModel[]): OutputsProblem[] {
  const ids = models.map(({ id }) => id);
  const strangers = Object.keys(config.model_outputs).filter((id) => !ids.includes(id));
  if (strangers.length > 0) {
    return strangers.map((id) => {
      const message = `there is no model "${id}" in config/models${suggestion(id, ids)}`;
      return { path: ['model_outputs', id], atKey: true, message };
    });
  }
  const unnamed = ids.filter((id) => !Object.hasOwn(config.model_outputs, id));
  if (unnamed.length > 1) {
    const choices = unnamed.map((id) => `model_outputs: { ${id}: {} } where ${id} is the new one`).join(', ');
    const message = `the models ${unnamed.join(' and ')} would all write to the fields of "outputs": keep the one in use already as it is, and give the new one its own (${choices})`;
    return [{ path: ['model_outputs'], atKey: true, message }];
  }
  const named = modelOutputs(config, models);
  return [
    ...personProblems(config, named),
    ...accountProblems(config, named),
    ...nurtureProblems(config.nurture, models),
  ];
}

interface Use {
  readonly by: string;
  readonly isRead: boolean;
}

function personProblems(config: SalesforceConfig, all: readonly ModelOutputs[]): OutputsProblem[] {
  const uses = readFields(config, (name) => !name.startsWith('Account.'));
  const own = [
    ...lifecycleFields(config),
    ...all.flatMap(({ names, keys, path }) => keys.map((key) => ({ name: names[key], path: [...path, key] }))),
  ];
  return own.flatMap((each) => useProblems(each, uses));
}

/** Accounts have fields of their own: one may be named like one of contacts, but not like another account score. */
function accountProblems(config: SalesforceConfig, all: readonly ModelOutputs[]): OutputsProblem[] {
  const uses = readFields(config, (name) => name.startsWith('Account.'));
  const own = accountModels(all).map(({ accountScore, path }) => ({
    name: accountScore,
    path: [...path, 'account_score'],
  }));
  return own.flatMap((each) => useProblems(each, uses));
}

function lifecycleFields({ lifecycle }: SalesforceConfig) {
  if (lifecycle === 'off') return [];
  return [
    { name: lifecycle.field, path: ['lifecycle', 'field'] },
    { name: lifecycle.mql_date, path: ['lifecycle', 'mql_date'] },
  ];
}

/** Salesforce does not tell names apart by case. */
function readFields({ fields }: SalesforceConfig, isWanted: (name: string) => boolean): Map<string, Use> {
  const read = Object.entries(fields).flatMap(([field, { lead, contact }]) =>
    [lead, contact].flatMap((name) => (name !== undefined && isWanted(name) ? [[bare(name), field] as const] : [])),
  );
  return new Map(read.map(([name, field]) => [name, { by: `the field ${field}`, isRead: true }]));
}

const bare = (name: string) => name.replace(/^Account\./, '').toLowerCase();

function useProblems({ name, path }: { name: string; path: string[] }, uses: Map<string, Use>): OutputsProblem[] {
  const use = uses.get(bare(name));
  uses.set(bare(name), use ?? { by: path.join('.'), isRead: false });
  const problem = (message: string): OutputsProblem => ({ path, atKey: false, message });
  const twice =
    use === undefined
      ? []
      : use.isRead
        ? [problem(`"${name}" is also ${use.by}: a model must not read what it writes`)]
        : [problem(`${name} is already the field of ${use.by}: give each its own`)];
  const own = name.replace(/__c$/, '').split('__').at(-1) ?? '';
  if (own.length <= LONGEST_NAME) return twice;
  return [
    ...twice,
    problem(
      `"${name}" is longer than Salesforce allows (${LONGEST_NAME} characters before __c): give it a shorter name`,
    ),
  ];
}
