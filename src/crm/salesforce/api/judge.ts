import { MINUTE, SECOND } from '../../../base/clock.ts';
import { FatalError, RateLimitedError, RetryableError } from '../../../base/errors.ts';
import type { ApiAnswer } from './api.ts';
import { type ErrorSort, SalesforceRefusal, sortError } from './error-table.ts';
import type { Answer } from './exchange.ts';
import { codesOf, fieldsOf, type Problem, parseProblems } from './problems.ts';

export type Verdict =
  | { readonly is: 'done'; readonly answer: ApiAnswer }
  /** The session is not, or no longer, known. Nothing was done. */
  | { readonly is: 'session' }
  /** Not an attempt: Salesforce did nothing, and will once the time is over. */
  | { readonly is: 'limited'; readonly limit: keyof typeof LIMITS; readonly wait: number }
  /** `mayBeDone`: Salesforce may have carried the call out all the same. `wait`: not before that many milliseconds. */
  | { readonly is: 'failed'; readonly reason: string; readonly mayBeDone: boolean; readonly wait?: number };

/** How long to leave the API alone, in milliseconds. Of a day's calls some come free with every minute of the day before. */
const WAITS = { daily: 15 * MINUTE, concurrent: 10 * SECOND };
/** A lock is held for as long as somebody else's transaction takes: ten seconds at most, mostly far less. */
const LOCKED = 2 * SECOND;

/**
 * What to do about an answer.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 * @throws SalesforceRefusal for what Salesforce refuses by a code, FatalError for a redirect and what only a person can mend.
 */
export function judge(what: string, answer: Answer): Verdict {
  if (answer.status === undefined) return { is: 'failed', reason: answer.lost, mayBeDone: true };
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return read(answer);
  if (status >= 300 && status < 400) {
    throw new FatalError(
      `Salesforce answered ${what} with a redirect (${status}), which is not followed: check the address of the org`,
    );
  }
  if (status === 401) return { is: 'session' };
  const problems = parseProblems(parseJson(answer.text));
  const sort = worst(problems);
  if (sort === 'session') return { is: 'session' };
  if (sort === 'daily' || sort === 'concurrent') return { is: 'limited', limit: sort, wait: WAITS[sort] };
  const wait = retryAfter(headers);
  if (status === 429) return { is: 'limited', limit: 'unnamed', wait: wait ?? WAITS.concurrent };
  if (sort === 'retry-row')
    return { is: 'failed', reason: 'the record was locked (UNABLE_TO_LOCK_ROW)', mayBeDone: false, wait: LOCKED };
  if (sort === 'retry' || status >= 500 || PASSING.has(status))
    return { is: 'failed', reason: `Salesforce answered ${inWords(status, problems)}`, mayBeDone: true, wait };
  return throwProblems(what, status, problems);
}

/** A request that took too long to come, was called off (420), or came too early. */
const PASSING = new Set([408, 420, 425]);

/** The error that such an answer is, where it stands inside another one and nobody asks again at once. */
export function throwProblems(what: string, status: number, problems: readonly Problem[]): never {
  const sort = worst(problems);
  const said = inWords(status, problems);
  if (sort === 'daily' || sort === 'concurrent')
    throw new RateLimitedError(`Salesforce's limit of ${LIMITS[sort]} is used up`, { retryAfter: WAITS[sort] });
  if (sort === 'session' || sort === 'retry' || sort === 'retry-row' || status >= 500)
    throw new RetryableError(`Salesforce answered ${what} with ${said}`);
  if (sort === 'fatal') throw new FatalError(`Salesforce refused ${what} with ${said}: ${advice(problems)}`);
  throw new SalesforceRefusal(`Salesforce refused ${what} with ${said}: run "leadgauge check"`, {
    status,
    codes: codesOf(problems),
    fields: fieldsOf(problems),
  });
}

export const LIMITS = {
  daily: 'API calls within 24 hours',
  concurrent: 'long calls at the same time',
  unnamed: 'calls (429)',
};

/** Of several errors the one that decides. */
function worst(problems: readonly Problem[]): ErrorSort | undefined {
  const sorts = problems.map(({ code, message }) => sortError(code, message));
  return ORDER.find((sort) => sorts.includes(sort)) ?? sorts[0];
}

const ORDER: readonly ErrorSort[] = ['fatal', 'session', 'daily', 'concurrent', 'retry', 'retry-row'];

const ADVICE: Readonly<Record<string, string>> = {
  API_DISABLED_FOR_ORG: 'the edition of the org has no API, or the integration user lacks the permission "API Enabled"',
  API_CURRENTLY_DISABLED: 'Salesforce has switched the API of the org off: ask Salesforce',
  STORAGE_LIMIT_EXCEEDED: 'the data storage of the org is full: make room, or buy more',
};

function advice(problems: readonly Problem[]): string {
  return problems.flatMap(({ code }) => ADVICE[code] ?? [])[0] ?? 'run "leadgauge check"';
}

/** `400 (INVALID_FIELD: Leadgauge_Score__c)`: codes and names of fields alone, as texts may hold values of a record. */
function inWords(status: number, problems: readonly Problem[]): string {
  const codes = codesOf(problems).join(', ');
  const fields = fieldsOf(problems).join(', ');
  if (codes === '') return String(status);
  return `${status} (${codes}${fields === '' ? '' : `: ${fields}`})`;
}

function read({ status, headers, text }: Extract<Answer, { readonly status: number }>): Verdict {
  const header = (name: string): string | undefined => headers.get(name) ?? undefined;
  if (text === '') return { is: 'done', answer: { status, body: undefined, header } };
  const type = headers.get('content-type')?.toLowerCase() ?? '';
  if (type.includes('html')) {
    return { is: 'failed', reason: 'Salesforce answered with a page of HTML in place of data', mayBeDone: true };
  }
  if (type !== '' && !type.includes('json')) return { is: 'done', answer: { status, body: text, header } };
  const body = parseJson(text);
  if (body === undefined) return { is: 'failed', reason: "Salesforce's answer was cut off", mayBeDone: true };
  return { is: 'done', answer: { status, body, header } };
}

/** `Retry-After` in milliseconds, where one is given in seconds; Salesforce seldom does. */
function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) * SECOND : undefined;
}

/** Undefined where it is no JSON: half a body, or a page of HTML. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
