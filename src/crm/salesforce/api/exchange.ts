import { SECOND } from '../../../base/clock.ts';

/** What came back over the wire, or why nothing whole did. */
export type Answer =
  | { readonly status: number; readonly headers: Headers; readonly text: string; readonly lost?: undefined }
  | { readonly lost: string; readonly status?: undefined; readonly headers?: undefined; readonly text?: undefined };

export interface Exchange {
  readonly method: string;
  /** Its host is checked already: see `salesforce-url.ts`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds until the whole body must be there. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

/**
 * One HTTP request with its whole answer, or how it was lost. Never follows a redirect, so that neither a token nor a body
 * goes anywhere else. The timer is the machine's and not the `Clock`: it watches a socket.
 * @throws the signal's reason once it is aborted.
 */
export async function exchange({ method, url, headers, body, timeout, signal }: Exchange): Promise<Answer> {
  const deadline = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url, {
      method,
      headers,
      body,
      redirect: 'manual',
      signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch {
    if (signal?.aborted) throw signal.reason;
    const { host } = new URL(url);
    return {
      lost: deadline.aborted
        ? `Salesforce did not answer within ${timeout / SECOND} s`
        : `the connection to ${host} broke`,
    };
  }
}
