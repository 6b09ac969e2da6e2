import { DAY, MINUTE, SECOND } from '../../base/clock.ts';
import type { Tier } from '../portal/portal.ts';

/** https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines */
export interface Limits {
  /** Calls of one app within `burstInterval` milliseconds, rolling; searches are not among them. */
  readonly burst: number;
  readonly burstInterval: number;
  /** Searches of the whole account within `searchInterval` milliseconds, rolling. */
  readonly search: number;
  readonly searchInterval: number;
  /** Calls of the whole account from midnight to midnight. */
  readonly daily: number;
}

export function limitsOf(tier: Tier): Limits {
  const common = { burstInterval: 10 * SECOND, search: 5, searchInterval: SECOND };
  if (tier === 'free' || tier === 'starter') return { ...common, burst: 100, daily: 250_000 };
  return { ...common, burst: 190, daily: tier === 'enterprise' ? 1_000_000 : 625_000 };
}

export type Policy = 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY';

/** Counts calls as HubSpot does. A call that is refused does not count. */
export class RateLimits {
  limits: Limits;
  readonly #timeZone: string;
  readonly #bursts = new Map<string, RollingWindow>();
  readonly #searches = new RollingWindow();
  #day = '';
  #dayCheckedAt = Number.NEGATIVE_INFINITY;
  #usedToday = 0;

  constructor(limits: Limits, timeZone: string) {
    this.limits = limits;
    this.#timeZone = timeZone;
  }

  /** Takes a slot for a call, or says which limit refuses it. */
  take(app: string, search: boolean, now: number): Policy | undefined {
    this.#turnDay(now);
    if (this.#usedToday >= this.limits.daily) return 'DAILY';
    if (search) {
      if (!this.#searches.take(now, this.limits.search, this.limits.searchInterval)) return 'SECONDLY';
    } else if (!this.#burstOf(app).take(now, this.limits.burst, this.limits.burstInterval))
      return 'TEN_SECONDLY_ROLLING';
    this.#usedToday++;
    return undefined;
  }

  /** What HubSpot tells of the limits with every answer but a search's. */
  headers(app: string, now: number): Record<string, string> {
    const used = this.#burstOf(app).used(now, this.limits.burstInterval);
    return {
      'X-HubSpot-RateLimit-Max': String(this.limits.burst),
      'X-HubSpot-RateLimit-Remaining': String(Math.max(0, this.limits.burst - used)),
      'X-HubSpot-RateLimit-Interval-Milliseconds': String(this.limits.burstInterval),
      'X-HubSpot-RateLimit-Daily': String(this.limits.daily),
      'X-HubSpot-RateLimit-Daily-Remaining': String(Math.max(0, this.limits.daily - this.#usedToday)),
    };
  }

  get usedToday(): number {
    return this.#usedToday;
  }

  /** When the day's count starts anew, within a minute: milliseconds since 1970. */
  dayEndsAt(now: number): number {
    for (let at = now + MINUTE; at < now + DAY + MINUTE; at += MINUTE)
      if (this.#dayOf(at) !== this.#dayOf(now)) return at;
    return now + DAY;
  }

  #burstOf(app: string): RollingWindow {
    let window = this.#bursts.get(app);
    if (window === undefined) {
      window = new RollingWindow();
      this.#bursts.set(app, window);
    }
    return window;
  }

  #turnDay(now: number): void {
    // To ask for the date is slow, and once a second is enough.
    if (Math.abs(now - this.#dayCheckedAt) < SECOND) return;
    this.#dayCheckedAt = now;
    const day = this.#dayOf(now);
    if (day !== this.#day) this.#usedToday = 0;
    this.#day = day;
  }

  #dayOf(at: number): string {
    return new Intl.DateTimeFormat('en-CA', { timeZone: this.#timeZone, dateStyle: 'short' }).format(at);
  }
}

/** The times of the calls of the last interval. */
class RollingWindow {
  #times: number[] = [];
  #head = 0;

  take(now: number, limit: number, interval: number): boolean {
    if (this.used(now, interval) >= limit) return false;
    this.#times.push(now);
    return true;
  }

  used(now: number, interval: number): number {
    for (let at = this.#times[this.#head]; at !== undefined && at <= now - interval; at = this.#times[this.#head])
      this.#head++;
    if (this.#head > 1_000) {
      this.#times = this.#times.slice(this.#head);
      this.#head = 0;
    }
    return this.#times.length - this.#head;
  }
}
