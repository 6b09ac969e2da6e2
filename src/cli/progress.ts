import { progress as bar, spinner } from '@clack/prompts';
import { SECOND } from '../base/clock.ts';
import type { Io } from './io.ts';

/** Tells how long work is getting on: a moving bar for a person, a plain line now and then for a log. */
export interface Progress {
  update(done: number, message: string): void;
  finish(message: string): void;
}

export interface ProgressOptions {
  readonly title: string;
  /** How much there is to do, where that is known. */
  readonly total?: number;
  readonly now: () => number;
}

export function startProgress(io: Io, { title, total, now }: ProgressOptions): Progress {
  if (!io.terminal) return plainProgress(io, title, now);
  // Standard output is for results: the bar belongs beside it.
  const output = process.stderr;
  if (total === undefined) {
    const turning = spinner({ output });
    turning.start(title);
    return {
      update: (_done, message) => turning.message(`${title}: ${message}`),
      finish: (text) => turning.stop(text),
    };
  }
  const moving = bar({ max: total, size: 30, output });
  moving.start(title);
  let reached = 0;
  return {
    update(done, message) {
      moving.advance(Math.min(done, total) - reached, `${title}: ${message}`);
      reached = Math.min(done, total);
    },
    finish: (text) => moving.stop(text),
  };
}

/** A line at the start, at the end, and every ten seconds between. */
function plainProgress(io: Io, title: string, now: () => number): Progress {
  let said = now();
  io.err(`${title} …`);
  return {
    update(_done, message) {
      if (now() - said < 10 * SECOND) return;
      said = now();
      io.err(`${title}: ${message}`);
    },
    finish: (text) => io.err(text),
  };
}

export const silentProgress: Progress = { update() {}, finish() {} };
