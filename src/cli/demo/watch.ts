import { type Clock, SECOND } from '../../base/clock.ts';
import type { Contact } from '../../sandbox/portal/contact.ts';
import type { Portal } from '../../sandbox/sandbox.ts';

/** How often the portal is looked at, in milliseconds: what the demo measures is exact to this. */
const STEP = 5;

/** Waits until something holds. @returns whether it did within the time. */
export async function until(
  clock: Clock,
  holds: () => boolean | Promise<boolean>,
  signal: AbortSignal,
  within = 60 * SECOND,
) {
  const end = clock.now() + within;
  while (!(await holds())) {
    if (clock.now() > end) return false;
    await clock.sleep(STEP, signal);
  }
  return true;
}

/** What the portal holds of a contact that sales would look at. */
export interface Glance {
  readonly score: number;
  readonly grade: string;
  readonly flags: string;
  readonly stage: string;
  readonly fastTrackAt: number;
}

export function glance(portal: Portal, contact: Contact): Glance {
  return {
    score: portal.numberOf(contact, 'leadgauge_score') ?? 0,
    grade: portal.textOf(contact, 'leadgauge_grade') ?? '-',
    flags: portal.textOf(contact, 'leadgauge_flags') ?? '',
    stage: portal.textOf(contact, 'lifecyclestage') ?? 'none',
    fastTrackAt: portal.numberOf(contact, 'leadgauge_fast_track_at') ?? 0,
  };
}

/** `CFO at Acme Ltd`, never a name or an address. */
export function describe(portal: Portal, contact: Contact): string {
  const title = portal.textOf(contact, 'jobtitle')?.trim() || 'Somebody';
  const company = portal.textOf(contact, 'company')?.trim();
  return shorten(company ? `${title} at ${company}` : title);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
