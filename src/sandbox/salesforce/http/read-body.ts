import type { ZodType } from 'zod';
import { refusal } from './salesforce-error.ts';

/** The body in the shape that a call needs, or the complaint about it. */
export function readBody<T>(schema: ZodType<T>, body: unknown): T {
  if (body === undefined) throw refusal('JSON_PARSER_ERROR', 'The request has no body that can be read as JSON');
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  throw refusal('JSON_PARSER_ERROR', `Cannot read the request at "${place}": ${issue?.message ?? 'unexpected value'}`);
}

/** The JSON of a text; undefined where there is none. */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('JSON_PARSER_ERROR', 'Unexpected character at [line:1, column:1]: this is no JSON');
  }
}
