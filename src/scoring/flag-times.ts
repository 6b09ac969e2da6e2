import type { Span } from './inactivity.ts';

/** The flags that hold at a time, and when each is held. */
export interface FlagTimes {
  /** Those that hold, each once. */
  readonly names: string[];
  /** Until when what was raised holds, by the place of the name. */
  readonly untils: number[];
  /** When flags come and go that a silence sets. */
  readonly spans: (Span & { readonly flag: string })[];
}

export function noFlags(): FlagTimes {
  return { names: [], untils: [], spans: [] };
}

/** A flag that several criteria hold lasts as long as the last of them. */
export function raiseFlag({ names, untils }: FlagTimes, flag: string, until: number): void {
  const place = names.indexOf(flag);
  if (place < 0) {
    names.push(flag);
    untils.push(until);
  } else untils[place] = Math.max(untils[place] ?? until, until);
}

/** When the first flag comes or goes; infinite where none does. */
export function nextFlagChange({ names, untils, spans }: FlagTimes): number {
  let next = Number.POSITIVE_INFINITY;
  if (spans.length === 0) {
    for (const until of untils) next = Math.min(next, until);
    return next;
  }
  for (const [place, name] of names.entries()) {
    const own = spans.filter(({ flag }) => flag === name);
    next = Math.min(next, heldUntil(untils[place] ?? next, own));
  }
  for (const { flag, from } of spans) if (!names.includes(flag)) next = Math.min(next, from);
  return next;
}

/** A silence may take over before what holds the flag now has ended. */
function heldUntil(until: number, spans: readonly Span[]): number {
  const following = spans.find((span) => span.from <= until && span.until > until);
  return following === undefined ? until : heldUntil(following.until, spans);
}
