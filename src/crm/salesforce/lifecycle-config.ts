import { z } from 'zod';
import { customFieldName } from './field-names.ts';

const stage = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^;\n]*$/, { error: 'a stage is one line of text without ";"' })
  .meta({ description: 'The name of a stage, such as MQL.' });

/** Salesforce has no lifecycle stage of its own: a picklist on leads and contacts is one. */
export const lifecycleSchema = z
  .union([
    z.literal('off'),
    z
      .strictObject({
        field: customFieldName
          .default('Leadgauge_Stage__c')
          .meta({ description: 'The picklist that holds the stage, on leads and on contacts.' }),
        stages: z
          .array(stage)
          .min(1)
          .max(50)
          .default(['Lead', 'MQL', 'SQL', 'Customer'])
          .meta({
            description:
              'All stages in their order, first to last. Sales may move a lead on; leadgauge never moves one back past MQL.',
            examples: [['Lead', 'MQL', 'SQL', 'Customer']],
          }),
        mql: stage
          .default('MQL')
          .meta({ description: 'The stage that means MQL. Leads are only ever moved forward to it.' }),
        mql_date: customFieldName
          .default('Leadgauge_MQL_Date__c')
          .meta({ description: 'The date field that holds the day on which the lead was moved to MQL.' }),
      })
      .superRefine(({ stages, mql, field, mql_date }, context) => {
        const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
        if (!stages.includes(mql)) problem('mql', `"${mql}" is none of the stages: ${stages.join(', ')}`);
        const twice = stages.find((each, index) => stages.indexOf(each) !== index);
        if (twice !== undefined) problem('stages', `"${twice}" is there twice: keep one of them`);
        if (field.toLowerCase() === mql_date.toLowerCase())
          problem('mql_date', `${mql_date} is already the field of the stage: give each its own`);
      }),
  ])
  .default('off')
  .meta({
    description:
      'A lifecycle stage of our own on leads and contacts, as Salesforce has none: the lead is moved to MQL once it is one. Or off. `leadgauge setup` creates its fields.',
    examples: [{ field: 'Leadgauge_Stage__c', stages: ['Lead', 'MQL', 'SQL', 'Customer'], mql: 'MQL' }],
  });
