/**
 * Whether an e-mail was opened by a machine that opens letters nobody has read: a privacy proxy that loads every picture beforehand, a scanner
 * for viruses, a script. Google's and Yahoo's picture proxies are none: they fetch when a person opens the letter, and so do Outlook's and Apple's
 * own programs. An empty text tells nothing.
 *
 * From: ua-parser/uap-core issue 509, Mailgun's "bot detection" and SocketLabs' help page "Identifying Apple MPP opens" (Apple Mail Privacy
 * Protection says `Mozilla/5.0` and no more); SparkPost's "Gmail is prefetching images" (one agent of Gmail, told apart from its picture proxy in
 * 9.8 billion opens); Word to the Wise's "Prefetches and proxies"; ScientiaMobile's "What is Google image proxy" and Yahoo's help page SLN28749
 * (proxies that follow a person); Braze's page on bot filtering and Suped's on bot user agents (scanners and scripts).
 * @param userAgent as the CRM has it, in any case.
 */
export function isPrivacyProxy(userAgent: string): boolean {
  const agent = userAgent.trim().toLowerCase();
  return PREFETCHERS.has(agent) || (MACHINES.test(agent) && !PROXIES_OF_PEOPLE.test(agent));
}

const PREFETCHERS: ReadonlySet<string> = new Set([
  // Apple Mail Privacy Protection. Apple Mail without it names its system and WebKit.
  'mozilla/5.0',
  // Gmail, when a letter arrives while its app is open: an Edge of 2015 with a second "Mozilla/5.0" at its end.
  'mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko) chrome/42.0.2311.135 safari/537.36 edge/12.246 mozilla/5.0',
]);

const PROXIES_OF_PEOPLE = /googleimageproxy|yahoomailproxy/;

const MACHINES = new RegExp(
  [
    // Scanners of letters.
    'barracuda|mimecast|proofpoint|symantec|messagelabs|fireeye|trendmicro|sophos|fortimail|forcepoint|ironport|cloudmark|safelinks',
    // Cubot makes telephones.
    String.raw`(?<!\bcu)bot\b|crawler|spider|headless|scanner|preview`,
    // Programs that fetch for another program.
    String.raw`^(?:curl|wget|java|jetty|libwww-perl|ruby|php|axios|got|node-fetch|undici|python|go-http-client|apache-httpclient|lua-resty-http|ahc)\b`,
    'python-requests|aiohttp|microsoft office existence discovery',
  ].join('|'),
);
