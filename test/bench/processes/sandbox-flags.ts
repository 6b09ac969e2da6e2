import { freemem } from 'node:os';
import type { Say } from '../part.ts';

/** In bytes, with room to spare: what a sandbox and the Redis of a backfill hold for each lead. */
const SANDBOX = 8_000;
const REDIS = 4_000;
/** Whatever the number of leads, in bytes: each process's own, and leadgauge. */
const BESIDE = 1_000_000_000;

/**
 * For the command line of a sandbox: as much heap as a portal or org of this size needs, whatever Node would allow it on this machine, and little
 * garbage beside it, so that a million leads fit into one of 16 GB.
 */
export function sandboxFlags(leads: number): string[] {
  const megabytes = Math.ceil((leads * SANDBOX + BESIDE) / 2 ** 20);
  return [`--max-old-space-size=${Math.max(4_096, megabytes)}`, '--heap-growing-percent=30'];
}

/** Says so where the machine has hardly the memory for a portal or org with so many leads. */
export function sayWhereTooLarge(leads: number, say: Say, free = freemem()): void {
  const needed = leads * (SANDBOX + REDIS) + BESIDE;
  if (needed <= free) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  say(`${leads} leads take about ${gigabytes(needed)} of memory, and ${gigabytes(free)} are free: this may fail`);
}
