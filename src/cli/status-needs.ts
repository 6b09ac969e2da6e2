import { HOUR, MINUTE } from '../base/clock.ts';
import type { Backlog } from '../ledger/backlog.ts';
import type { RuleDecision } from '../ledger/ceiling-decisions.ts';
import type { ConnectionStatus, Status } from '../sync/status.ts';
import { ageText } from './age-text.ts';
import { counted } from './print.ts';

/** What only a person can see to, one line each with what to do about it; empty where all is well. */
export function needsOf({ at, connections, tripped, undone, channels }: Status): string[] {
  const areSeveral = connections.length > 1;
  const own = connections.flatMap((connection) =>
    connectionNeeds(connection, at).map((need) => (areSeveral ? `${connection.name}: ${need}` : need)),
  );
  const rules = tripped.map(
    ({ rule, held }) =>
      `the rule ${rule} alerts too many: ${counted(held, 'alert')} ${held === 1 ? 'is' : 'are'} held, see "leadgauge alerts list"`,
  );
  // A worker does it within two minutes.
  const brokenOff = undone
    .filter(({ decidedAt }) => at - decidedAt >= BORNE)
    .map(
      ({ rule, decision }) =>
        `the rule ${rule} was ${decision}, which broke off: run "leadgauge alerts ${COMMANDS[decision]} ${rule}" again`,
    );
  const troubles = [...channels.troubles].map(([channel, why]) => `sales cannot be told by ${channel}: ${why}`);
  return [...own, ...rules, ...brokenOff, ...troubles];
}

const COMMANDS = { resumed: 'resume', dropped: 'drop' } as const satisfies Record<RuleDecision, string>;

/** The cause, and not what follows from it: while nobody works, all else is late too. */
function connectionNeeds(connection: ConnectionStatus, now: number): string[] {
  const { paused, scored, deadLetters } = connection;
  const letters = deadLetters > 0 ? [`${counted(deadLetters, 'dead letter')}: see "leadgauge dead-letters list"`] : [];
  if (paused !== undefined) return [`paused: mend it and restart the worker; "leadgauge check" tries it`, ...letters];
  if (connection.isWorkerLate) return [workerNeed(connection, now), ...letters];
  if (scored.state === 'never') return ['no lead is scored yet: run "leadgauge backfill"', ...letters];
  return [
    ...lateStreams(connection),
    ...lasting(connection, now),
    ...spent(connection),
    ...stuck(connection, now),
    ...letters,
  ];
}

function workerNeed({ workerSeenAt, errors }: ConnectionStatus, now: number): string {
  const [failed] = errors.filter(({ job }) => job === 'start');
  const why = failed === undefined ? '' : `, as its last start failed: ${failed.message}`;
  return workerSeenAt === undefined
    ? `no worker has run yet${why}: run "leadgauge start"`
    : `no worker for ${ageText(now - workerSeenAt)}${why}: run "leadgauge start"`;
}

function lateStreams({ streams }: ConnectionStatus): string[] {
  const late = streams.filter((stream) => stream.late);
  const [first, ...others] = late;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return [`${first.name}${more} ${late.length === 1 ? 'is' : 'are'} read late`];
}

/** How long a job may fail, or a decision be undone, before somebody should look, in milliseconds: networks and CRMs fail for minutes. */
const BORNE = 15 * MINUTE;

function lasting({ errors }: ConnectionStatus, now: number): string[] {
  return errors
    .filter(({ since, at }) => at - since >= BORNE)
    .map(({ job, since, message }) => `${job} has failed for ${ageText(now - since)}: ${message}`);
}

function spent({ calls }: ConnectionStatus): string[] {
  return calls.spent === undefined
    ? []
    : ["the day's API calls are spent but for the reserve of fast tracks: ordinary work rests"];
}

function stuck({ backlog, accounts, scored }: ConnectionStatus, now: number): string[] {
  const one = ({ waiting, waitingSince }: Backlog, thing: string) =>
    waitingSince !== undefined && now - waitingSince > HOUR
      ? [
          `${counted(waiting, thing)} ${waiting === 1 ? 'waits' : 'wait'} to be scored, the first for ${ageText(now - waitingSince)}`,
        ]
      : [];
  // Until every lead is scored, its company waits on purpose.
  return [...one(backlog, 'lead'), ...(scored.state === 'done' ? one(accounts, 'account') : [])];
}
