import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY } from '../../base/clock.ts';
import { decodeMember, encodeMember, type Told } from '../../ledger/activity-member.ts';

/** What leads did, on disk: in files of some thousand leads each, as all of it together would not fit into the memory. */
export interface Partitions {
  /** @param lead its number. */
  add(lead: number, told: Told): void;
  /** Stretch by stretch, what was told of each lead from `first` on. Nothing may be added any more. */
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
  readonly signal?: AbortSignal;
}

const PREFIX = 'leadgauge-history-';
const LEADS_IN_ONE = 2_000;
/** With millions of leads each file has more of them: what waits to be written to each takes its memory. */
const MOST_FILES = 400;
/** In letters. */
const WRITTEN_AT_ONCE = 65_536;

/**
 * Does the work with a folder of its own that nobody else may read, and removes it whatever comes. It holds numbers of leads and what they
 * did, and no address or name of anybody.
 */
export async function withPartitions<Result>(
  { folder, leads, signal }: PartitionOptions,
  work: (partitions: Partitions) => Promise<Result>,
): Promise<Result> {
  // For its owner alone, as mkdtemp makes them.
  const own = mkdtempSync(join(folder, PREFIX));
  try {
    return await work(partitionsIn(own, leads, signal));
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

function partitionsIn(folder: string, leads: number, signal: AbortSignal | undefined): Partitions {
  const size = Math.max(LEADS_IN_ONE, Math.ceil(leads / MOST_FILES));
  const waiting = new Map<number, string>();
  const written = new Set<number>();
  const fileOf = (place: number) => join(folder, `${place}.txt`);

  function write(place: number): void {
    appendFileSync(fileOf(place), waiting.get(place) ?? '', { mode: 0o600 });
    written.add(place);
    waiting.delete(place);
  }

  return {
    add(lead, told) {
      const place = Math.floor(lead / size);
      const text = `${waiting.get(place) ?? ''}${lead} ${told.activity.at} ${encodeMember(told)}\n`;
      waiting.set(place, text);
      if (text.length >= WRITTEN_AT_ONCE) write(place);
    },
    async *read() {
      for (const place of [...waiting.keys()]) write(place);
      for (let first = 0; first < leads; first += size) {
        signal?.throwIfAborted();
        const told = Array.from({ length: Math.min(size, leads - first) }, (): Told[] => []);
        if (written.has(first / size)) await readInto(told, fileOf(first / size), first);
        yield { first, told };
      }
    },
  };
}

async function readInto(told: Told[][], path: string, first: number): Promise<void> {
  const file = await open(path);
  try {
    for await (const line of file.readLines()) {
      const toTime = line.indexOf(' ');
      const toMember = line.indexOf(' ', toTime + 1);
      const one = decodeMember(line.slice(toMember + 1), Number(line.slice(toTime + 1, toMember)));
      if (one !== undefined) told[Number(line.slice(0, toTime)) - first]?.push(one);
    }
  } finally {
    await file.close();
  }
}

/** Removes what processes left in the folder that were killed more than a day ago. @param now the time of this machine, as of its files. */
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
