import { z } from 'zod';
import { isSalesforceId } from '../api/record-id.ts';

/** `2026-11-22T09:00:00.000+0000`, as milliseconds since 1970. */
export const dateTime = z.string().transform((text, context) => {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  context.addIssue({ code: 'custom', message: 'no date-time' });
  return z.NEVER;
});

/** A day without a time: `2026-11-22`. */
export const day = z.iso.date();

export const recordId = z.string().refine(isSalesforceId);

/** What every record that streams read by has: see `stamped-pages.ts`. */
export const stamped = { Id: recordId, SystemModstamp: dateTime, IsDeleted: z.boolean() };
