import { DAY } from '../base/clock.ts';
import { leadsText } from './number-text.ts';

/** The leads that are looked at from a time on, in milliseconds since 1970; of whom it is not known when, they are none of them. */
export function leadsFrom(at: Float64Array, time: number): Uint32Array {
  const later: number[] = [];
  for (const [lead, seen] of at.entries()) if (seen >= time) later.push(lead);
  return Uint32Array.from(later);
}

/** When the last of these leads is looked at, in milliseconds since 1970; undefined where that is known of none. */
export function latestOf(at: Float64Array): number | undefined {
  const latest = at.reduce((most, time) => (time > most ? time : most), Number.NEGATIVE_INFINITY);
  return Number.isFinite(latest) ? latest : undefined;
}

/** The day on which leads were last learnt from, as a model's file has it. @param until when that day has ended, in milliseconds since 1970. */
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

/** That a model is judged by leads that it was learnt from, where it may be. @param at when each of them is looked at. */
export function learntWarning({ name, learntUntil }: Learnt, at: Float64Array): string[] {
  if (learntUntil === undefined) return [];
  const seen = at.length - leadsFrom(at, learntUntil).length;
  if (seen === 0) return [];
  const those = seen === at.length ? 'all of these leads' : `${leadsText(seen)} of these`;
  return [
    `${name} was learnt from leads that were looked at until ${learntDay(learntUntil)}, and ${those} may be among them: ` +
      'its figures look better than they are.',
  ];
}
