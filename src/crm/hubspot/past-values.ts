import { MINUTE } from '../../base/clock.ts';
import { type PastValue, withoutRepeats } from '../../leads/lead-at.ts';
import type { Version } from './api/contact-histories.ts';
import { readTime } from './outputs.ts';

/** HubSpot keeps the newest values of a contact's property and, as far as people have counted, no more than these. */
const MOST_VERSIONS = 45;
/** What a contact was made with is stamped some moments later than the contact. */
const WHILE_MADE = MINUTE;

/**
 * What a property held, oldest first. Where HubSpot has let the oldest go, what is left of them stands for all the time since the contact
 * was made: that is nearer to the truth than nothing.
 */
export function pastValues(versions: readonly Version[], createdAt: number): PastValue[] {
  const values = [...versions].reverse().flatMap(({ value, timestamp }): PastValue[] => {
    const since = readTime(timestamp);
    return since === undefined ? [] : [{ value: value?.trim() || undefined, since }];
  });
  const inOrder = withoutRepeats(values.sort((one, other) => one.since - other.since));
  const [oldest, ...others] = inOrder;
  if (oldest === undefined) return [];
  const fromTheStart = versions.length >= MOST_VERSIONS || oldest.since < createdAt + WHILE_MADE;
  return fromTheStart ? [{ ...oldest, since: Math.min(oldest.since, createdAt) }, ...others] : inOrder;
}

/** The same where something else counts while the property is empty, such as what the contact's company has. */
export function filledPast(
  values: readonly PastValue[],
  instead: string | undefined,
  createdAt: number,
): readonly PastValue[] {
  if (instead === undefined) return values;
  const isLate = (values[0]?.since ?? Number.POSITIVE_INFINITY) > createdAt;
  const whole = isLate ? [{ value: undefined, since: createdAt }, ...values] : values;
  return withoutRepeats(whole.map(({ value, since }) => ({ value: value ?? instead, since })));
}

/** Whether the property was empty at any time since the contact was made. */
export function wasEmptyOnce(values: readonly PastValue[], createdAt: number): boolean {
  const [first] = values;
  return first === undefined || first.since > createdAt || values.some(({ value }) => value === undefined);
}
