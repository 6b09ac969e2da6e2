import { z } from 'zod';
import { FatalError } from '../../base/errors.ts';

/**
 * HubSpot understood the call and refused it (400, 404, 409, …): asking again the same way gives the same answer. Whoever
 * knows what the call was about turns it into something better; where nobody does, a person must look.
 */
export class RefusedError extends FatalError {
  readonly status: number;
  readonly problem: ProblemBody;
  constructor(message: string, status: number, problem: ProblemBody) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/** 403: the credential lacks scopes, or the portal's edition lacks the feature (then no scope is named). */
export class ForbiddenError extends FatalError {
  readonly scopes: readonly string[];
  constructor(message: string, scopes: readonly string[]) {
    super(message);
    this.scopes = scopes;
  }
}

const text = z.string().optional().catch(undefined);
const context = z.record(z.string(), z.unknown()).optional().catch(undefined);

/**
 * What HubSpot says about an error. Every key may be missing; `message` may hold values of a record and never goes further.
 * https://developers.hubspot.com/docs/api-reference/error-handling
 */
export const problemBodySchema = z.looseObject({
  category: text,
  message: text,
  policyName: text,
  context,
  errors: z
    .array(z.looseObject({ message: text, code: text, context }).catch({}))
    .optional()
    .catch(undefined),
});
export type ProblemBody = z.output<typeof problemBodySchema>;

export function parseProblem(json: unknown): ProblemBody {
  const parsed = problemBodySchema.safeParse(json);
  return parsed.success ? parsed.data : {};
}

/** The values under these keys in all contexts of the answer, however HubSpot wrapped them. */
export function contextValues(problem: ProblemBody, keys: readonly string[]): string[] {
  const contexts = [problem.context, ...(problem.errors ?? []).map((error) => error.context)];
  const values = contexts.flatMap((each) => keys.flatMap((key) => each?.[key] ?? []));
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

/** The scopes that a 403 says are missing, as far as they look like scopes. */
export function missingScopes(problem: ProblemBody): string[] {
  const named = contextValues(problem, ['requiredGranularScopes', 'requiredScopes', 'missingScopes']);
  return named.filter((scope) => /^[a-z][a-z0-9._-]{0,80}$/i.test(scope)).sort();
}

/** Why, in HubSpot's own error words (`INVALID_OPTION`), without anything that a record holds. */
export function codesOf(problem: ProblemBody): string[] {
  const said = [problem.message, ...(problem.errors ?? []).map((error) => error.message)].join(' ');
  const quoted = [...said.matchAll(/"error"\s*:\s*"([A-Z][A-Z_]{2,60})"/g)].map((match) => match[1]);
  const codes = [...quoted, ...(problem.errors ?? []).map((error) => error.code), problem.category];
  const words = codes.filter((code) => code !== undefined && /^[A-Z][A-Z_]{2,60}$/.test(code));
  return [...new Set(words)].filter((code) => code !== undefined);
}

/** Whether the answer says of a record that it does not exist. */
export function isNotFound(problem: ProblemBody): boolean {
  return codesOf(problem).includes('OBJECT_NOT_FOUND');
}

/** Which of the given words (names of properties that we sent) the answer mentions. */
export function mentioned(problem: ProblemBody, words: readonly string[]): string[] {
  const said = JSON.stringify([problem.message, problem.context, problem.errors]);
  return words.filter((word) => new RegExp(`(?<![a-z0-9_])${word}(?![a-z0-9_])`).test(said));
}
