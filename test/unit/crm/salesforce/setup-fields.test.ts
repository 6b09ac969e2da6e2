import { describe, expect, test } from 'vitest';
import type { FieldDescription, ObjectDescription } from '../../../../src/crm/salesforce/api/describe.ts';
import { salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import { modelOutputs } from '../../../../src/crm/salesforce/model-outputs.ts';
import type { FieldType } from '../../../../src/crm/salesforce/output-fields.ts';
import { outputProblems } from '../../../../src/crm/salesforce/output-problems.ts';
import { fieldClash, hiddenField, type OrgField } from '../../../../src/crm/salesforce/setup/org-field.ts';
import { wantedFields } from '../../../../src/crm/salesforce/setup/wanted-fields.ts';
import { MODEL } from './write-context.ts';

const config = salesforceConfigSchema.parse({ fields: {}, lifecycle: {} });
const models = modelOutputs(config, [{ ...MODEL, account: undefined }]);
const wanted = wantedFields(config, models);
const field = (name: string) => {
  const found = wanted.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} is wanted`);
  return found;
};

describe('a field that is there already', () => {
  const score: OrgField = {
    name: 'Leadgauge_Score__c',
    type: 'Number',
    length: 0,
    calculated: false,
    required: false,
    values: [],
    editable: true,
  };
  const reasons: OrgField = { ...score, name: 'Leadgauge_Reasons__c', type: 'LongTextArea', length: 32_768 };

  test('holds an output of its type', () => {
    expect(fieldClash(field('Leadgauge_Score__c'), score)).toBeUndefined();
    expect(fieldClash(field('Leadgauge_Reasons__c'), reasons)).toBeUndefined();
  });

  test.each([
    ['Leadgauge_Score__c', { ...score, type: 'currency' }, 'is of type currency, not Number'],
    ['Leadgauge_Score__c', { ...score, calculated: true }, 'is calculated'],
    ['Leadgauge_Reasons__c', { ...reasons, type: 'Html' }, 'is of type Html, not LongTextArea'],
    ['Leadgauge_Score__c', { ...score, required: true }, 'may not be empty'],
    ['Leadgauge_Score__c', { ...score, name: 'leadgauge_score__c' }, 'write it the same way here'],
    ['Leadgauge_Reasons__c', { ...reasons, length: 32_000 }, 'holds 32000 characters, and 32768 are needed'],
  ])('%s that cannot hold its output: %j', (name, there, said) => {
    expect(fieldClash(field(name), there)).toContain(said);
  });

  test('the decision of people is only read, wherever it comes from', () => {
    const override = { ...score, name: 'Leadgauge_Override__c', type: 'Picklist', calculated: true };
    expect(fieldClash(field('Leadgauge_Override__c'), override)).toBeUndefined();
  });

  test('is known from the set-up of the org where nobody may see it', () => {
    const value = [{ valueName: 'student' }, { valueName: 'retired', isActive: false }];
    const told = { type: 'MultiselectPicklist', valueSet: { valueSetDefinition: { value } } };
    expect(hiddenField('Flags__c', told)).toMatchObject({ type: 'MultiselectPicklist', values: ['student'] });
    expect(hiddenField('Short__c', { type: 'TextArea' })).toMatchObject({ type: 'LongTextArea', length: 255 });
    expect(hiddenField('Must__c', { type: 'Number', required: true })).toMatchObject({ required: true });
    expect(hiddenField('Formula__c', { type: 'Number', formula: '1 + 1' })).toMatchObject({ calculated: true });
  });
});

describe('what an org lacks of the output fields', () => {
  const DESCRIBED: Readonly<Record<FieldType, string>> = {
    Number: 'double',
    Text: 'string',
    LongTextArea: 'textarea',
    Checkbox: 'boolean',
    Picklist: 'picklist',
    MultiselectPicklist: 'multipicklist',
    DateTime: 'datetime',
    Date: 'date',
  };
  const described = (object: string, change: (name: string) => Partial<FieldDescription> | undefined = () => ({})) => ({
    name: object,
    fields: wanted
      .filter((each) => each.object === object)
      .flatMap(({ name, field: { type, length = 0 }, values = [] }): FieldDescription[] => {
        const picklistValues = values.map(({ value }) => ({ value, active: true }));
        const whole = { name, label: name, type: DESCRIBED[type], length, picklistValues };
        const changed = change(name);
        return changed === undefined
          ? []
          : [{ ...whole, updateable: true, nillable: true, calculated: false, ...changed }];
      }),
  });
  const problems = (Lead: ObjectDescription, Contact = described('Contact')) =>
    outputProblems(config, models, { Lead, Contact }).map(({ path, message }) => `${path.join('.')}: ${message}`);

  test('is nothing where each is there, may be written to, and has the values', () => {
    expect(problems(described('Lead'))).toEqual([]);
  });

  test('is one thing where nothing is there, and where nothing of a model is', () => {
    const none = (object: string) => described(object, () => undefined);
    expect(problems(none('Lead'), none('Contact'))).toHaveLength(1);
    const stage = (object: string) => described(object, (name) => (/Stage__c|MQL_Date/.test(name) ? {} : undefined));
    expect(problems(stage('Lead'), stage('Contact'))).toEqual([
      'outputs: the org\'s leads and contacts do not have any of the fields of the model platform, or the integration user does not see them: run "leadgauge setup"',
    ]);
  });

  test('is not there where a text would be kept as HTML, or may not be empty: it would be written over and over', () => {
    const lead = described('Lead', (name) => {
      if (name === 'Leadgauge_Reasons__c') return { extraTypeInfo: 'richtextarea' };
      return name === 'Leadgauge_MQL__c' || name === 'Leadgauge_Grade__c' ? { nillable: false } : {};
    });
    expect(problems(lead)).toEqual([
      'outputs.grade: the field Lead.Leadgauge_Grade__c of the org may not be empty, and leadgauge empties it: let it be empty, or name another field here',
      'outputs.reasons: the field Lead.Leadgauge_Reasons__c of the org is of type Html, not LongTextArea: name another field here',
    ]);
  });

  test('is one thing for each object where several fields are missing, as after an upgrade', () => {
    const NEW = /Route|Lead_At|Recycled_At|Stage_Reason|Routed_At|Follow_Up|Overdue/;
    const older = (object: string) => described(object, (name) => (NEW.test(name) ? undefined : {}));
    const [lead, ...more] = problems(older('Lead'), older('Contact'));
    const count = wanted.filter(({ object, name }) => object === 'Lead' && NEW.test(name)).length;
    expect(lead).toBe(
      `outputs: ${count} fields are missing on leads (Leadgauge_Route__c, Leadgauge_Lead_At__c, Leadgauge_Recycled_At__c, Leadgauge_Stage_Reason__c, Leadgauge_Routed_At__c and ${count - 5} more), or the integration user does not see them: run "leadgauge setup"`,
    );
    expect(more).toEqual([lead?.replace('leads', 'contacts')]);
  });

  test('is said of each field otherwise', () => {
    const lead = described('Lead', (name) => {
      if (name === 'Leadgauge_Fit__c') return undefined;
      if (name === 'Leadgauge_Score__c' || name === 'Leadgauge_Override__c') return { updateable: false };
      return name === 'Leadgauge_Flags__c' ? { picklistValues: [{ value: 'student', active: false }] } : {};
    });
    expect(problems(lead)).toEqual([
      'outputs.fit: the org has no field Lead.Leadgauge_Fit__c, or the integration user does not see it: run "leadgauge setup"',
      'outputs.score: the integration user may see Lead.Leadgauge_Score__c and not write to it: run "leadgauge setup"',
      'outputs.flags: Lead.Leadgauge_Flags__c lacks the values student: run "leadgauge setup"',
    ]);
  });
});
