import { z } from 'zod';
import type { Space } from './space.ts';

/** When and by which ceiling a rule was stopped. */
export interface Stopped {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly leads: number;
  /** In milliseconds. */
  readonly per: number;
}

const stoppedSchema = z.tuple([z.number(), z.number(), z.number()]);

/** As `askForLeave` writes it down, in JSON. */
export function stoppedOf(json: unknown): Stopped {
  const [at, leads, per] = stoppedSchema.parse(json);
  return { at, leads, per };
}

/** What all connections share. */
const salesKey = (space: Space, ...parts: string[]) => space.of('sales').key(...parts);

/** The rules that are stopped, each with since when and by which ceiling. */
export const stoppedKey = (space: Space) => salesKey(space, 'ceilings');

/** The rules of which a person decided, until the leads that were held are marked. */
export const decisionsKey = (space: Space) => salesKey(space, 'ceiling-decisions');

/** The events of which a person decided that nobody is told, whichever rule asks: a rule may have another name by then. */
export const droppedKey = (space: Space) => salesKey(space, 'ceiling-dropped');

/**
 * Of one rule: the leads that fired lately, the events that did, those that are held with their leads, those that a person let go on, and
 * those of a decision of which the leads are not marked yet, with them.
 */
export const ruleKey = (space: Space, rule: string, what: 'leads' | 'fired' | 'held' | 'passed' | 'deciding') =>
  salesKey(space, 'ceiling', rule, what);
