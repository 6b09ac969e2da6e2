import { HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import type { Person } from '../../../src/sandbox/population/person.ts';
import type { Random } from '../../../src/sandbox/population/random.ts';

/** An activity without its time: how long after the beginning of the visit, and after the letter was delivered, in milliseconds. */
export interface Deed extends Omit<Activity, 'id' | 'at' | 'deliveredAt'> {
  readonly after: number;
  readonly sinceDelivery?: number;
}

/** What somebody does who comes by once, in order. Two of three come to the website, and mostly read. */
export function comeBy(random: Random, person: Person): Deed[] {
  const what = random.weighted([
    [62, readPages],
    [24, readMail],
    [5, attendWebinar],
    [9, talk],
  ]);
  return what(random, person);
}

const SITE = 'https://www.gaugeworks.example';

function readPages(random: Random, { kind }: Person): Deed[] {
  const deeds: Deed[] = [];
  let after = 0;
  for (let left = 1 + random.poisson(2.5); left > 0; left--) {
    const path = kind === 'job-seeker' && random.chance(0.7) ? random.pick(CAREERS) : pathOf(random);
    deeds.push({ type: 'page-view', after, url: SITE + path + (left === 1 ? '' : queryOf(random)) });
    after += 10 * SECOND + random.whole(4 * MINUTE);
  }
  if (random.chance(0.12)) {
    const name = random.weighted(FORMS);
    deeds.push({ type: 'form-submission', after, name, url: `${SITE}/${name}` });
  }
  if (random.chance(0.06))
    deeds.push({ type: 'download', after, name: `Guide ${random.whole(20)}`, url: `${SITE}/guides` });
  if (random.chance(0.08)) deeds.push({ type: 'visit', after, minutes: Math.ceil(after / MINUTE), url: `${SITE}/` });
  return deeds;
}

const CAREERS = ['/careers', '/careers/open-roles', '/careers/engineer', '/careers/account-executive'];
const FORMS = [
  [8, 'ebook'],
  [4, 'whitepaper'],
  [6, 'webinar'],
  [8, 'newsletter'],
  [3, 'demo-request'],
  [2, 'contact-sales'],
] as const;

/** Few pages are read by many, and many by few: of posts and chapters there are hundreds. */
function pathOf(random: Random): string {
  return random.weighted<() => string>([
    [18, () => random.pick(['/', '/', '/', '/about', '/contact', '/customers'])],
    [32, () => `/blog/post-${Math.floor(300 * random.next() ** 3)}-on-finding-the-right-leads`],
    [
      16,
      () => random.pick(['/product', '/product/scoring', '/product/integrations', '/platform/features', '/Product/']),
    ],
    [14, () => `/docs/chapter-${Math.floor(80 * random.next() ** 2)}/getting-started`],
    [12, () => random.pick(['/pricing', '/pricing', '/pricing/', '/pricing/compare', '/Pricing'])],
    [2, () => random.pick(CAREERS)],
    [1, () => '/caf%C3%A9/menu'],
  ])();
}

/** What comes behind the path: a campaign's words, which many share, or an ad's click id, which nobody does. */
function queryOf(random: Random): string {
  return random.weighted<() => string>([
    [70, () => ''],
    [16, () => `?utm_source=newsletter&utm_medium=email&utm_campaign=week-${random.whole(30)}`],
    [10, () => `?gclid=Cj0KCQ${random.whole(2 ** 31).toString(36)}${random.whole(2 ** 31).toString(36)}`],
    [4, () => '#faq'],
  ])();
}

/** Letters are opened some time after they came, some by a proxy at once; a few have all their links tried by a scanner. */
function readMail(random: Random): Deed[] {
  const name = `Newsletter ${random.whole(40)}`;
  if (random.chance(0.06)) {
    return ['/pricing', '/blog', '/docs'].map((path, place) => ({
      type: 'email-click',
      after: place * 150,
      sinceDelivery: 2 * SECOND + place * 150,
      name,
      url: SITE + path,
    }));
  }
  const sinceDelivery = MINUTE + random.whole(8 * HOUR);
  const isProxy = random.chance(0.3);
  const open: Deed = { type: 'email-open', after: 0, sinceDelivery: isProxy ? 4 * SECOND : sinceDelivery, name };
  const deeds: Deed[] = [isProxy ? { ...open, machine: 'privacy-proxy' } : open];
  if (random.chance(0.4)) {
    const after = 5 * SECOND + random.whole(MINUTE);
    const url = `${SITE}${pathOf(random)}?utm_source=newsletter&utm_content=${random.whole(9)}`;
    deeds.push({ type: 'email-click', after, sinceDelivery: sinceDelivery + after, name, url });
  }
  if (random.chance(0.05)) deeds.push({ type: 'email-reply', after: HOUR, name });
  return deeds;
}

function attendWebinar(random: Random): Deed[] {
  const name = `Webinar ${random.whole(12)}`;
  const registration: Deed = { type: 'event-registration', after: 0, name };
  if (random.chance(0.45)) return [registration];
  return [registration, { type: 'event-attendance', after: 50 * HOUR, name, minutes: 1 + random.whole(60) }];
}

function talk(random: Random): Deed[] {
  const minutes = 5 * (1 + random.whole(9));
  return [{ type: random.chance(0.5) ? 'meeting' : 'call', after: 0, minutes, name: 'Introduction' }];
}
