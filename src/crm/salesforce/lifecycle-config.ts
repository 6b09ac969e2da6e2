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
              'All stages in their order, first to last. Sales may move a lead on; leadgauge leaves alone whoever is past MQL.',
            examples: [['Subscriber', 'Lead', 'MQL', 'SQL', 'Customer']],
          }),
        lead: stage.optional().meta({
          description:
            'The stage of a lead, before that of an MQL: who stands before it, or has no stage yet, is moved on to it once the gates of `lifecycle.lead` in the model are met. Left out, nobody is.',
          examples: ['Lead'],
        }),
        mql: stage
          .default('MQL')
          .meta({ description: 'The stage that means MQL. A lead that is given back goes to the stage before it.' }),
        mql_date: customFieldName
          .default('Leadgauge_MQL_Date__c')
          .meta({ description: 'The date field that holds the day on which the lead was moved to MQL.' }),
      })
      .superRefine(({ stages, lead, mql, field, mql_date }, context) => {
        const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
        if (!stages.includes(mql)) problem('mql', `"${mql}" is none of the stages: ${stages.join(', ')}`);
        if (lead !== undefined && !stages.includes(lead))
          problem('lead', `"${lead}" is none of the stages: ${stages.join(', ')}`);
        else if (lead !== undefined && stages.indexOf(lead) >= stages.indexOf(mql) && stages.includes(mql))
          problem('lead', `"${lead}" must come before ${mql} in stages`);
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
