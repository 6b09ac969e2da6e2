import { ConfigError } from '../../../base/errors.ts';

const SALESFORCE = /^(?:[a-z0-9-]+\.)+(?:salesforce\.com|salesforce\.mil|sfcrmproducts\.cn)$/;
const ACCOUNT_ENGAGEMENT = /^pi(?:\.demo)?\.pardot\.com$/;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The address of a sign-in or of an org, without its trailing slash. Secrets and tokens go wherever this points, so that only
 * Salesforce itself and a sandbox on this machine are let through.
 * @throws ConfigError for any other address.
 */
export function checkSalesforceUrl(text: string): string {
  const origin = allowedOrigin(text, SALESFORCE);
  if (origin !== undefined) return origin;
  throw new ConfigError(
    "the Salesforce address may only be https://login.salesforce.com, https://test.salesforce.com, the org's own such as https://acme.my.salesforce.com, or a sandbox on this machine such as http://127.0.0.1:4000",
  );
}

/** As `checkSalesforceUrl`, for the address of Account Engagement. @throws ConfigError for any other address. */
export function checkAccountEngagementUrl(text: string): string {
  const origin = allowedOrigin(text, ACCOUNT_ENGAGEMENT);
  if (origin !== undefined) return origin;
  throw new ConfigError(
    'the address of Account Engagement may only be https://pi.pardot.com, https://pi.demo.pardot.com, or a sandbox on this machine such as http://127.0.0.1:4000',
  );
}

function allowedOrigin(text: string, hosts: RegExp): string | undefined {
  const url = URL.parse(text);
  if (url === null) return undefined;
  const bare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  const theirs = url.protocol === 'https:' && hosts.test(url.hostname) && url.port === '';
  const loopback = (url.protocol === 'http:' || url.protocol === 'https:') && LOOPBACK.has(url.hostname);
  return bare && (theirs || loopback) ? url.origin : undefined;
}
