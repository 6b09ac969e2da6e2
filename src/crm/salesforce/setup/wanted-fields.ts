import { accountModels, type ModelOutputs } from '../../outputs/output-model.ts';
import type { SalesforceConfig } from '../config.ts';
import {
  ACCOUNT_FIELD,
  MQL_DATE_FIELD,
  type OutputField,
  outputField,
  outputValues,
  type PicklistValue,
  STAGE_FIELD,
  stageValues,
} from '../output-fields.ts';

export type SetupObject = 'Lead' | 'Contact' | 'Account';

/** A custom field that must be there, on one object. */
export interface WantedField {
  readonly object: SetupObject;
  /** `Leadgauge_Score__c`. */
  readonly name: string;
  readonly field: OutputField;
  /** What a picklist must offer, in this order. */
  readonly values: readonly PicklistValue[] | undefined;
  /** Whether sales writes it, and not leadgauge alone. */
  readonly forSales: boolean;
  /** Whether leadgauge never writes it. */
  readonly readOnly: boolean;
  /** Where in `config/salesforce.yaml` its name is written, or would be. */
  readonly path: readonly string[];
  /** The id of the model whose it is; undefined for what all share. */
  readonly model: string | undefined;
}

export type SetupConfig = Pick<SalesforceConfig, 'lifecycle' | 'permission_sets'>;

/** What leads, contacts and accounts need, in the order in which `setup` creates it. */
export function wantedFields(config: Pick<SetupConfig, 'lifecycle'>, models: readonly ModelOutputs[]): WantedField[] {
  const people = (['Lead', 'Contact'] as const).flatMap((object) => [
    ...models.flatMap((outputs) => outputFields(object, outputs, models.length > 1)),
    ...lifecycleFields(object, config),
  ]);
  const accounts = accountModels(models).map(({ model, accountScore, path }): WantedField => {
    const field = labelled(ACCOUNT_FIELD, models.length > 1 ? model.name : undefined);
    return { ...OURS, object: 'Account', name: accountScore, field, path: [...path, 'account_score'], model: model.id };
  });
  return [...people, ...accounts];
}

const OURS = { values: undefined, forSales: false, readOnly: false } as const;

/** With several models, each label says whose it is: they stand together on one page. */
function outputFields(
  object: SetupObject,
  { model, names, keys, path }: ModelOutputs,
  several: boolean,
): WantedField[] {
  return keys.map((key) => ({
    object,
    name: names[key],
    field: labelled(outputField(key), several ? model.name : undefined),
    values: outputValues(key, model),
    forSales: key === 'override',
    readOnly: key === 'override',
    path: [...path, key],
    model: model.id,
  }));
}

function lifecycleFields(object: SetupObject, { lifecycle }: Pick<SetupConfig, 'lifecycle'>): WantedField[] {
  if (lifecycle === 'off') return [];
  const { field, mql_date, stages } = lifecycle;
  const stage = { name: field, field: STAGE_FIELD, values: stageValues(stages), path: ['lifecycle', 'field'] };
  const date = { name: mql_date, field: MQL_DATE_FIELD, path: ['lifecycle', 'mql_date'] };
  return [
    { ...OURS, object, model: undefined, ...stage, forSales: true },
    { ...OURS, object, model: undefined, ...date },
  ];
}

/** Salesforce takes no longer label. */
const LONGEST_LABEL = 40;

function labelled(field: OutputField, model: string | undefined): OutputField {
  if (model === undefined) return field;
  const room = LONGEST_LABEL - field.label.length - 3;
  const whose = model.length <= room ? model : `${model.slice(0, room - 1)}…`;
  return room < 2 ? field : { ...field, label: `${field.label} (${whose})` };
}

export const fullName = ({ object, name }: Pick<WantedField, 'object' | 'name'>) => `${object}.${name}`;

/** A package's own field: only the package can bring it. */
export function isPackaged(name: string): boolean {
  return name.replace(/__c$/, '').includes('__');
}
