import { describe, expect, test } from 'vitest';
import { isPrivacyProxy } from '../../../src/leads/machine.ts';

describe('an open by a machine', () => {
  test.each([
    ['Apple Mail Privacy Protection', 'Mozilla/5.0'],
    ['the same with blanks', ' Mozilla/5.0 '],
    [
      'Gmail fetching beforehand',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0',
    ],
    ['Barracuda', 'Barracuda Sentinel (EE)'],
    ['Mimecast', 'Mozilla/5.0 (compatible; Mimecast URL Protect)'],
    ['Proofpoint', 'Mozilla/5.0 (compatible; Proofpoint URL Defense)'],
    ['Python', 'python-requests/2.32.3'],
    ['Python without requests', 'Python/3.10 aiohttp/3.8.1'],
    ['curl', 'curl/8.5.0'],
    ['Wget', 'Wget/1.21.4'],
    ['Go', 'Go-http-client/2.0'],
    ['Java', 'Java/17.0.2'],
    ['Apache', 'Apache-HttpClient/4.5.14 (Java/11.0.20)'],
    ['Lua', 'lua-resty-http/0.10 (Lua) ngx_lua/10019'],
    ['AsyncHttpClient', 'AHC/2.1'],
    [
      'a browser without a window',
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/129.0.0.0 Safari/537.36',
    ],
    ['Google’s crawler', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
    ['Slack', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
    ['Bing’s preview', 'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b'],
    ['Skype', 'SkypeUriPreview Preview/0.5'],
    ['Office looking whether a link exists', 'Microsoft Office Existence Discovery'],
  ])('%s', (_name, userAgent) => {
    expect(isPrivacyProxy(userAgent)).toBe(true);
  });
});

describe('an open that a person may have made', () => {
  test.each([
    ['Gmail', 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'],
    ['Yahoo', 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html'],
    ['Apple Mail', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'],
    [
      'Apple Mail on a telephone',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    ],
    [
      'Outlook',
      'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; .NET4.0C; .NET4.0E; Microsoft Outlook 16.0.5071; ms-office; MSOffice 16)',
    ],
    ['Outlook of today', 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)'],
    ['Outlook on a telephone', 'Outlook-iOS/709.2189947.prod.iphone (3.24.1)'],
    ['Thunderbird', 'Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.6.0'],
    [
      'Chrome',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36',
    ],
    [
      'Edge',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 Edg/129.0.0.0',
    ],
    [
      'the Edge that Gmail pretends to be',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246',
    ],
    [
      'Safari',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
    ],
    ['Firefox', 'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'],
    [
      'a telephone by Cubot',
      'Mozilla/5.0 (Linux; Android 11; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
    ],
    [
      'an Android mail program',
      'Mozilla/5.0 (Linux; Android 14; SM-S921B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36',
    ],
    ['Apple’s own network library, as mail programs use it', 'Mail/3774.600.62 CFNetwork/1494.0.7 Darwin/23.4.0'],
    ['nothing', ''],
    ['a browser’s name alone', 'Chrome'],
    ['an older Mozilla', 'Mozilla/4.0'],
  ])('%s', (_name, userAgent) => {
    expect(isPrivacyProxy(userAgent)).toBe(false);
  });
});
