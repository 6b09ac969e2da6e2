import { describe, expect, test } from 'vitest';
import { hubspotConfigSchema } from '../../../src/crm/hubspot/config.ts';
import * as hubspot from '../../../src/crm/hubspot/model-outputs.ts';
import { championIds, mainModel, namesOf, overrideNames, silentIds } from '../../../src/crm/outputs/output-model.ts';
import { outputModels } from '../../../src/crm/outputs/output-models.ts';
import { salesforceConfigSchema } from '../../../src/crm/salesforce/config.ts';
import * as salesforce from '../../../src/crm/salesforce/model-outputs.ts';
import { wantedFields } from '../../../src/crm/salesforce/setup/wanted-fields.ts';
import { type SmallModel, smallConfig } from '../../support/small-models.ts';

const rival = (more = ''): SmallModel => ({
  more: `challenger_to: platform\n${more}`,
  fit: ['{ id: german, when: { field: country, is: germany }, points: 5, flag: from-germany }'],
});
const setOf = (models: Readonly<Record<string, SmallModel>>) => smallConfig({ models }).models;
const LISTED = { model_outputs: { rival: {} } };
const NOT_LISTED = { model_outputs: {} };

describe('a challenger in config', () => {
  test('has four properties of its own where it is listed, and none where it is not', () => {
    const set = setOf({ platform: {}, rival: rival() });
    const config = hubspotConfigSchema.parse({ fields: {}, ...LISTED });
    const [platform, own] = hubspot.modelOutputs(config, outputModels(set, config));
    expect(platform && namesOf(platform)).toHaveLength(27);
    expect(own && namesOf(own)).toEqual([
      'leadgauge_rival_score',
      'leadgauge_rival_grade',
      'leadgauge_rival_model_version',
      'leadgauge_rival_scored_at',
    ]);
    expect(outputModels(set, NOT_LISTED).map(({ id }) => id)).toEqual(['platform']);
    expect(overrideNames([platform, own].flatMap((each) => each ?? []))).toEqual(['leadgauge_override']);
    expect(hubspot.modelOutputsProblems(config, outputModels(set, config))).toEqual([]);
  });

  test('has the same fields on leads and contacts of Salesforce', () => {
    const set = setOf({ platform: {}, rival: rival('account: { of: total, roll_up: max }') });
    const config = salesforceConfigSchema.parse({ fields: {}, ...LISTED });
    const models = outputModels(set, config);
    const wanted = wantedFields(config, salesforce.modelOutputs(config, models));
    const names = ['Score', 'Grade', 'Model_Version', 'Scored_At'].map((key) => `Leadgauge_Rival_${key}__c`);
    for (const object of ['Lead', 'Contact', 'Account'])
      expect(
        wanted.filter((each) => each.object === object && each.model === 'rival').map(({ name }) => name),
        object,
      ).toEqual(object === 'Account' ? [] : names);
    expect(salesforce.modelOutputsProblems(config, models)).toEqual([]);
  });

  test('is never the one that the stage goes with', () => {
    const set = setOf({ platform: {}, rival: rival() });
    const both = { model_outputs: { rival: {}, platform: {} } };
    const models = outputModels(set, both);
    expect(mainModel(both, championIds(models))).toBe('platform');
    expect([...silentIds(models)]).toEqual(['rival']);
  });

  test('brings its flags to the properties of its champion with a holdout alone', () => {
    const flagsOf = (more: string) =>
      outputModels(setOf({ platform: {}, rival: rival(more) }), NOT_LISTED).map(({ flags }) => flags);
    expect(flagsOf('')).toEqual([[]]);
    expect(flagsOf('holdout: 10%')).toEqual([['from-germany']]);
  });
});
