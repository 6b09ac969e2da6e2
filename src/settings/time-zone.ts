import { z } from 'zod';
import { isTimeZone } from '../base/local-time.ts';
import { suggestion } from '../base/nearest-word.ts';

/** The name of a time zone, as config has it. */
export const timeZone = z.string().superRefine((name, context) => {
  if (isTimeZone(name)) return;
  const near = suggestion(name, Intl.supportedValuesOf('timeZone'));
  const hint = near.startsWith(': did') ? near : ': write one such as Europe/Berlin';
  context.addIssue({ code: 'custom', message: `${JSON.stringify(name)} is no time zone${hint}` });
});
