import type { Backlog } from '../ledger/backlog.ts';
import type { Challenger } from '../scoring/challenger.ts';
import type { ConnectionStatus, Status } from '../sync/status.ts';
import { isoTime } from './print.ts';

/** The status for programs: times as text, lengths of time in milliseconds. `ok` is what the exit code says. */
export function statusJson(
  { at, connections, tripped, undone, channels }: Status,
  needs: readonly string[],
): Record<string, unknown> {
  return {
    at: isoTime(at),
    ok: needs.length === 0,
    needs,
    connections: Object.fromEntries(connections.map((connection) => [connection.name, connectionJson(connection)])),
    tripped: tripped.map(({ rule, at: since, leads, per, held }) => ({
      rule,
      since: isoTime(since),
      leads,
      per,
      held,
    })),
    undone: undone.map(({ rule, decision, decidedAt, held }) => ({
      rule,
      decision,
      decidedAt: isoTime(decidedAt),
      held,
    })),
    channels: { troubles: Object.fromEntries(channels.troubles), undelivered: channels.undelivered },
  };
}

function connectionJson(connection: ConnectionStatus): Record<string, unknown> {
  const { role, paused, workerSeenAt, isWorkerLate, reachedAt, errors, scored, isInForce, streams } = connection;
  const { backlog, accounts, work, calls, deadLetters, sales, challengers } = connection;
  const { day, pausedUntil, ...burst } = calls;
  return {
    role,
    paused,
    worker: { seenAt: isoTime(workerSeenAt), late: isWorkerLate },
    reachedAt: isoTime(reachedAt),
    errors: errors.map(({ job, since, at, message }) => ({ job, since: isoTime(since), at: isoTime(at), message })),
    scored: { state: scored.state, at: isoTime(scored.at), modelsInForce: isInForce },
    ...(challengers.length > 0 && { challengers: challengers.map(challengerJson) }),
    streams: streams.map(({ name, readTo, schedule, late }) => ({ name, readTo: isoTime(readTo), schedule, late })),
    backlog: backlogJson(backlog),
    accounts: backlogJson(accounts),
    work: work.map(({ job, since }) => ({ job, since: isoTime(since) })),
    calls: {
      ...burst,
      ...(day !== undefined && { day: { left: day.left, of: day.of, toldAt: isoTime(day.toldAt) } }),
      pausedUntil: isoTime(pausedUntil),
    },
    deadLetters,
    followUps: { open: sales.open, overdue: sales.overdue },
    notices: sales.notices,
  };
}

const challengerJson = ({ model: { id, version, holdout }, champion }: Challenger) => ({
  model: id,
  version,
  champion: champion.id,
  holdout,
});

function backlogJson({ waiting, waitingSince, held }: Backlog): Record<string, unknown> {
  return { waiting, waitingSince: isoTime(waitingSince), held };
}
