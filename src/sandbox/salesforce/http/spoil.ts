import type { Clock } from '../../../base/clock.ts';
import type { Fault } from '../../http/faults.ts';
import type { Reply } from '../../http/server.ts';

/** The answer as the fault wants it, with the request carried out or not. */
export async function spoil(
  fault: Fault,
  carry: () => Reply,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Reply> {
  const { when = 'before', status, body, headers, delayMs = 0, reset = false, halfBody = false } = fault;
  const answers = status !== undefined || body !== undefined;
  // Half of the true body needs the true body.
  const carriesOut = when === 'after' || (!answers && !reset);
  const early = when === 'after' ? carry() : undefined;
  if (delayMs > 0) await clock.sleep(delayMs, signal);
  const carried = early ?? (carriesOut ? carry() : undefined);
  const given = body ?? [
    { errorCode: codeOf(status ?? 200), message: 'An unexpected error occurred. Please try again.' },
  ];
  const own: Reply = {
    status: status ?? 200,
    headers: { 'Content-Type': 'application/json;charset=UTF-8' },
    text: typeof given === 'string' ? given : JSON.stringify(given),
  };
  const base = answers || carried === undefined ? own : carried;
  return { ...base, headers: { ...base.headers, ...headers }, spoil: { reset, halfBody } };
}

function codeOf(status: number): string {
  if (status === 401) return 'INVALID_SESSION_ID';
  return status === 503 ? 'SERVER_UNAVAILABLE' : 'UNKNOWN_EXCEPTION';
}
