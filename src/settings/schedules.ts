import { z } from 'zod';
import { DAY, MINUTE, SECOND } from '../base/clock.ts';
import { duration } from '../base/duration.ts';
import { cronProblem } from './cron.ts';
import { timeZone } from './time-zone.ts';

/** When a job runs: every so many milliseconds, at the times of a cron expression in a time zone, or never. */
export type Schedule = { readonly every: number } | { readonly cron: string; readonly tz: string } | 'off';

const cron = z
  .string()
  .superRefine((text, context) => {
    const problem = cronProblem(text);
    if (problem !== undefined)
      context.addIssue({ code: 'custom', message: `${JSON.stringify(text)} is no schedule: ${problem}` });
  })
  .meta({
    description:
      'Five fields: minute, hour, day of the month, month, day of the week. Such as "0 3 * * *" for three at night.',
  });

const tz = timeZone
  .default('UTC')
  .meta({ description: 'The time zone of the cron expression, such as Europe/Berlin. UTC when left out.' });

const off = z.literal('off').meta({ description: 'Never.' });

function every(shortest: number, longest: number, range: string) {
  const within = duration.refine((ms) => ms >= shortest && ms <= longest, `"every" must be ${range} for this job`);
  return z.strictObject({ every: within });
}

const often = z.union([every(5 * SECOND, DAY, '5s to 1d'), z.strictObject({ cron, tz }), off]);
const hot = z.union([every(5 * SECOND, MINUTE, '5s to 60s'), off]);

function schedule(schema: typeof often | typeof hot, usual: string, description: string) {
  return schema.prefault({ every: usual }).meta({ description: `${description} Every ${usual} when left out.` });
}

function nightly(cronText: string, when: string, description: string) {
  return often.prefault({ cron: cronText }).meta({ description: `${description} In UTC ${when} when left out.` });
}

const REVIEWED = '0 6 1 1,4,7,10 *';

const review = z
  .union([
    z.strictObject({
      to: z.string().trim().min(1, 'name a folder').meta({
        description:
          'The folder to write to: a page and its figures as JSON for each review. It is made where it is missing.',
      }),
      cron: cron.default(REVIEWED),
      tz,
    }),
    off,
  ])
  .default('off')
  .meta({
    description:
      'Reviews the main model, as `leadgauge review` does: { to: reviews }. On the first of each quarter at 6:00 in UTC unless `cron` says otherwise. Off when left out.',
  });

/** What `config/schedules.yaml` holds. */
export const schedulesSchema = z
  .strictObject({
    pull_leads: schedule(often, '60s', 'Asks the CRM which leads changed.'),
    pull_activities: schedule(often, '60s', 'Fetches what people did: page views, form submissions.'),
    hot_poll: schedule(
      hot,
      '10s',
      'Fetches the forms that fast-track rules name, so that a request reaches sales in seconds. 5s to 60s.',
    ),
    score: schedule(
      often,
      '60s',
      'Scores what is waiting, in case a trigger got lost. Leads are scored as they change anyway.',
    ),
    due: schedule(often, '60s', 'Scores the leads whose score changes with time alone, when that time has come.'),
    follow_up: schedule(often, '15s', 'Looks which follow-ups are due, where `follow_up` in sales.yaml is on.'),
    notices: schedule(
      often,
      '15s',
      'Sends what sales are to be told and could not be before. What is new is sent at once.',
    ),
    digest: schedule(
      often,
      '5m',
      'Looks whose time it is to be told of their new leads, where `digest` in sales.yaml is on.',
    ),
    pull_related: schedule(
      often,
      '60s',
      'Asks the CRM which companies changed, where fields come from them (`company_fields`). Costs nothing elsewhere.',
    ),
    pull_lists: schedule(
      often,
      '5m',
      'Looks who came to a list or left it, where membership is a field (`lists`). Costs nothing elsewhere.',
    ),
    sweep: nightly(
      '30 2 * * *',
      'every night at 2:30',
      'Looks for contacts that were deleted or restored without a webhook that told, and forgets or erases what is kept of them.',
    ),
    refresh: nightly(
      '0 3 * * 0',
      'on Sundays at 3:00',
      'Scores everyone anew, so that whatever changed in the CRM without a trace is found.',
    ),
    accounts: schedule(
      often,
      '60s',
      'Scores the companies whose people scored otherwise, where a model has `account`, in case a trigger got lost.',
    ),
    review,
  })
  .meta({ description: 'How often each job runs: { every: 60s }, { cron: "0 3 * * *", tz: Europe/Berlin } or off.' });

export type Schedules = z.output<typeof schedulesSchema>;
