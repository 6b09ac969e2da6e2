import { z } from 'zod';
import { isTimeZone } from '../../base/local-time.ts';
import type { ActivityType } from '../../leads/activity.ts';

/** The keys under `streams` in `config/salesforce.yaml`, in the order in which they are shown. */
export const STREAM_KEYS = ['campaigns', 'tasks', 'events', 'emails', 'opportunities', 'visitor_activities'] as const;
export type StreamKey = (typeof STREAM_KEYS)[number];

/** What a response to a campaign may count as. */
export const CAMPAIGN_TYPES = [
  'form-submission',
  'event-attendance',
  'event-registration',
  'download',
  'tool-use',
  'visit',
  'page-click',
  'email-click',
  'custom-event',
] as const satisfies readonly ActivityType[];

export const campaignName = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .meta({ description: 'The exact name of a campaign, or its id (701...).' });

const whole = z.strictObject({
  campaign: campaignName,
  as: z
    .enum(CAMPAIGN_TYPES)
    .default('form-submission')
    .meta({ description: 'As which activity models ask for a response; its name is our key.' }),
});

const campaignKey = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
  error: 'write a campaign key in small letters and digits, with - between words, such as demo-request',
});

/** The campaigns whose responses are scored: our key, then the campaign, alone or with what a response counts as. */
export const campaignsSchema = z
  .record(
    campaignKey,
    z.union([campaignName.transform((campaign) => ({ campaign, as: 'form-submission' as const })), whole]),
  )
  .default({})
  .meta({
    description:
      'The campaigns whose responses are scored: our key, then the exact name of the campaign or its id. `as` says what a response counts as, a form submission where it is left out.',
    examples: [{ 'demo-request': 'Request a demo', webinar: { campaign: 'Product webinar', as: 'event-attendance' } }],
  });

const STREAMS: Readonly<Record<StreamKey, string>> = {
  campaigns: 'Responses to the campaigns under `campaigns`: forms, webinars, events.',
  tasks: 'Calls that sales logged, whether they reached anybody or not, and e-mails that are logged as tasks.',
  events: 'Meetings in the calendar, and whether they took place.',
  emails: 'E-mails between sales and the lead or contact, either way.',
  opportunities: 'Opportunities that were won, for the contacts that have a role in them.',
  visitor_activities:
    'What visitors did in Account Engagement (Pardot): page views, clicks, forms, files, e-mails. Needs `account_engagement`.',
};

const stream = (key: StreamKey) => z.enum(['auto', 'on', 'off']).default('auto').meta({ description: STREAMS[key] });

export const streamsSchema = z
  .strictObject({
    campaigns: stream('campaigns'),
    tasks: stream('tasks'),
    events: stream('events'),
    emails: stream('emails'),
    opportunities: stream('opportunities'),
    visitor_activities: stream('visitor_activities'),
  })
  .prefault({})
  .meta({
    description:
      'What is read of what people did. auto: where a model asks for it and the org and the user allow it. on: leadgauge does not start without. off: never.',
    examples: [{ tasks: 'off', campaigns: 'on' }],
  });

export const accountEngagementSchema = z
  .strictObject({
    business_unit: z
      .string()
      .regex(/^0Uv[A-Za-z0-9]{15}$/, {
        error: 'write the 18 characters of the business unit id, which starts with 0Uv: Setup, Business Unit Setup',
      })
      .meta({ description: 'The id of the business unit: 18 characters that start with 0Uv.' }),
    time_zone: z
      .string()
      .refine(isTimeZone, { error: 'write a time zone such as UTC, Europe/Berlin or America/New_York' })
      .default('UTC')
      .meta({
        description:
          'The time zone of the user as whom leadgauge signs in, as set in Account Engagement: times come in it.',
      }),
    host: z.enum(['pi.pardot.com', 'pi.demo.pardot.com']).default('pi.pardot.com').meta({
      description: 'pi.pardot.com, or pi.demo.pardot.com for the business unit of a sandbox or developer org.',
    }),
  })
  .optional()
  .meta({
    description: 'Account Engagement (Pardot), for the visitor activities of one business unit.',
    examples: [{ business_unit: '0Uv000000000000AAA', time_zone: 'Europe/Berlin' }],
  });
