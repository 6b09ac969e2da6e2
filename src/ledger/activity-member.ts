import { z } from 'zod';
import { ACTIVITY_TYPES, type Activity, MACHINES } from '../leads/activity.ts';

/** What a ledger holds of one activity; `revision` and `withdrawn` as of an Observation. */
export interface Told {
  readonly activity: Activity;
  readonly revision?: number;
  readonly withdrawn?: true;
}

/** The revision, with an @, which nothing else at the end of a member looks like. */
const revisionMark = z.templateLiteral(['@', z.number()]);

/**
 * Type, id, name, address and count; minutes, time of delivery, machine, a 1 for what came from the person, and the revision only
 * as far as there are any: without that 1, the revision stands in its place. What was withdrawn happened no times.
 */
const memberSchema = z.tuple([
  z.enum(ACTIVITY_TYPES),
  z.string(),
  z.string().nullable(),
  z.string().nullable(),
  z.number(),
  z.number().nullish(),
  z.number().nullish(),
  z.enum(MACHINES).nullish(),
  z.union([z.literal(1), revisionMark]).optional(),
  revisionMark.optional(),
]);

/** The same activity gives the same text, also in later versions: it would count twice otherwise. */
export function encodeMember({ activity, revision, withdrawn }: Told): string {
  const { type, id, name, url, count, minutes, deliveredAt, machine, isInbound } = activity;
  const mark = revision === undefined ? null : `@${revision}`;
  if (withdrawn) return JSON.stringify([type, id, null, null, 0, null, null, null, mark]);
  const rare = [minutes ?? null, deliveredAt ?? null, machine ?? null, ...(isInbound ? [1] : []), mark];
  while (rare.length > 0 && rare.at(-1) === null) rare.pop();
  const address = url === undefined ? null : withoutQuery(url);
  return JSON.stringify([type, id, name ?? null, address, count ?? 1, ...rare]);
}

/** How the members of all revisions of an activity begin. */
export function memberPrefix({ type, id }: Activity): string {
  return `${JSON.stringify([type, id]).slice(0, -1)},`;
}

/** A query string may hold anything, an e-mail address for one, and no model reads it. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** Undefined for what a newer version wrote: what this one cannot score must not hold up what it can. */
export function decodeMember(text: string, at: number): Told | undefined {
  const member = memberSchema.safeParse(JSON.parse(text));
  if (!member.success) return undefined;
  const [type, id, name, url, count, minutes, deliveredAt, machine, inboundOrMark, lastMark] = member.data;
  const mark = inboundOrMark === 1 ? lastMark : inboundOrMark;
  const activity: Activity = {
    type,
    id,
    at,
    name: name ?? undefined,
    url: url ?? undefined,
    count,
    ...(minutes != null && { minutes }),
    ...(deliveredAt != null && { deliveredAt }),
    ...(machine != null && { machine }),
    ...(inboundOrMark === 1 && { isInbound: true }),
  };
  return {
    activity,
    ...(mark !== undefined && { revision: Number(mark.slice(1)) }),
    ...(count === 0 && { withdrawn: true }),
  };
}

/**
 * Without what a newer revision replaced, in the same order; what was withdrawn stays, as it still replaces. A person whose
 * records were merged has revisions in the ledgers of several.
 */
export function newestOf<T extends Told>(told: readonly T[]): readonly T[] {
  const newest = new Map<string, T>();
  for (const each of told) {
    if (each.revision === undefined) continue;
    const key = keyOf(each);
    const known = newest.get(key)?.revision;
    if (known === undefined || each.revision > known) newest.set(key, each);
  }
  if (newest.size === 0) return told;
  return told.filter((each) => (newest.get(keyOf(each)) ?? each) === each);
}

const keyOf = ({ activity: { type, id } }: Told) => `${type} ${id}`;
