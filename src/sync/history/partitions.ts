import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, DAY, HOUR, systemClock } from '../../base/clock.ts';
import { every } from '../../base/every.ts';
import { decodeMember, encodeMember, type Told } from '../../ledger/activity-member.ts';
import { linesByLead } from './lines-by-lead.ts';

/** What leads did, on disk: in files of some thousand leads each, as all of it together would not fit into the memory. */
export interface Partitions {
  /** @param lead its number. */
  add(lead: number, told: Told): void;
  /** A few leads at a time, what was told of each from `first` on. Nothing may be added any more. */
  read(): AsyncGenerator<Stretch>;
}

export interface Stretch {
  /** The number of the first lead. */
  readonly first: number;
  /** By lead from the first on, in the order in which it was told. */
  readonly told: readonly (readonly Told[])[];
}

export interface PartitionOptions {
  /** The folder to make one in. */
  readonly folder: string;
  /** How many there are. */
  readonly leads: number;
  /** Of this machine, as of its files; unless told, its own. */
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

const PREFIX = 'leadgauge-history-';
const LEADS_IN_ONE = 2_000;
/** With millions of leads each file has more of them: what waits to be written to each takes its memory. */
const MOST_FILES = 400;
/** What is read of more of them would live long enough to count as old, and be collected late. */
const LEADS_AT_ONCE = 10;
/** In bytes. */
const WRITTEN_AT_ONCE = 65_536;

/**
 * Does the work with a folder of its own that nobody else may read, and removes it whatever comes. It holds numbers of leads and what they
 * did, and no address or name of anybody.
 */
export async function withPartitions<Result>(
  { folder, leads, clock = systemClock, signal }: PartitionOptions,
  work: (partitions: Partitions) => Promise<Result>,
): Promise<Result> {
  // For its owner alone, as mkdtemp makes them.
  const own = mkdtempSync(join(folder, PREFIX));
  const stopMarking = every(clock, HOUR, async () => markUsed(own, clock.now()));
  try {
    return await work(partitionsIn(own, leads, signal));
  } finally {
    await stopMarking();
    rmSync(own, { recursive: true, force: true });
  }
}

/** So that nobody takes it for forgotten: a read that waits for the API quota of tomorrow adds nothing to it for as long. */
function markUsed(folder: string, now: number): void {
  try {
    utimesSync(folder, new Date(now), new Date(now));
  } catch {
    // Whatever is wrong with it, the next write says so.
  }
}

function partitionsIn(folder: string, leads: number, signal: AbortSignal | undefined): Partitions {
  const size = Math.max(LEADS_IN_ONE, Math.ceil(leads / MOST_FILES));
  /** Bytes, and how many of them there are: as texts in a list they would grow old, and be collected late. */
  const waiting = new Map<number, { readonly room: Buffer; length: number }>();
  const written = new Set<number>();
  const fileOf = (place: number) => join(folder, `${place}.txt`);

  function write(place: number, bytes: Buffer): void {
    appendFileSync(fileOf(place), bytes, { mode: 0o600 });
    written.add(place);
  }

  function flush(place: number): void {
    const own = waiting.get(place);
    if (own === undefined || own.length === 0) return;
    write(place, own.room.subarray(0, own.length));
    own.length = 0;
  }

  function roomOf(place: number) {
    const known = waiting.get(place);
    if (known !== undefined) return known;
    const fresh = { room: Buffer.allocUnsafeSlow(WRITTEN_AT_ONCE), length: 0 };
    waiting.set(place, fresh);
    return fresh;
  }

  return {
    add(lead, told) {
      const place = Math.floor(lead / size);
      const text = `${lead} ${told.activity.at} ${encodeMember(told)}\n`;
      const bytes = Buffer.byteLength(text);
      const own = roomOf(place);
      if (own.length + bytes > WRITTEN_AT_ONCE) flush(place);
      if (bytes > WRITTEN_AT_ONCE) write(place, Buffer.from(text));
      else own.length += own.room.write(text, own.length);
    },
    async *read() {
      for (const place of waiting.keys()) flush(place);
      waiting.clear();
      const lines = linesByLead();
      for (let start = 0; start < leads; start += size) {
        signal?.throwIfAborted();
        const held = Math.min(size, leads - start);
        const isTold = written.has(start / size);
        if (isTold) await lines.read(fileOf(start / size), start, held);
        for (let place = 0; place < held; place += LEADS_AT_ONCE) {
          const length = Math.min(LEADS_AT_ONCE, held - place);
          yield {
            first: start + place,
            told: Array.from({ length }, (_, next) => (isTold ? toldIn(lines.of(place + next)) : [])),
          };
        }
      }
    },
  };
}

function toldIn(lines: readonly string[]): Told[] {
  return lines.flatMap((line) => {
    const toMember = line.indexOf(' ');
    return decodeMember(line.slice(toMember + 1), Number(line.slice(0, toMember))) ?? [];
  });
}

/**
 * Removes what processes left in the folder that were killed more than a day ago: who still uses such a folder marks it each hour.
 * @param now the time of this machine, as of its files.
 */
export function removeForgotten(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(folder, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: now };
    if (mtimeMs >= now - DAY) continue;
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Somebody else's, in a temporary folder that all share: theirs to remove.
    }
  }
}
