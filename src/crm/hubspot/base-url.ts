import { ConfigError } from '../../base/errors.ts';

const HUBSPOT = /^api(?:-[a-z]{2,4}\d{0,2})?\.hubapi\.com$/;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The address without its trailing slash. The token goes wherever this points, so that only HubSpot itself (one of its
 * regions too) and a sandbox on this machine are let through.
 * @throws ConfigError for any other address.
 */
export function checkBaseUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) throw new ConfigError(`the HubSpot address is not a URL: use https://api.hubapi.com`);
  const bare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  const hubspot = url.protocol === 'https:' && HUBSPOT.test(url.hostname) && url.port === '';
  const loopback = (url.protocol === 'http:' || url.protocol === 'https:') && LOOPBACK.has(url.hostname);
  if (bare && (hubspot || loopback)) return url.origin;
  throw new ConfigError(
    'the HubSpot address may only be https://api.hubapi.com (or a regional one such as https://api-eu1.hubapi.com), or a sandbox on this machine such as http://127.0.0.1:4000',
  );
}
