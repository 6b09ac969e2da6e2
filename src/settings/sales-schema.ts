import { z } from 'zod';
import { asText } from '../base/as-text.ts';
import { duration } from '../base/duration.ts';
import { excerpt } from '../base/excerpt.ts';
import { nearestWord } from '../base/nearest-word.ts';
import { normaliseEmail } from '../leads/email.ts';
import { conditionSchema } from '../scoring/condition-schema.ts';
import { away, CALENDAR_NAME, calendars, companyHours, date, personHours, timeOfDay } from './hours-schema.ts';
import { OWNER_WAYS } from './sales.ts';
import { timeZone } from './time-zone.ts';

const ADDRESS = 'write an e-mail address, such as ann@example.com';

/** As people write it. */
const email = z.string().refine((text) => normaliseEmail(text) !== undefined, { error: ADDRESS });

const OFF = z.literal('off');
const ESCALATE_TO = ['manager', 'reassign'];
const onOff = z.enum(['on', 'off']).default('off');

const territories = z
  .array(
    z.strictObject({
      when: conditionSchema.meta({
        description: 'Which leads are of this territory: a question about fields, as in models.',
        examples: [{ field: 'country', country: ['dach'] }],
      }),
      owners: z
        .array(email)
        .min(1)
        .max(200)
        .meta({ description: 'Who takes them, in turn: e-mail addresses of users of the CRM.' }),
    }),
  )
  .default([])
  .meta({
    description: 'Who gets which leads. The first territory that a lead is of and where somebody is there holds.',
    examples: [[{ when: { field: 'country', country: ['dach'] }, owners: ['ann@example.com', 'bo@example.com'] }]],
  });

const person = z
  .strictObject({
    time_zone: timeZone.optional().meta({
      description: 'Their time zone, such as Europe/Berlin, where the CRM does not say it or says another one.',
    }),
    hours: personHours.optional(),
    holidays: calendars.optional().meta({
      description: 'Their calendar under `holidays`, or several; off for none. As under `hours` when left out.',
      examples: ['de'],
    }),
    manager: email.optional().meta({
      description: 'The e-mail address of whom they report to. As the CRM says when left out.',
    }),
    away,
    slack: z
      .string()
      .regex(/^[UW][A-Z0-9]{6,20}$/, {
        error: 'write the member id that Slack shows in their profile under "Copy member ID", such as U012AB3CD',
      })
      .optional()
      .meta({ description: 'Their member id in Slack, such as U012AB3CD: messages about their leads mention them.' }),
  })
  // All below a name may be remarks.
  .nullable();

const followUp = z
  .union([
    z.strictObject({
      escalate_after: z.union([duration, OFF]).prefault('30m').meta({
        description:
          'How long after the reminder somebody else is told, in working time; off for never. 30m when left out.',
      }),
      escalate_to: z
        .string()
        .refine(isEscalateTo, { error: ({ input }) => noEscalateTo(asText(input)) })
        .default('manager')
        .meta({
          description:
            'Who is told then: manager, an e-mail address, or reassign, which gives the lead to the next owner. manager when left out.',
          examples: ESCALATE_TO,
        }),
      attempts: z
        .int()
        .min(1)
        .max(20)
        .default(4)
        .meta({ description: 'How often sales try to reach a lead before they may give up. 4 when left out.' }),
      over: duration.prefault('10d').meta({
        description: 'Over how long the tries are spread; a day is a working day. 10d when left out.',
      }),
    }),
    OFF,
  ])
  .default('off')
  .meta({
    description:
      'What happens where nobody calls: who is reminded, then told, and how often sales try. off when left out: nobody is.',
    examples: [{ escalate_after: '30m', escalate_to: 'manager', attempts: 4, over: '10d' }],
  });

const ceiling = z
  .union([
    z.strictObject({
      leads: z.int().min(1).default(100).meta({ description: 'So many leads. 100 when left out.' }),
      per: duration.prefault('1h').meta({ description: 'Within so long. 1h when left out.' }),
    }),
    OFF,
  ])
  .prefault({})
  .meta({
    description:
      'How many leads one rule may send to sales: above that it stops, tells so once, and waits for "leadgauge alerts resume". off: any number.',
    examples: [{ leads: 50, per: '1h' }],
  });

const notify = z
  .strictObject({
    slack: onOff.meta({ description: 'on: to Slack, by the incoming webhook in SLACK_WEBHOOK_URL.' }),
    https: onOff.meta({ description: 'on: to the address in NOTIFY_URL, signed with NOTIFY_SECRET.' }),
    email: z
      .union([
        z.strictObject({
          from: z
            .string()
            .refine(isSender, 'write an e-mail address, or a name with one between < and > after it')
            .meta({ description: 'Whom the e-mails are from.', examples: ['Leads <leads@example.com>'] }),
        }),
        OFF,
      ])
      .default('off')
      .meta({
        description: 'By e-mail, through the server in SMTP_URL; off when left out.',
        examples: [{ from: 'Leads <leads@example.com>' }],
      }),
    team: z
      .array(email)
      .default([])
      .meta({
        description:
          'The e-mail addresses of those who are told what concerns all of sales, such as a rule that was stopped.',
        examples: [['sales@example.com']],
      }),
  })
  .prefault({})
  .meta({ description: 'How sales are told of a lead, besides the task in the CRM.' });

const digest = z
  .union([
    z.strictObject({
      at: timeOfDay.meta({ description: 'When it is sent, by the clock of who gets it.', examples: ['08:00'] }),
    }),
    OFF,
  ])
  .default('off')
  .meta({
    description:
      'Once a day, to each owner: the leads that were routed to them since the one before. off when left out.',
    examples: [{ at: '08:00' }],
  });

/** What `config/sales.yaml` holds. */
export const salesSchema = z
  .strictObject({
    owner: z
      .array(z.enum(OWNER_WAYS))
      .min(1)
      .default([...OWNER_WAYS])
      .meta({
        description:
          'How a lead that goes to sales comes to its owner: the first of these that names somebody who is there. existing: who owns it. account: who owns its company. territory: see territories. round_robin: the owners in the file of the CRM, in turn.',
      }),
    territories,
    hours: companyHours.optional(),
    holidays: z
      .record(
        z.string().regex(CALENDAR_NAME, { error: 'a calendar is named by one word, such as de' }),
        z
          .array(date)
          .meta({ description: 'The dates on which nobody works.', examples: [['2026-12-25', '2026-12-26']] }),
      )
      .default({})
      .meta({
        description: 'Calendars of days on which nobody works, by names of your own.',
        examples: [{ de: ['2026-12-25', '2026-12-26'] }],
      }),
    people: z
      .record(email.meta({ description: 'The e-mail address of a user of the CRM.' }), person)
      .default({})
      .meta({
        description: 'What leadgauge must know of somebody in sales, by their e-mail address in the CRM.',
        examples: [{ 'ann@example.com': { time_zone: 'Europe/Berlin', manager: 'cy@example.com' } }],
      }),
    follow_up: followUp,
    ceiling,
    notify,
    digest,
  })
  .meta({
    description: 'Who in sales gets a lead, when they work, how they are told, and what follows where nobody calls.',
  });

export type SalesSource = z.output<typeof salesSchema>;

function isEscalateTo(text: string): boolean {
  return ESCALATE_TO.includes(text) || normaliseEmail(text) !== undefined;
}

function noEscalateTo(text: string): string {
  const near = nearestWord(text, ESCALATE_TO);
  const advice = near === undefined ? 'write manager, reassign or an e-mail address' : `did you mean "${near}"?`;
  return `"escalate_to" cannot be ${JSON.stringify(excerpt(text))}: ${advice}`;
}

function isSender(text: string): boolean {
  const [, named, bare] = /^(?:[^<>\r\n]*<([^<>\s]+)>|([^<>\s]+))$/.exec(text.trim()) ?? [];
  return normaliseEmail(named ?? bare) !== undefined;
}
