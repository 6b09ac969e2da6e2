import { LeadgaugeError, messageOf } from '../base/errors.ts';
import { type BackfillOptions, backfill } from '../sync/backfill.ts';
import { claimPortal } from '../sync/claim-portal.ts';
import type { Connection } from '../sync/connection.ts';
import type { Tally } from '../sync/tally.ts';
import { resume } from '../sync/unless-paused.ts';
import { callsSince } from './calls.ts';
import { byConnection, namedConnections, sourcesFirst } from './connections.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { silentProgress, startProgress } from './progress.ts';
import { withApp } from './with-app.ts';

export interface BackfillFlags {
  readonly promote?: boolean;
  readonly json?: boolean;
}

/** Who hears what a backfill of one connection does, and tells it when it is over. */
export interface BackfillTeller {
  /** Whether to save calls at the price of time, where the CRM can write in bulk. */
  readonly bulk?: true;
  readonly onDone?: BackfillOptions['onDone'];
  /** For people. */
  lines(tally: Tally): readonly string[];
  json(tally: Tally, calls: App['calls']): object;
}

/**
 * Scores and writes every lead of every connection, or of the one that is named, with a word on how it gets on. Of several, one
 * that fails holds up no other.
 * @throws whatever the first of them did, or LeadsFailedError where some leads failed; once all is told.
 */
export async function runBackfill(
  io: Io,
  name: string | undefined,
  flags: BackfillFlags,
  tellerOf: (connection: Connection) => BackfillTeller,
): Promise<void> {
  await withApp(io, async (app) => {
    const connections = sourcesFirst(namedConnections(app, name));
    const all: { name: string; told: object }[] = [];
    const failed: string[] = [];
    const errors: unknown[] = [];
    for (const connection of connections) {
      try {
        const { told, tally } = await tellOne(app, connection, io, flags, tellerOf(connection));
        all.push({ name: connection.crm.name, told });
        failed.push(...failures(tally));
      } catch (error) {
        if (connections.length === 1 || io.signal.aborted) throw error;
        if (errors.length > 0) io.err(`${connection.crm.name}: ${messageOf(error)}`);
        errors.push(error);
      }
    }
    if (flags.json === true && all.length > 0) io.out(JSON.stringify(byConnection(all, connections.length > 1)));
    if (errors.length > 0) throw errors[0];
    if (failed.length > 0)
      throw new LeadsFailedError(`${failed.join(' and ')} failed: see leadgauge dead-letters list`);
  });
}

async function tellOne(
  app: App,
  connection: Connection,
  io: Io,
  { promote = false, json = false }: BackfillFlags,
  teller: BackfillTeller,
): Promise<{ told: object; tally: Tally }> {
  const { crm, role, clock } = connection;
  const before = { ...app.calls };
  const [doing, done] = role === 'source' ? ['Reading', 'Read'] : ['Scoring', 'Scored'];
  const of = app.connections.length > 1 ? ` of ${crm.name}` : '';
  const progress = json ? silentProgress : startProgress(io, { title: `${doing} every lead${of}`, now: clock.now });
  const tally = await backfillOne(connection, io, { promote, bulk: teller.bulk, onDone: teller.onDone }, progress);
  progress.finish(`${done} ${number(role === 'source' ? tally.unchanged : tally.scored)} leads${of}.`);
  if (!json) for (const line of teller.lines(tally)) io.out(line);
  return { told: teller.json(tally, callsSince(app.calls, before)), tally };
}

async function backfillOne(
  connection: Connection,
  io: Io,
  options: Pick<BackfillOptions, 'promote' | 'bulk' | 'onDone'>,
  progress: ReturnType<typeof startProgress>,
): Promise<Tally> {
  await connection.crm.connect({ readOnly: connection.role === 'source' });
  await claimPortal(connection);
  await resume(connection);
  return backfill(connection, {
    ...options,
    signal: io.signal,
    onActivities: (count) => progress.update(0, `${number(count)} activities read`),
    onProgress: ({ scored }) => progress.update(scored, `${number(scored)} leads scored`),
  });
}

function failures({ failed, accounts }: Tally): string[] {
  return [
    ...(failed > 0 ? [`${number(failed)} leads`] : []),
    ...(accounts !== undefined && accounts.failed > 0 ? [`${number(accounts.failed)} accounts`] : []),
  ];
}

class LeadsFailedError extends LeadgaugeError {}

/** Nothing of a backfill that began at the beginning. */
export const resumedLines = ({ resumed }: Tally): string[] =>
  resumed ? ['It went on where the last run stopped; the figures are of what was left.'] : [];

const number = (value: number) => value.toLocaleString('en');
