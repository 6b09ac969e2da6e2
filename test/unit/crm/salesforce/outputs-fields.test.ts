import { describe, expect, test } from 'vitest';
import type { OutputModel } from '../../../../src/crm/outputs/output-model.ts';
import { salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import { modelOutputs } from '../../../../src/crm/salesforce/model-outputs.ts';
import {
  decodeAll,
  decodeOutputs,
  decodeOverrides,
  encodeOutputs,
  readInstant,
} from '../../../../src/crm/salesforce/outputs.ts';
import { toolingMetadata } from '../../../../src/crm/salesforce/setup/field-metadata.ts';
import { wantedFields } from '../../../../src/crm/salesforce/setup/wanted-fields.ts';

const model: OutputModel = {
  id: 'platform',
  name: 'Platform',
  flags: ['student', 'careers'],
  personas: ['cto'],
  activityTypes: [],
};
const config = salesforceConfigSchema.parse({ fields: {}, lifecycle: {} });
const models = modelOutputs(config, [model]);
const names = models[0]?.names ?? config.outputs;
const NOON = Date.UTC(2026, 10, 16, 12);

const outputs = {
  score: 72,
  fit: 50.5,
  engagement: -3,
  grade: 'B3',
  reasons: '+25 title\n+22 pricing page',
  flags: ['careers', 'student'],
  mql: true,
  persona: 'cto',
  disqualified: 'company too small\nstudent',
  modelVersion: 'platform@3f9a1c',
  scoredAt: NOON,
  mqlAt: NOON - 1_000,
  route: 'sales',
  fastTrack: 'demo-request',
  fastTrackAt: NOON - 60_000,
  leadAt: NOON - 9_000,
  recycledAt: NOON - 8_000,
  stageReason: 'MQL: fit 50 and engagement 40 meet the gates of Platform',
  nurture: 'content',
  nurtureAt: NOON - 7_000,
  routedAt: NOON - 6_000,
  followUpBy: NOON + 5_000,
  followUp: 'tried' as const,
  firstTouchedAt: NOON - 4_000,
  attempts: 2,
  overdue: false,
};

describe('outputs in the fields of Salesforce', () => {
  test('are read back as they were written, whichever API tells them', () => {
    const fields = encodeOutputs(names, outputs);
    expect(decodeOutputs(names, fields)).toEqual(outputs);
    const inRest = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        /_(?:At|By)__c$/.test(name) ? String(value).replace('Z', '+0000') : value,
      ]),
    );
    expect(decodeOutputs(names, inRest)).toEqual(outputs);
    const inBulk = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, value === null ? '' : String(value)]),
    );
    expect(decodeOutputs(names, inBulk)).toEqual(outputs);
  });

  test('have the types of Salesforce: numbers, a checkbox, a multi-select picklist', () => {
    expect(encodeOutputs(names, { score: 72, mql: false, flags: ['student', 'careers', 'student'] })).toEqual({
      Leadgauge_Score__c: 72,
      Leadgauge_MQL__c: false,
      Leadgauge_Flags__c: 'careers;student',
    });
  });

  test('only those that are given are written, and null or nothing empties them; a checkbox is never empty', () => {
    expect(
      encodeOutputs(names, { score: null, flags: [], reasons: '', mql: null, persona: null, scoredAt: null }),
    ).toEqual({
      Leadgauge_Score__c: null,
      Leadgauge_Flags__c: null,
      Leadgauge_Reasons__c: null,
      Leadgauge_MQL__c: false,
      Leadgauge_Persona__c: null,
      Leadgauge_Scored_At__c: null,
    });
    expect(encodeOutputs(names, {})).toEqual({});
  });

  test('times are whole seconds, as Salesforce keeps no more', () => {
    expect(encodeOutputs(names, { scoredAt: NOON + 999 })).toEqual({
      Leadgauge_Scored_At__c: '2026-11-16T12:00:00.000Z',
    });
  });

  test('long texts are cut after a whole line', () => {
    const reasons = Array.from({ length: 5_000 }, (_, index) => `+1 reason number ${index}`).join('\n');
    const written = String(encodeOutputs(names, { reasons }).Leadgauge_Reasons__c);
    expect(written.length).toBeLessThanOrEqual(32_768);
    expect(written.length).toBeGreaterThan(32_000);
    expect(reasons.startsWith(`${written}\n`)).toBe(true);
  });
});

describe('one line of text', () => {
  test('is cut to what a text field takes, and no character in half', () => {
    const stageReason = `${'x'.repeat(254)}🦄 and more`;
    expect(encodeOutputs(names, { stageReason })).toEqual({ Leadgauge_Stage_Reason__c: 'x'.repeat(254) });
    expect(encodeOutputs(names, { stageReason: null })).toEqual({ Leadgauge_Stage_Reason__c: null });
  });
});

describe('what a record holds', () => {
  test('an unticked "overdue" says nothing where no follow-up was begun, and "no" where one was', () => {
    expect(decodeOutputs(names, { Leadgauge_Overdue__c: false })).toEqual({});
    expect(decodeOutputs(names, { Leadgauge_Overdue__c: 'true' })).toEqual({ overdue: true });
    const begun = { Leadgauge_Overdue__c: 'false', Leadgauge_Follow_Up__c: 'open' };
    expect(decodeOutputs(names, begun)).toEqual({ overdue: false, followUp: 'open' });
    expect(decodeOutputs(names, { Leadgauge_Follow_Up__c: 'whatever' })).toEqual({});
  });

  test('an unticked checkbox says nothing of a lead that was never scored, and "no" of one that was', () => {
    expect(decodeAll(models, { Leadgauge_MQL__c: false })).toEqual({});
    expect(
      decodeOutputs(names, { Leadgauge_MQL__c: false, Leadgauge_Scored_At__c: '2026-11-16T12:00:00.000+0000' }),
    ).toEqual({
      mql: false,
      scoredAt: NOON,
      flags: [],
      reasons: '',
    });
  });

  test('nonsense counts as absent, so that it is written again', () => {
    const fields = { Leadgauge_Score__c: 'many', Leadgauge_Scored_At__c: 'yesterday', Leadgauge_MQL__c: 'yes' };
    expect(decodeOutputs(names, fields)).toEqual({});
    expect(readInstant('2026-11-16')).toBeUndefined();
  });

  test('line ends of whoever edited a long text by hand are ours again', () => {
    expect(decodeOutputs(names, { Leadgauge_Disqualified__c: 'one\r\ntwo' })).toEqual({ disqualified: 'one\ntwo' });
  });

  test('a decision is one of two words, in any case', () => {
    expect(decodeOverrides(models, { Leadgauge_Override__c: ' Qualified ' })).toEqual({ platform: 'qualified' });
    expect(decodeOverrides(models, { Leadgauge_Override__c: 'perhaps' })).toBeUndefined();
  });
});

describe('the fields that hold them', () => {
  const wanted = wantedFields(
    config,
    modelOutputs(salesforceConfigSchema.parse({ fields: {}, model_outputs: { services: {} } }), [
      model,
      { ...model, id: 'services', name: 'Professional services and everything around them' },
    ]),
  );

  test('are the same on leads and on contacts, so that a conversion can take them along', () => {
    const on = (object: string) => wanted.filter((each) => each.object === object).map(({ name }) => name);
    expect(on('Lead')).toEqual(on('Contact'));
    expect(on('Lead')).toHaveLength(2 * 27 + 2);
  });

  test('have labels, texts and names no longer than Salesforce takes', () => {
    for (const each of wanted) {
      const { label, description, inlineHelpText } = toolingMetadata(each);
      expect(label.length).toBeLessThanOrEqual(40);
      expect(description.length).toBeLessThanOrEqual(1_000);
      expect(inlineHelpText).toBe(description);
      expect(description).toContain('leadgauge');
      expect(each.name.replace(/__c$/, '').length).toBeLessThanOrEqual(40);
    }
  });

  test('take nothing but the words of the model, where they are picklists', () => {
    const flags = wanted.find(({ name }) => name === 'Leadgauge_Flags__c');
    expect(flags && toolingMetadata(flags)).toMatchObject({
      type: 'MultiselectPicklist',
      valueSet: {
        restricted: true,
        valueSetDefinition: { value: [{ valueName: 'careers' }, { valueName: 'student' }] },
      },
    });
  });
});
