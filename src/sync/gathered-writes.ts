import { SECOND } from '../base/clock.ts';
import type { Outputs } from '../crm/crm.ts';
import { LEASE, type Taken } from '../ledger/dirty.ts';
import { holdFirmly, holdForCall, renewFirmly } from '../ledger/loose-leases.ts';
import type { Connection } from './connection.ts';
import { type KeptLeases, keepLeases } from './kept-leases.ts';
import type { Prepared } from './prepare.ts';
import type { ScoreOptions } from './score-batches.ts';
import type { Tally } from './tally.ts';
import { writeBack } from './write-back.ts';

/** Changes on their way into the CRM, gathered into full calls. */
export interface GatheredWrites {
  /** Takes changes in, and begins to write as soon as they fill a call; waits while too much is under way. */
  add(items: readonly Prepared[]): Promise<void>;
  /** Writes what is left, and waits until all of it is written. */
  finish(): Promise<void>;
  /** After an error: waits for what is under way. @returns the leads that are not ours any more. */
  stop(): Promise<ReadonlySet<Taken>>;
}

/** How many writes may be under way at once. */
const WRITES = 4;
/** How long a lead waits for its call to fill, in milliseconds: its lease is renewed only once that call's turn has come, for which it may wait as well. */
const PATIENCE = 20 * SECOND;

/**
 * Who asks for it gathers as many changes as are worth a bulk write, where the CRM has one: their leads are held loosely for that long. One bulk
 * write is under way at a time, while the next is gathered: two would meet at the locks of the same accounts. What sales wait for goes in calls that take
 * seconds, as all changes of other work do. Until their call a fast track may have these leads as well, but for what sales already were told of.
 * `isOver` is told of the leads that are out of our hands.
 */
export function gatherWrites(
  connection: Connection,
  options: ScoreOptions,
  tally: Tally,
  isOver: (items: readonly Prepared[]) => void,
): GatheredWrites {
  const { clock, crm } = connection;
  const { write: full } = crm.batches;
  const bulk = options.bulk === true ? crm.batches.bulk : undefined;
  const leases = bulk === undefined ? undefined : keepLeases(connection);
  const soon: Prepared[] = [];
  const later: Prepared[] = [];
  /** What is under way. None of these rejects: `failed` and `stopped` do. */
  const writes = new Set<Promise<void>>();
  let bulkWrite: Promise<void> | undefined;
  /** A write that failed: then no other begins. */
  let failed: Promise<void> | undefined;
  /** A bulk write that was told to stop: what else was read is still written. */
  let stopped: Promise<void> | undefined;

  async function write(items: readonly Prepared[], kept: KeptLeases | undefined): Promise<void> {
    const own = await (kept?.own(items) ?? firmly(items));
    tally.left += items.length - own.length;
    const urgent = options.urgent || own.some(({ fired }) => fired.length > 0);
    const isBulk = items.length > full;
    // A stop ends the reading and a bulk write alone.
    const signal = isBulk ? options.signal : undefined;
    // From here on nobody else gets the leads, who may be just asking for a demo: a small call is not patient.
    const patient = isBulk ? options.patient : undefined;
    const done = await writeBack(connection, own, tally, { urgent, patient, signal, leases: kept });
    // Not within the call: where nobody wants to be told, that would not be carried out at all.
    options.onDone?.(done);
    isOver(items);
    // Whoever wanted the others meanwhile may have come in vain.
    if (own.length < items.length) await connection.wake('score');
  }

  const isLoose = (item: Prepared) => options.urgent !== true && concernsNoSales(item);

  /** Those that are still ours, which nobody can take over from here on for a whole lease. */
  async function firmly(items: readonly Prepared[]): Promise<Prepared[]> {
    const leased = (some: readonly Prepared[] = []) => some.map(({ taken }) => taken);
    const byKind = Map.groupBy(items, isLoose);
    const now = clock.now();
    // Both are asked before this drain takes more leads, or it would take those whose leases are over from itself.
    const held = await Promise.all([
      holdFirmly(connection.space, leased(byKind.get(true)), now),
      renewFirmly(connection.space, leased(byKind.get(false)), now),
    ]);
    const own = new Set(held.flat());
    return items.filter(({ taken }) => own.has(taken));
  }

  /** Begins to write the first of these, as soon as not too much is under way. */
  async function begin(queue: Prepared[], most: number, kept?: KeptLeases): Promise<void> {
    if (Math.min(queue.length, most) > full) await bulkWrite;
    while (writes.size >= WRITES) await Promise.race(writes);
    await failed;
    // Told to stop, nobody begins what takes minutes: it goes in calls that take seconds.
    const items = queue.splice(0, options.signal?.aborted ? full : most);
    const isBulk = items.length > full;
    const started = write(items, kept);
    const ended: Promise<void> = started
      .catch(() => {
        if (isBulk && options.signal?.aborted) stopped = started;
        else failed ??= started;
      })
      .finally(() => writes.delete(ended));
    writes.add(ended);
    if (isBulk) bulkWrite = ended;
  }

  const cannotWait = ({ fired, taken }: Prepared) => fired.length > 0 || taken.until < clock.now() + LEASE - PATIENCE;

  return {
    async add(items) {
      const mayWait = leases === undefined ? [] : items.filter(concernsNoSales);
      const others = mayWait.length === 0 ? items : items.filter((item) => !concernsNoSales(item));
      soon.push(...others);
      const loose = others.filter(isLoose).map(({ taken }) => taken);
      if (loose.length > 0) await holdForCall(connection.space, loose);
      later.push(...mayWait.map(alone));
      if (mayWait.length > 0) await leases?.add(mayWait);
      while (soon.length >= full) await begin(soon, full);
      const isBulkDue = bulk !== undefined && later.length >= bulk;
      // A bulk write may have to wait for minutes for the one before it.
      if (soon.length > 0 && (isBulkDue || soon.some(cannotWait))) await begin(soon, full);
      while (bulk !== undefined && later.length >= bulk) await begin(later, bulk, leases);
    },
    async finish() {
      if (soon.length > 0) await begin(soon, full);
      while (later.length > 0) await begin(later, Number.POSITIVE_INFINITY, leases);
      await Promise.all(writes);
      await failed;
      await stopped;
      await leases?.end();
    },
    async stop() {
      await Promise.all(writes);
      return (await leases?.end()) ?? new Set();
    },
  };
}

/** Without all that the person did, which came along and is most of what there is: these wait by the ten thousand. */
function alone(item: Prepared): Prepared {
  const { record, verdicts, before, taken, decision, change, fired, again, after, followUps } = item;
  const { taskRefusal, enrolRefused, toldElsewhere } = item;
  const lacks = { taskRefusal, enrolRefused };
  return { record, verdicts, before, taken, decision, change, fired, ...lacks, again, after, toldElsewhere, followUps };
}

/** What follows from the score alone. All else is about what sales do, or what is done for them. */
const SCORE: ReadonlySet<string> = new Set<keyof Outputs>([
  ...(['score', 'fit', 'engagement', 'grade', 'reasons', 'flags', 'mql', 'persona', 'disqualified'] as const),
  ...(['modelVersion', 'scoredAt'] as const),
]);

function concernsNoSales({ change, fired }: Prepared): boolean {
  const { id: _, outputs, ...moves } = change;
  const changed = Object.values(outputs).flatMap((each) => Object.keys(each));
  return fired.length === 0 && Object.keys(moves).length === 0 && changed.every((output) => SCORE.has(output));
}
