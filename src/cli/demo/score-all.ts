import { backfill } from '../../sync/backfill.ts';
import type { Tally } from '../../sync/tally.ts';
import { type Calls, callsSince, sumCalls } from '../calls.ts';
import { sourcesFirst } from '../connections.ts';
import type { Io } from '../io.ts';
import { silentProgress, startProgress } from '../progress.ts';
import type { DemoCrm } from './demo-crm.ts';
import { flagsText, inSeconds } from './tell.ts';
import type { World } from './world.ts';

/** What the backfill of one CRM came to. */
export interface Scored {
  readonly crm: DemoCrm;
  readonly tally: Tally;
  /** Of its set-up and its backfill. */
  readonly calls: Calls;
}

export interface Telling {
  readonly leads: number;
  readonly isSilent: boolean;
  tell(line: string): void;
}

/** Sets every CRM up, then scores every lead of each. */
export async function scoreAll(world: World, io: Io, telling: Telling): Promise<Scored[]> {
  const { app } = world;
  const ordered = sourcesFirst(app.connections).flatMap(
    (connection) => world.crms.find((each) => each.connection === connection) ?? [],
  );
  const counted = async <Done>(work: () => Promise<Done>) => {
    const before = { ...app.calls };
    return { done: await work(), calls: callsSince(app.calls, before) };
  };
  const setups: Calls[] = [];
  for (const crm of ordered) setups.push((await counted(() => setUp(crm, ordered.length > 1, telling))).calls);
  const scored: Scored[] = [];
  for (const [index, crm] of ordered.entries()) {
    const { done: tally, calls } = await counted(() => scoreOne(crm, ordered.length > 1, io, telling));
    scored.push({ crm, tally, calls: sumCalls(calls, setups[index] ?? calls) });
  }
  return scored;
}

async function setUp({ title, holders, connection }: DemoCrm, areSeveral: boolean, { tell }: Telling): Promise<void> {
  const { crm } = connection;
  const steps = await crm.planSetup();
  await crm.applySetup(steps);
  await crm.connect();
  const made = steps.filter(({ kind }) => kind === 'property').length;
  tell(`Set up${areSeveral ? ` in ${title}` : ''}: ${made} ${holders} to hold scores, reasons and flags.`);
}

async function scoreOne(
  { title, connection }: DemoCrm,
  areSeveral: boolean,
  io: Io,
  { leads, isSilent, tell }: Telling,
): Promise<Tally> {
  const { now } = connection.clock;
  const began = now();
  const of = areSeveral ? ` of ${title}` : '';
  const progress = isSilent
    ? silentProgress
    : startProgress(io, { title: `Scoring every lead${of}`, total: leads, now });
  const tally = await backfill(connection, {
    // In a real CRM a backfill promotes nobody unless asked; here there is nobody to be disturbed.
    promote: true,
    signal: io.signal,
    onActivities: (count) => progress.update(0, `${count.toLocaleString('en')} activities read`),
    onProgress: ({ scored }) => progress.update(scored, `${scored.toLocaleString('en')} leads`),
  });
  progress.finish(`Scored ${tally.scored.toLocaleString('en')} leads${of} in ${inSeconds(now() - began)} s.`);
  tell(`${tally.mql} are ready for sales; flags: ${flagsText(tally.flags)}.`);
  return tally;
}
