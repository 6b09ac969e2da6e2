import { compileModel } from '../../src/scoring/compile-model.ts';
import { modelSet } from '../../src/scoring/model-set.ts';
import type { Config } from '../../src/settings/config.ts';
import { readModel } from '../../src/settings/model-file.ts';

/** The config with a challenger of its model beside it, with properties of its own: the same but for 5 points more for whoever has an address. */
export function withRival(config: Config, holdout: number): Config {
  const { value } = readModel('config/models/platform.yaml', config);
  const [first, ...groups] = value.fit.groups;
  if (first === undefined) throw new Error('the model has no group of fit');
  const known = {
    id: 'address-known',
    name: 'Address known',
    when: { field: 'email', exists: true } as const,
    points: 5,
  };
  const fit = { ...value.fit, groups: [first, ...groups, { name: 'Rival', criteria: [known] }] };
  const rival = compileModel(
    { ...value, model: 'rival', name: 'Rival', challenger_to: 'platform', holdout, fit },
    config,
  );
  const listed = { model_outputs: { rival: {} } };
  const { hubspot, salesforce } = config;
  return {
    ...config,
    hubspot: hubspot && { ...hubspot, value: { ...hubspot.value, ...listed } },
    salesforce: salesforce && { ...salesforce, value: { ...salesforce.value, ...listed } },
    models: modelSet([...config.models.models, rival]),
  };
}
