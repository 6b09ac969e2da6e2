import { z } from 'zod';
import { suggestion } from '../base/nearest-word.ts';
import { normaliseEmail } from '../leads/email.ts';

/** What a company's own site tells: somebody sent this form. */
export interface FormSubmitted {
  /** Its key in config. */
  readonly form: string;
  /** Normalised; undefined where the site named nobody. */
  readonly email: string | undefined;
  /** When they sent it, in milliseconds since 1970; undefined where the site did not say. */
  readonly sentAt: number | undefined;
}

const schema = z.object({
  type: z.literal('form.submitted'),
  timestamp: z.iso.datetime({ offset: true }).optional(),
  data: z.object({ form: z.string(), email: z.string().nullish() }),
});

/** `malformed` says what is wrong, and never a value. */
export function parseFormSubmitted(
  content: unknown,
  forms: readonly string[],
): FormSubmitted | { readonly malformed: string } {
  const result = schema.safeParse(content);
  if (!result.success) {
    const key = result.error.issues[0]?.path.join('.');
    return { malformed: key ? `its ${key} is unusable: ${SHAPE}` : SHAPE };
  }
  const { timestamp, data } = result.data;
  if (!forms.includes(data.form))
    return { malformed: `its data.form is no key under forms in hubspot.yaml${suggestion(data.form, forms)}` };
  const named = data.email?.trim() ? data.email : undefined;
  const email = normaliseEmail(named);
  if (named !== undefined && email === undefined) {
    return { malformed: 'its data.email is no e-mail address: leave it out where you have none' };
  }
  return {
    form: data.form,
    email,
    sentAt: timestamp === undefined ? undefined : Date.parse(timestamp),
  };
}

const SHAPE =
  'send { "type": "form.submitted", "timestamp": "2026-03-31T09:00:00Z", "data": { "form": "demo-request", "email": "…" } }';
