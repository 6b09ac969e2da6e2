import type { ZodType } from 'zod';
import { invalid } from '../http/answer.ts';

/** The body in the shape that a call needs, or HubSpot's complaint about it. */
export function readBody<T>(schema: ZodType<T>, body: unknown): T {
  if (body === undefined) throw invalid('Invalid input JSON on line 1, column 0: no request body');
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(`Invalid input JSON: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}

/** A whole number from the query, within bounds. */
export function readLimit(query: URLSearchParams, bounds: { standard: number; most: number }): number {
  const text = query.get('limit');
  if (text === null) return bounds.standard;
  const limit = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (limit >= 1 && limit <= bounds.most) return limit;
  throw invalid(`Invalid limit. The limit must be between 1 and ${bounds.most}.`);
}
