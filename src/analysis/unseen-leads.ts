import { DAY } from '../base/clock.ts';
import { leadsText } from './number-text.ts';

/**
 * By when all of these leads had come, in milliseconds since 1970: whoever came later is none of them. Whoever is looked at is there by then;
 * of whom it is not known when, all that can be said is that they are there now.
 * @param at when each is looked at, or came.
 */
export function allCameBy(at: Float64Array, now: number): number {
  const latest = at.reduce((most, time) => Math.max(most, Number.isNaN(time) ? now : time), Number.NEGATIVE_INFINITY);
  return Math.min(latest, now);
}

/** The last day on which leads came that were learnt from, as a model's file has it. @param until when that day has ended, in milliseconds since 1970. */
export function learntDay(until: number): string {
  return dayOf(until - DAY);
}

/** `2026-10-01`, in UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

interface Learnt {
  readonly name: string;
  readonly learntUntil: number | undefined;
}

/** That a model is judged by leads that it was learnt from, where it may be. @param createdAt when each of them came; NaN where nobody knows. */
export function learntWarning({ name, learntUntil }: Learnt, createdAt: Float64Array): string[] {
  if (learntUntil === undefined) return [];
  const known = createdAt.length - createdAt.filter((time) => time >= learntUntil).length;
  if (known === 0) return [];
  const those = known === createdAt.length ? 'all of these leads' : `${leadsText(known)} of these`;
  return [
    `${name} was learnt from leads that had come by ${learntDay(learntUntil)}, and ${those} may be among them: its figures look better than ` +
      'they are.',
  ];
}
