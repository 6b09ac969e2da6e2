import type { z } from 'zod';
import { RetryableError } from '../../../base/errors.ts';

/** What an answer holds. @throws RetryableError where it has another shape than documented, saying where, never what. */
export function readAs<Shape>(schema: z.ZodType<Shape>, body: unknown, what: string): Shape {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new RetryableError(
    `Salesforce's answer to ${what} has another shape than documented${place === '' ? '' : ` (at ${place})`}`,
  );
}
