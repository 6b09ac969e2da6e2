import type { ReportedLimits } from '../../api-budget.ts';

/**
 * What `Sforce-Limit-Info` says of the org's API calls within 24 hours: `api-usage=18/5000`. It comes with REST answers alone.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm
 */
export function reportedLimits(headers: Headers): ReportedLimits | undefined {
  const [, used, most] =
    /(?:^|[;,\s])api-usage=(\d{1,12})\/(\d{1,12})/.exec(headers.get('sforce-limit-info') ?? '') ?? [];
  if (used === undefined || most === undefined) return undefined;
  return { daily: Number(most), dailyRemaining: Math.max(0, Number(most) - Number(used)) };
}
