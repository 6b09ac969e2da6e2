import { z } from 'zod';

/** A property's internal name, as HubSpot shows it under "Internal name" in the settings of the property. */
const propertyName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,99}$/, {
    error: 'write the internal name of a HubSpot property: small letters, digits and _, starting with a letter',
  })
  .meta({ description: 'The internal name of a HubSpot contact property, such as jobtitle.' });

const ourName = z.string().regex(/^[a-z][a-z0-9_]*$/, {
  error: 'write a field name in small letters, digits and _, starting with a letter, such as job_title',
});

const formKey = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
  error: 'write a form key in small letters and digits, with - between words, such as demo-request',
});

const output = (name: string, what: string) =>
  propertyName.default(name).meta({ description: `The property that holds ${what}.` });

const outputs = z
  .strictObject({
    score: output('leadgauge_score', 'the total of fit and engagement'),
    fit: output('leadgauge_fit', 'the points for who the lead is'),
    engagement: output('leadgauge_engagement', 'the points for what the lead did'),
    grade: output('leadgauge_grade', 'the grade, such as B2'),
    reasons: output('leadgauge_reasons', 'the reasons that add up to the score, one a line'),
    flags: output('leadgauge_flags', 'what speaks against the lead, as several checkboxes'),
    mql: output('leadgauge_mql', 'whether the lead is ready for sales'),
    model_version: output('leadgauge_model_version', 'which version of the model gave the score'),
    scored_at: output('leadgauge_scored_at', 'when the score last changed'),
    mql_at: output('leadgauge_mql_at', 'when the lead was passed to sales'),
    route: output('leadgauge_route', 'where the lead goes next'),
    fast_track: output('leadgauge_fast_track', 'which rule sent the lead straight to sales'),
    fast_track_at: output('leadgauge_fast_track_at', 'when the lead did what sent it straight to sales'),
  })
  .superRefine((names, context) => {
    const seen = new Set<string>();
    for (const [key, name] of Object.entries(names)) {
      if (seen.has(name))
        context.addIssue({
          code: 'custom',
          path: [key],
          message: `${name} is already the property of another output: give each its own`,
        });
      seen.add(name);
    }
  })
  .prefault({})
  .meta({
    description: 'Where leadgauge writes: one contact property for each result. `leadgauge setup` creates them.',
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

const lifecycle = z
  .union([
    z.literal('off'),
    z.strictObject({
      property: propertyName
        .default('lifecyclestage')
        .meta({ description: 'The property that holds the lifecycle stage.' }),
      mql: z.string().min(1).default('marketingqualifiedlead').meta({
        description: 'The internal value of the stage that means MQL. Leads are only ever moved forward to it.',
      }),
    }),
  ])
  .default('off')
  .meta({
    description: 'The lifecycle stage that a lead is moved to once it is an MQL, or off to leave the stage alone.',
  });

const tasks = z
  .strictObject({
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
    search: count('Searches in a second, of the 5 that all apps of the account share.'),
  })
  .prefault({})
  .meta({ description: 'How much of the HubSpot API leadgauge may use, where that is less than the account allows.' });

/** What `config/hubspot.yaml` holds. */
export const hubspotConfigSchema = z
  .strictObject({
    fields: z
      .record(ourName, propertyName)
      .meta({ description: 'The fields a model can ask about: our name, then the HubSpot property that holds it.' }),
    forms: z
      .record(formKey, z.string().min(1).meta({ description: 'The exact name of a HubSpot form, or its GUID.' }))
      .default({})
      .meta({
        description: 'The forms whose submissions are scored: our key, then the exact name of the form or its GUID.',
      }),
    outputs,
    output_group: group,
    lifecycle,
    page_views: z.enum(['auto', 'events', 'counters']).default('auto').meta({
      description:
        'Where page views come from: events (every single one; needs an Enterprise edition), counters (their number and the first and last page), or auto for the better one the portal has.',
    }),
    tasks,
    budget,
  })
  .meta({ description: 'How leadgauge reads from and writes to a HubSpot portal.' });

export type HubspotConfig = z.output<typeof hubspotConfigSchema>;
