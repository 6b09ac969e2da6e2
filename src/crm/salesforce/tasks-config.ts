import { z } from 'zod';

const USER = 'E-mail addresses or ids (005...) of active Salesforce users.';

/** The people of an org, by address or id. */
export const users = z.array(z.string().trim().min(1)).max(200);

export const tasksSchema = z
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
    status: z
      .string()
      .trim()
      .min(1)
      .default('Not Started')
      .meta({ description: "The status of a new task: one of the org's own values that is not a closed one." }),
    priority: z
      .string()
      .trim()
      .min(1)
      .default('High')
      .meta({ description: "How urgent the task is: one of the org's own values, such as High or Normal." }),
    owners: users
      .min(1, 'name at least one owner, or take "owners" out')
      .default([])
      .meta({
        description: `Who gets leads that have no owner, or a queue for one, in turn: they become the owner of the lead and of its task. ${USER}`,
        examples: [['ann@example.com', 'bo@example.com']],
      }),
    fallback_owner: z.string().trim().min(1).optional().meta({
      description:
        'Who gets the task of a lead that has no owner, or a queue for one: the e-mail address or the id of an active Salesforce user.',
    }),
  })
  .prefault({})
  .meta({ description: 'The task that asks the owner of a fast-tracked lead to follow up.' });
