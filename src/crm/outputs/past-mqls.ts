import type { PastMqls } from '../crm.ts';
import type { ModelOutputs } from './output-model.ts';

/** Where a CRM holds when a lead last came to be an MQL. */
export interface MqlName {
  /** The id of the model. */
  readonly model: string;
  /** Of the property or field. */
  readonly name: string;
}

/** Of the models by which leads come to be MQLs. */
export function mqlNames(models: readonly ModelOutputs[]): MqlName[] {
  return models.flatMap(({ model, names, keys }) =>
    keys.includes('mql_at') ? [{ model: model.id, name: names.mql_at }] : [],
  );
}

/**
 * What the CRM knows of one lead, by the id of the model; a model by which it never came to be one is absent.
 * @param timesOf what the field of that name holds and held, in milliseconds since 1970, in any order and often twice; `isWhole` where
 *   the CRM keeps what it held.
 */
export function pastMqls(
  names: readonly MqlName[],
  timesOf: (name: string) => { readonly times: readonly (number | undefined)[]; readonly isWhole: boolean },
): Record<string, PastMqls> {
  const found = names.flatMap(({ model, name }) => {
    const { times, isWhole } = timesOf(name);
    const at = [...new Set(times.filter((time) => time !== undefined))].sort((one, other) => one - other);
    return at.length === 0 ? [] : [[model, { at, isWhole }] as const];
  });
  return Object.fromEntries(found);
}
