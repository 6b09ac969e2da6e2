import { z } from 'zod';
import { asText } from '../base/as-text.ts';
import type { ConfigProblem } from '../base/errors.ts';
import { excerpt } from '../base/excerpt.ts';
import { suggestion } from '../base/nearest-word.ts';
import { ACTIVITY_TYPES, type Activity } from '../leads/activity.ts';
import { normaliseEmail } from '../leads/email.ts';
import { OVERRIDES } from '../leads/lead.ts';
import { isPrivacyProxy } from '../leads/machine.ts';
import { parseInstant } from './instant.ts';

/** What a file may name: the fields and the forms of config. */
export interface KnownWords {
  readonly fields: readonly string[];
  readonly forms: readonly string[];
}

export type LeadSchema = ReturnType<typeof leadSchema>;
/** A lead as a file gives it, read. */
export type GivenLead = z.output<LeadSchema> & { readonly id: string };
/** Leads as a reader of files gives them. */
export interface GivenLeads {
  readonly leads: readonly GivenLead[];
  /** Whether the file holds a list. */
  readonly isList: boolean;
  readonly refused: readonly ConfigProblem[];
}

/** Without an id where the file gives none. */
export type GivenActivity = Omit<Activity, 'id'> & { readonly id?: string | undefined };

/** The field names that may be given, `email` among them whether config maps it or not. */
export const fieldNames = ({ fields }: KnownWords): readonly string[] => [...new Set(['email', ...fields])];

const word = z.union([z.string().min(1), z.int()]).transform(String);

const time = z.union([z.string(), z.int()]).transform((given, context) => {
  const read = typeof given === 'number' ? given : parseInstant(given);
  if (read !== undefined) return read;
  context.addIssue({
    code: 'custom',
    message: `${JSON.stringify(typeof given === 'string' ? excerpt(given) : given)} is no time: write a day such as 2026-03-31, or a time such as 2026-03-31T09:30:00Z`,
  });
  return z.NEVER;
});

/** A lead with its fields and what it did. */
export function leadSchema(words: KnownWords) {
  const value = z.union([z.string(), z.number(), z.boolean()]).nullish();
  return z
    .strictObject({
      id: word.optional(),
      fields: z.strictObject(Object.fromEntries(fieldNames(words).map((name) => [name, value]))),
      created_at: time.optional(),
      account: word.optional(),
      override: z.enum(OVERRIDES).optional(),
      activities: z.array(activitySchema(words)).default([]),
    })
    .transform(({ created_at: createdAt, fields, ...rest }) => {
      const texts = textsOf(fields);
      const email = normaliseEmail(texts.email);
      return { ...rest, createdAt, fields: texts, emails: email === undefined ? [] : [email] };
    });
}

function textsOf(
  fields: Readonly<Record<string, string | number | boolean | null | undefined>>,
): Readonly<Record<string, string>> {
  const given = Object.entries(fields).map(
    ([name, value]) => [name, value == null ? '' : String(value).trim()] as const,
  );
  return Object.fromEntries(given.filter(([, text]) => text !== ''));
}

/** One thing that a lead did. */
export function activitySchema({ forms }: KnownWords) {
  const form = z.string().refine((key) => forms.includes(key), {
    error: ({ input }) =>
      `config has no form ${JSON.stringify(excerpt(asText(input)))}${suggestion(asText(input), forms)}`,
  });
  return z
    .strictObject({
      type: z.enum(ACTIVITY_TYPES),
      at: time,
      form: form.optional(),
      name: z.string().min(1).optional(),
      url: z.string().min(1).optional(),
      minutes: z.number().min(0).optional(),
      count: z.int().min(1).optional(),
      delivered_at: time.optional(),
      bot: z.boolean().optional(),
      user_agent: z.string().optional(),
      id: word.optional(),
    })
    .superRefine(({ type, form }, context) => {
      if (form === undefined || type === 'form-submission') return;
      const message = `"form" goes with form-submission, not with ${type}`;
      context.addIssue({ code: 'custom', path: ['form'], message });
    })
    .transform(
      ({ form, name, bot, user_agent: agent, delivered_at: deliveredAt, ...rest }): GivenActivity => ({
        ...rest,
        name: form ?? name,
        deliveredAt,
        machine: bot === true ? 'bot' : agent !== undefined && isPrivacyProxy(agent) ? 'privacy-proxy' : undefined,
      }),
    );
}
