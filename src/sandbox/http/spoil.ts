import type { Clock } from '../../base/clock.ts';
import type { Fault } from './faults.ts';
import type { Reply } from './server.ts';

interface Spoiling {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The body of an error for which none was ordered, and the headers of any answer. */
  readonly errorBody: (status: number) => unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** The answer as the fault wants it, with the request carried out or not. */
export async function spoil(fault: Fault, carry: () => Reply, spoiling: Spoiling): Promise<Reply> {
  const { when = 'before', status, body, headers, delayMs = 0, reset = false, halfBody = false } = fault;
  const answers = status !== undefined || body !== undefined;
  // Half of the true body needs the true body.
  const carriesOut = when === 'after' || (!answers && !reset);
  const early = when === 'after' ? carry() : undefined;
  if (delayMs > 0) await spoiling.clock.sleep(delayMs, spoiling.signal);
  const carried = early ?? (carriesOut ? carry() : undefined);
  const given = body ?? spoiling.errorBody(status ?? 200);
  const own: Reply = {
    status: status ?? 200,
    headers: spoiling.headers,
    text: typeof given === 'string' ? given : JSON.stringify(given),
  };
  const base = answers || carried === undefined ? own : carried;
  return { ...base, headers: { ...base.headers, ...headers }, spoil: { reset, halfBody } };
}
