import { z } from 'zod';
import { outcomeSchema } from '../outcome.ts';
import { outputKeys } from '../outputs/output-keys.ts';
import { roleSchema } from '../role.ts';
import { contactFieldName, customFieldName, defaultName, fieldName } from './field-names.ts';
import { lifecycleSchema } from './lifecycle-config.ts';
import { namedTwice } from './named-twice.ts';
import { nurtureSchema, ownWords, salesStatusSchema } from './sales-config.ts';
import { accountEngagementSchema, campaignsSchema, streamsSchema } from './streams-config.ts';
import { tasksSchema, users } from './tasks-config.ts';

const ourName = z.string().regex(/^[a-z][a-z0-9_]*$/, {
  error: 'write a field name in small letters, digits and _, starting with a letter, such as job_title',
});

const modelId = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
  error: 'write what stands after "model:" in the file of the model, such as services',
});

const ofEach = z
  .strictObject({
    lead: fieldName.optional().meta({ description: 'The field of leads.' }),
    contact: contactFieldName
      .optional()
      .meta({ description: 'The field of contacts, or of their account: Account.Industry.' }),
  })
  .refine(({ lead, contact }) => lead !== undefined || contact !== undefined, {
    error: 'name the field of leads, of contacts, or both: { lead: Company, contact: Account.Name }',
  });

const fields = z
  .record(ourName, z.union([fieldName.transform((name) => ({ lead: name, contact: name })), ofEach]))
  .meta({
    description:
      'The fields a model can ask about: our name, then the Salesforce field that leads and contacts both have, or one for each; for contacts also one of the account.',
    examples: [{ job_title: 'Title', industry: { lead: 'Industry', contact: 'Account.Industry' } }],
  });

const ACCOUNT_SCORE =
  'The field of accounts that holds the score of the account. It is used where the model has `account`.';

const outputs = z
  .strictObject({
    ...outputKeys((key, what) => customFieldName.default(defaultName(key)).meta({ description: inFields(what) })),
    account_score: customFieldName.default(defaultName('account_score')).meta({ description: ACCOUNT_SCORE }),
  })
  .prefault({})
  .meta({
    description:
      'Where leadgauge writes: for each result a field of the same name on leads and on contacts, and one on accounts. `leadgauge setup` creates them.',
  });

const modelOutputs = z
  .record(
    modelId,
    z.strictObject({
      ...outputKeys((_, what) => customFieldName.optional().meta({ description: inFields(what) })),
      account_score: customFieldName.optional().meta({ description: ACCOUNT_SCORE }),
    }),
  )
  .default({})
  .meta({
    description:
      'Where further models write: the model, then its fields as under `outputs`. Left out, a field is named after the model, such as Leadgauge_Services_Score__c. One model may be missing here: it has the fields of `outputs`.',
    examples: [{ services: {} }],
  });

const permissionSetName = z.string().regex(/^[A-Za-z](?:_?[A-Za-z0-9])*$/, {
  error: 'write the API name of a permission set: letters, digits and single _, starting with a letter',
});

const permissionSets = z
  .strictObject({
    integration: permissionSetName
      .max(80)
      .default('Leadgauge')
      .meta({ description: 'The permission set of the user as whom leadgauge signs in: reads and writes the fields.' }),
    sales: permissionSetName
      .max(80)
      .default('Leadgauge_Sales')
      .meta({ description: 'The permission set for sales: sees the fields, and may set the decision on a lead.' }),
    sales_users: users.default([]).meta({
      description:
        'Who is given the one for sales by `leadgauge setup`: e-mail addresses or ids of active users. Everybody else gets it from an administrator.',
      examples: [['ann@example.com', 'bo@example.com']],
    }),
  })
  .prefault({})
  .refine(({ integration, sales }) => integration.toLowerCase() !== sales.toLowerCase(), {
    error: 'give sales a permission set of its own: the one of the integration may write every field',
    path: ['sales'],
  })
  .meta({
    description:
      'The permission sets that `leadgauge setup` creates: a new field of Salesforce is seen by nobody until one grants it.',
    examples: [{ sales_users: ['ann@example.com'] }],
  });

const optIn = (what: string, example: string) =>
  z
    .strictObject({
      mql: z
        .string()
        .trim()
        .min(1)
        .meta({ description: `The value that a lead gets once it is moved to MQL, such as ${example}.` }),
    })
    .optional()
    .meta({ description: what, examples: [{ mql: example }] });

const budget = z
  .strictObject({
    daily: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Calls in 24 hours. Left out: what Salesforce says in its answers.' }),
  })
  .prefault({})
  .meta({ description: 'How much of the Salesforce API leadgauge may use, where that is less than the org allows.' });

/** What `config/salesforce.yaml` holds. */
export const salesforceConfigSchema = z
  .strictObject({
    role: roleSchema('off'),
    fields,
    campaigns: campaignsSchema,
    outputs,
    model_outputs: modelOutputs,
    lifecycle: lifecycleSchema,
    lead_status: optIn(
      "The Lead Status that a lead gets together with the stage MQL: one of the org's own values, and none that means converted. Left out, leadgauge leaves it alone.",
      'Working - Contacted',
    ),
    rating: optIn(
      "The Rating that a lead gets together with the stage MQL: one of the org's own values. Left out, leadgauge leaves it alone.",
      'Hot',
    ),
    sales_status: salesStatusSchema,
    outcome: outcomeSchema,
    nurture: nurtureSchema,
    streams: streamsSchema,
    account_engagement: accountEngagementSchema,
    tasks: tasksSchema,
    permission_sets: permissionSets,
    budget,
    batch_size: z.int().min(1).max(200).default(200).meta({
      description:
        "How many records one call writes, at most 200. Fewer help where the org's own triggers and flows run into limits.",
    }),
  })
  .superRefine((config, context) => {
    for (const { path, message } of namedTwice(config)) context.addIssue({ code: 'custom', path, message });
    if (config.streams.visitor_activities === 'on' && config.account_engagement === undefined) {
      const message = 'visitor_activities need account_engagement: { business_unit: 0Uv... }';
      context.addIssue({ code: 'custom', path: ['streams', 'visitor_activities'], message });
    }
    for (const key of ['lead_status', 'rating'] as const) {
      if (config[key] === undefined || config.lifecycle !== 'off') continue;
      const message = `${key} goes with the stage MQL, and lifecycle is off: configure lifecycle as well, or take ${key} out`;
      context.addIssue({ code: 'custom', path: [key], message });
    }
    for (const { path, message } of ownWords(config)) context.addIssue({ code: 'custom', path, message });
  })
  .meta({ description: 'How leadgauge reads from and writes to a Salesforce org.' });

export type SalesforceConfig = z.output<typeof salesforceConfigSchema>;

/** The words of HubSpot's outputs, which have properties. */
function inFields(what: string): string {
  return what.replace('property', 'field');
}
