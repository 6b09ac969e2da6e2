import type { ReportedLimits } from '../api-budget.ts';

/**
 * What an answer's headers say of the account's limits; searches carry none, OAuth apps no daily ones.
 * https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
export function reportedLimits(headers: Headers): ReportedLimits {
  return {
    burst: count(headers.get('x-hubspot-ratelimit-max')),
    interval: count(headers.get('x-hubspot-ratelimit-interval-milliseconds')),
    daily: count(headers.get('x-hubspot-ratelimit-daily')),
    dailyRemaining: count(headers.get('x-hubspot-ratelimit-daily-remaining')),
  };
}

/** `Retry-After` in milliseconds; HubSpot gives whole seconds, and not always. */
export function retryAfter(headers: Headers): number | undefined {
  const seconds = count(headers.get('retry-after'));
  return seconds === undefined ? undefined : seconds * 1_000;
}

function count(text: string | null): number | undefined {
  return text !== null && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
}
