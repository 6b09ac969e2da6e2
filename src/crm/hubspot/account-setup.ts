import type { SetupStep } from '../crm.ts';
import { accountModels, type ModelOutputs } from '../outputs/output-model.ts';
import { ACCOUNT_PROPERTY } from '../outputs/output-properties.ts';
import { createGroup, createProperty, listGroups, type NewProperty, type Property } from './api/properties.ts';
import { createUnlessThere } from './create-unless-there.ts';
import { readProperties } from './portal.ts';
import type { SetupContext } from './setup.ts';

export interface AccountStep extends SetupStep {
  readonly apply: () => Promise<void>;
}

/** The company properties that are missing, and the group that they need; no call where no model has `account`. */
export async function accountSteps(
  { transport, config, models }: SetupContext,
  properties: ReadonlyMap<string, Property>,
): Promise<AccountStep[]> {
  const missing = accountModels(models).filter(({ accountScore }) => !properties.has(accountScore));
  if (missing.length === 0) return [];
  const steps = missing.map(({ model, accountScore: name }): AccountStep => {
    const { label: plain } = ACCOUNT_PROPERTY;
    const label = models.length > 1 ? `${plain} (${model.name})` : plain;
    const body: NewProperty = { ...ACCOUNT_PROPERTY, name, label, groupName: config.output_group.name };
    const create = () => createProperty(transport, body, 'companies');
    const names = async () => [...(await readProperties(transport, 'companies')).keys()];
    return {
      kind: 'property',
      on: 'accounts',
      name,
      description: `company property ${name} (number): ${label}`,
      apply: () => createUnlessThere(name, create, names),
    };
  });
  const { name, label } = config.output_group;
  const groups = () => listGroups(transport, 'companies');
  if ((await groups()).includes(name)) return steps;
  const create = () => createGroup(transport, { name, label }, 'companies');
  const description = `company group ${name}: ${label}`;
  return [
    { kind: 'group', on: 'accounts', name, description, apply: () => createUnlessThere(name, create, groups) },
    ...steps,
  ];
}

/** The properties of companies; empty, without a call, where no model has `account`. */
export async function companyProperties(
  transport: SetupContext['transport'],
  models: readonly ModelOutputs[],
): Promise<ReadonlyMap<string, Property>> {
  return accountModels(models).length === 0 ? new Map() : readProperties(transport, 'companies');
}
