import { existsSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import { ACTIVITY_TYPES, type Activity } from '../leads/activity.ts';
import { normaliseEmail } from '../leads/email.ts';
import type { Lead } from '../leads/lead.ts';
import { checkYaml } from '../settings/yaml-file.ts';
import { readText } from '../settings/yaml-source.ts';
import { parseInstant } from './instant.ts';

/** A lead that is in no CRM, and what it did. */
export interface FileLead {
  readonly lead: Lead;
  readonly activities: readonly Activity[];
}

/** What a file may name. */
export interface KnownWords {
  readonly fields: readonly string[];
  readonly forms: readonly string[];
}

export interface LeadFile {
  readonly leads: readonly FileLead[];
  /** Whether the file holds a list, be it of one. */
  readonly isList: boolean;
}

const LARGEST_MB = 5;

/** Reads leads written as JSON, of which YAML is a superset that knows the places. @throws ConfigError with every problem and its place. */
export function readLeadFile(file: string, words: KnownWords): LeadFile {
  if (!existsSync(file)) {
    throw new ConfigError(
      'there is no such file: name a JSON file of a lead, or the id of a contact in digits (for an e-mail address: leadgauge explain)',
    );
  }
  const text = readText(file, LARGEST_MB);
  const isList = text.trimStart().startsWith('[');
  const one = leadSchema(words);
  const given = isList ? checkYaml(text, file, z.array(one)).value : [checkYaml(text, file, one).value];
  return { isList, leads: given.map((lead, index) => toFileLead(lead, String(index + 1))) };
}

type GivenLead = z.output<ReturnType<typeof leadSchema>>;

function toFileLead({ id, fields, activities }: GivenLead, place: string): FileLead {
  const texts = Object.entries(fields).flatMap(([name, value]) => {
    const text = value == null ? '' : String(value).trim();
    return text === '' ? [] : [[name, text] as const];
  });
  const values = Object.fromEntries(texts);
  const email = normaliseEmail(values.email);
  return {
    lead: {
      id: id === undefined ? place : String(id),
      formerIds: [],
      emails: email === undefined ? [] : [email],
      fields: values,
      createdAt: 0,
    },
    activities: activities.map(({ form, name, ...rest }, index) => ({
      ...rest,
      // Without an id of its own every line is a thing done, also where two are alike.
      id: rest.id ?? `line ${index}`,
      name: form ?? name,
    })),
  };
}

function leadSchema({ fields, forms }: KnownWords) {
  const value = z.union([z.string(), z.number(), z.boolean()]).nullish();
  const form = z.string().refine((key) => forms.includes(key), {
    error: ({ input }) => `config has no form ${JSON.stringify(input)}${suggestion(String(input), forms)}`,
  });
  const activity = z
    .strictObject({
      type: z.enum(ACTIVITY_TYPES),
      at: time,
      form: form.optional(),
      name: z.string().min(1).optional(),
      url: z.string().min(1).optional(),
      count: z.int().min(1).optional(),
      id: z.string().min(1).optional(),
    })
    .superRefine(({ type, form }, context) => {
      if (form === undefined || type === 'form-submission') return;
      context.addIssue({
        code: 'custom',
        path: ['form'],
        message: `"form" goes with form-submission, not with ${type}`,
      });
    });
  return z.strictObject({
    id: z.union([z.string().min(1), z.int()]).optional(),
    fields: z.strictObject(Object.fromEntries(['email', ...fields].map((name) => [name, value]))),
    activities: z.array(activity).default([]),
  });
}

const time = z.union([z.string(), z.int()]).transform((given, context) => {
  const read = typeof given === 'number' ? given : parseInstant(given);
  if (read !== undefined) return read;
  context.addIssue({
    code: 'custom',
    message: `${JSON.stringify(given)} is no time: write a day such as 2026-03-31, or a time such as 2026-03-31T09:30:00Z`,
  });
  return z.NEVER;
});
