import { DAY, SECOND } from '../base/clock.ts';
import { FatalError, RecordError, RetryableError } from '../base/errors.ts';
import { certificateProblem } from './certificate-problem.ts';

export interface PostRequest {
  /** How errors call the other side, such as "Slack". */
  readonly name: string;
  /** The environment variable that its address comes from: the address itself may be a secret, and is in no message. */
  readonly variable: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds until it counts as lost. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds since 1970, for an answer that names a time. */
  readonly now: number;
}

/**
 * Posts a body and judges the answer by its status; a redirect is not followed, for a signature and what it covers are for one address.
 * @throws as Channel.send.
 */
export async function post(request: PostRequest): Promise<void> {
  const { name, variable, now } = request;
  const { status, retryAfter, word } = await exchange(request);
  if (status >= 200 && status < 300) return;
  const said = `${name} answered ${status}${word === undefined ? '' : ` (${word})`}`;
  if (status >= 500 || PASSING.has(status)) throw new RetryableError(said, { retryAfter: waitOf(retryAfter, now) });
  if (OF_MESSAGE.has(status)) throw new RecordError(`${said} to this message`);
  if (status < 400) throw new FatalError(`${said}, a redirect: put the address that it leads to into ${variable}`);
  throw new FatalError(`${said}: check ${variable}`);
}

const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);
/** What does not say that the address or the secret is wrong. */
const OF_MESSAGE: ReadonlySet<number> = new Set([400, 413, 422]);

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  /** The name of an error, such as `no_service`: Slack answers with nothing else. */
  readonly word: string | undefined;
}

/** The timer is the machine's and not the `Clock`: it watches a socket. */
async function exchange({ name, variable, url, headers, body, timeout, signal }: PostRequest): Promise<Answer> {
  const deadline = AbortSignal.timeout(timeout);
  const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: either });
    const word = response.ok ? undefined : wordOf(await beginning(response));
    if (response.ok) await response.body?.cancel();
    return { status: response.status, retryAfter: response.headers.get('retry-after'), word };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const certificate = certificateProblem(error);
    if (certificate !== undefined)
      throw new FatalError(`${name} shows a certificate that cannot be trusted (${certificate}): check ${variable}`);
    const why = deadline.aborted ? `did not answer within ${timeout / SECOND} s` : 'cannot be reached';
    throw new RetryableError(`${name} ${why}`);
  }
}

/** As much of a body as a word needs, however long it is. */
async function beginning({ body }: Response): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LONGEST_WORD) break;
  }
  return text;
}

const LONGEST_WORD = 40;

function wordOf(text: string): string | undefined {
  return text.length <= LONGEST_WORD && /^[a-z]+(?:_[a-z]+)+$/.test(text.trim()) ? text.trim() : undefined;
}

/** `Retry-After` in milliseconds: seconds, or a date. At most a day. */
function waitOf(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  const wait = /^\d+$/.test(text.trim()) ? Number(text) * SECOND : Date.parse(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), DAY);
}
