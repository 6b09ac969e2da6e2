import { z } from 'zod';
import { asText } from '../base/as-text.ts';
import { excerpt } from '../base/excerpt.ts';
import { dayOfDate } from '../base/local-time.ts';
import { WEEKDAYS } from '../base/working-hours.ts';
import { timeZone } from './time-zone.ts';

/** A time of the day, read into minutes. `24:00` is midnight at the end of it. */
export const timeOfDay = z
  .string({ error: ({ input }) => (input === undefined ? undefined : noTime(input)) })
  .refine((text) => minutesOf(text) !== undefined, { error: ({ input }) => noTime(input) })
  // A text that passed always has minutes; NaN only satisfies the type.
  .transform((text) => minutesOf(text) ?? Number.NaN);

function minutesOf(text: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):([0-5]\d)$/.exec(text) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return hour !== undefined && minutes <= 24 * 60 ? minutes : undefined;
}

function noTime(input: unknown): string {
  const given = typeof input === 'string' ? JSON.stringify(excerpt(input)) : 'this';
  return `${given} is no time of the day: write one such as "09:00", from "00:00" to "24:00"`;
}

/** A day of the calendar. */
export const date = z.string().refine((text) => !Number.isNaN(dayOfDate(text)), {
  error: ({ input }) => `${JSON.stringify(excerpt(asText(input)))} is no date: write one such as 2026-12-25`,
});

export const CALENDAR_NAME = /^[a-z][a-z0-9_-]{0,31}$/i;

/** Which of the calendars under `holidays` hold for somebody; `off` for none. */
export const calendars = z
  .union([z.literal('off'), z.string().trim().min(1), z.array(z.string().trim().min(1)).min(1)])
  .transform((value): readonly string[] => (value === 'off' ? [] : [value].flat()));

const days = z.array(z.enum(WEEKDAYS)).min(1).meta({
  description: 'The days of the week on which they work: mon, tue, wed, thu, fri, sat, sun.',
});

const from = timeOfDay.meta({ description: 'When their day begins, by their own clock.', examples: ['09:00'] });
const to = timeOfDay.meta({
  description: 'When their day ends, by their own clock; "24:00" for midnight.',
  examples: ['17:00'],
});

/** The hours of everybody who has no others. */
export const companyHours = z
  .strictObject({
    days: days.default(['mon', 'tue', 'wed', 'thu', 'fri']),
    from: from.prefault('09:00'),
    to: to.prefault('17:00'),
    time_zone: timeZone.default('UTC').meta({
      description:
        'The time zone of whoever has none under `people` and none in the CRM, such as Europe/Berlin. UTC when left out.',
    }),
    holidays: calendars.prefault('off').meta({
      description: 'The calendar under `holidays`, or several, of whoever has none of their own.',
      examples: ['de'],
    }),
  })
  .superRefine(({ from: begins, to: ends }, context) => mustEndLater(begins, ends, context))
  .meta({
    description:
      'When sales work. The time for a follow-up passes within these hours, by the clock of the owner. Around the clock when left out.',
    examples: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00', time_zone: 'Europe/Berlin' }],
  });

/** What is otherwise for one person. */
export const personHours = z.strictObject({ days: days.optional(), from: from.optional(), to: to.optional() }).meta({
  description: 'When this person works, where that is otherwise than for everybody.',
  examples: [{ days: ['mon', 'tue', 'wed'], to: '14:00' }],
});

export const away = z
  .array(
    z
      .strictObject({
        from: date.meta({ description: 'The first day away.' }),
        to: date.meta({ description: 'The last day away.' }),
      })
      .refine(({ from: first, to: last }) => first <= last, {
        path: ['to'],
        error: 'this is before "from": write the first day away, then the last one',
      }),
  )
  .default([])
  .meta({
    description: 'When they are away: both days are part of it. They get no leads that begin to wait then.',
    examples: [[{ from: '2026-12-21', to: '2027-01-03' }]],
  });

/** Hours that end before they begin never come. */
export function mustEndLater(from: number, to: number, context: z.RefinementCtx, path: PropertyKey[] = []): void {
  // What is no time of the day was told already, and compares with nothing.
  if (!(from >= to)) return;
  const message = '"to" must be later than "from": write "24:00" for midnight';
  context.addIssue({ code: 'custom', path: [...path, 'to'], message });
}
