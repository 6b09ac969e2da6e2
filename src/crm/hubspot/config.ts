import { z } from 'zod';
import { outcomeSchema } from '../outcome.ts';
import { outputKeys } from '../outputs/output-keys.ts';
import { roleSchema } from '../role.ts';
import { customEventsSchema } from './custom-event-config.ts';
import { namedTwice } from './named-twice.ts';
import { propertyName } from './property-name.ts';
import { lifecycleSchema, nurtureSchema, salesStatusSchema } from './sales-config.ts';
import type { StreamKey } from './streams/stream-kind.ts';

const ourName = z.string().regex(/^[a-z][a-z0-9_]*$/, {
  error: 'write a field name in small letters, digits and _, starting with a letter, such as job_title',
});

const modelId = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
  error: 'write what stands after "model:" in the file of the model, such as services',
});

const formKey = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
  error: 'write a form key in small letters and digits, with - between words, such as demo-request',
});

const companyFields = z
  .record(
    ourName,
    propertyName.meta({ description: 'The internal name of a HubSpot company property, such as industry.' }),
  )
  .default({})
  .meta({
    description:
      'Fields that come from the company of a contact where the contact itself has no value: our name, then the property of companies.',
    examples: [{ employees: 'numberofemployees' }],
  });

const memberLists = z
  .record(ourName, z.string().trim().min(1).meta({ description: 'The exact name of a list of contacts, or its id.' }))
  .default({})
  .meta({
    description:
      'Fields that are `true` for the members of a list and `false` for everyone else: our name, then the list.',
    examples: [{ newsletter_reader: 'Newsletter subscribers' }],
  });

const ACCOUNT_SCORE =
  'The property of companies that holds the score of the account. It is used where the model has `account`.';

const outputs = z
  .strictObject({
    ...outputKeys((key, what) => propertyName.default(`leadgauge_${key}`).meta({ description: what })),
    account_score: propertyName.default('leadgauge_account_score').meta({ description: ACCOUNT_SCORE }),
  })
  .prefault({})
  .meta({
    description:
      'Where leadgauge writes: one contact property for each result, and one of companies. `leadgauge setup` creates them.',
  });

const modelOutputs = z
  .record(
    modelId,
    z.strictObject({
      ...outputKeys((_, what) => propertyName.optional().meta({ description: what })),
      account_score: propertyName.optional().meta({ description: ACCOUNT_SCORE }),
    }),
  )
  .default({})
  .meta({
    description:
      'Where further models write: the model, then its properties as under `outputs`. Left out, a property is named after the model, such as leadgauge_services_score. One model may be missing here: it has the properties of `outputs`.',
    examples: [{ services: {} }],
  });

const group = z
  .strictObject({
    name: propertyName.default('leadgauge').meta({ description: 'The internal name of the group.' }),
    label: z
      .string()
      .min(1)
      .max(100)
      .default('Lead scoring')
      .meta({ description: 'The name of the group as people see it on a contact.' }),
  })
  .prefault({})
  .meta({ description: 'The group under which HubSpot shows the output properties.' });

const STREAMS: Readonly<Record<StreamKey, string>> = {
  page_views:
    'Every page view, with its address (needs an Enterprise edition). Otherwise the contact tells how many, and which were the first and the last.',
  marketing_emails:
    'Every opening and click of marketing e-mails, unsubscriptions and bounces, machines told apart. Otherwise the contact tells how many, and when the last one was.',
  meetings: 'Every meeting, and whether it took place. Otherwise the contact tells when the last one was booked.',
  calls: 'Calls that sales logged.',
  sales_emails: 'E-mails between sales and the contact, either way.',
  marketing_events: 'Registrations for and attendance at marketing events and webinars.',
  deals: 'Deals that were won.',
};

const stream = (key: StreamKey) => z.enum(['auto', 'on', 'off']).default('auto').meta({ description: STREAMS[key] });

const streams = z
  .strictObject({
    page_views: stream('page_views'),
    marketing_emails: stream('marketing_emails'),
    meetings: stream('meetings'),
    calls: stream('calls'),
    sales_emails: stream('sales_emails'),
    marketing_events: stream('marketing_events'),
    deals: stream('deals'),
  })
  .prefault({})
  .meta({
    description:
      'What is read of what people did, besides forms. auto: where a model asks for it and the portal and the credential allow it. on: leadgauge does not start without. off: never.',
    examples: [{ page_views: 'off', meetings: 'on' }],
  });

const tasks = z
  .strictObject({
    create: z.enum(['on', 'off']).default('on').meta({
      description:
        'off: who asks for sales is marked and routed as ever, and no task is made here. For a second CRM of the same people, where sales do not work: each CRM has a task for its own record otherwise.',
    }),
    subject: z
      .string()
      .min(1)
      .max(200)
      .refine((text) => !/\{(?!subject\})/.test(text), {
        error: 'only {subject} can stand in braces: it is replaced by what leadgauge would call the task',
      })
      .default('{subject}')
      .meta({ description: 'The subject of a follow-up task; {subject} stands for what leadgauge would call it.' }),
    type: z
      .enum(['CALL', 'EMAIL', 'TODO'])
      .default('CALL')
      .meta({ description: 'What kind of task it is: CALL, EMAIL or TODO.' }),
    priority: z
      .enum(['HIGH', 'MEDIUM', 'LOW'])
      .default('HIGH')
      .meta({ description: 'How urgent the task is: HIGH, MEDIUM or LOW.' }),
    owners: z
      .array(z.string().min(1))
      .min(1, 'name at least one owner, or take "owners" out')
      .max(200)
      .default([])
      .meta({
        description:
          'Who gets leads that have no owner, in turn: they become the owner of the contact and of its task. E-mail addresses or owner ids of HubSpot users.',
        examples: [['ann@example.com', 'bo@example.com']],
      }),
    fallback_owner: z.string().min(1).optional().meta({
      description:
        'Who gets the task of a lead that has no owner: the e-mail address or the owner id of a HubSpot user.',
    }),
  })
  .prefault({})
  .meta({ description: 'The task that asks the owner of a fast-tracked lead to follow up.' });

const count = (what: string) => z.int().min(1).optional().meta({ description: what });

const budget = z
  .strictObject({
    burst: count('Calls in ten seconds. Left out: what HubSpot says in its answers.'),
    daily: count('Calls in a day. Left out: what HubSpot says in its answers.'),
    search: z
      .int()
      .min(1)
      .max(5)
      .optional()
      .meta({ description: 'Searches in a second, of the 5 that all apps of the account share.' }),
  })
  .prefault({})
  .meta({ description: 'How much of the HubSpot API leadgauge may use, where that is less than the account allows.' });

/** What `config/hubspot.yaml` holds. */
export const hubspotConfigSchema = z
  .strictObject({
    role: roleSchema('both'),
    fields: z
      .record(ourName, propertyName)
      .meta({ description: 'The fields a model can ask about: our name, then the HubSpot property that holds it.' }),
    company_fields: companyFields,
    lists: memberLists,
    forms: z
      .record(formKey, z.string().min(1).meta({ description: 'The exact name of a HubSpot form, or its GUID.' }))
      .default({})
      .meta({
        description: 'The forms whose submissions are scored: our key, then the exact name of the form or its GUID.',
      }),
    outputs,
    model_outputs: modelOutputs,
    output_group: group,
    lifecycle: lifecycleSchema,
    sales_status: salesStatusSchema,
    outcome: outcomeSchema,
    nurture: nurtureSchema,
    streams,
    custom_events: customEventsSchema,
    tasks,
    budget,
  })
  .superRefine((config, context) => {
    for (const { path, message } of namedTwice(config)) context.addIssue({ code: 'custom', path, message });
    const { fields, company_fields, lists } = config;
    for (const field of Object.keys(lists)) {
      const other = Object.hasOwn(fields, field)
        ? 'fields'
        : Object.hasOwn(company_fields, field)
          ? 'company_fields'
          : '';
      if (other === '') continue;
      const message = `"${field}" is one of ${other} already: a list needs a name of its own`;
      context.addIssue({ code: 'custom', path: ['lists', field], message });
    }
  })
  .meta({ description: 'How leadgauge reads from and writes to a HubSpot portal.' });

export type HubspotConfig = z.output<typeof hubspotConfigSchema>;
