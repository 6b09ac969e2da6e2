import { z } from 'zod';

/** One error as Salesforce words it. `message` may hold values of a record: it decides, and never goes further. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
}

const text = z.string().catch('');
const row = z
  .looseObject({
    errorCode: text,
    // Collections, tree and Bulk say it so.
    statusCode: text,
    // The sign-in's own way, as of OAuth.
    error: text,
    // Account Engagement's own way, a number.
    code: z.number().int().transform(String).catch(''),
    message: text,
    fields: z.array(text).nullish().catch([]),
  })
  .transform(({ errorCode, statusCode, error, code, message, fields }): Problem => {
    const named = [...(fields ?? []), ...mentioned(message)].filter((name) => FIELD.test(name));
    return { code: [errorCode, statusCode, error].find((word) => CODE.test(word)) ?? code, message, fields: named };
  });

/** What an answer says went wrong; empty for a page of HTML and the like. */
export function parseProblems(json: unknown): Problem[] {
  const rows = z.array(z.unknown()).safeParse(json).data ?? [json];
  return rows.flatMap((each) => row.safeParse(each).data ?? []).filter(({ code }) => code !== '');
}

export function codesOf(problems: readonly Problem[]): string[] {
  return [...new Set(problems.map(({ code }) => code))];
}

export function fieldsOf(problems: readonly Problem[]): string[] {
  return [...new Set(problems.flatMap(({ fields }) => fields))];
}

const CODE = /^[A-Za-z][A-Za-z0-9_]{1,80}$/;
const FIELD = /^[A-Za-z]\w{0,80}(?:\.\w{1,80})*$/;

/** A query's errors name the field in their text alone: `No such column 'X' on entity 'Lead'`. */
function mentioned(message: string): string[] {
  return [...message.matchAll(/(?:No such column|Didn't understand relationship) '([\w.]+)'/gi)].flatMap(
    ([, name]) => name ?? [],
  );
}
