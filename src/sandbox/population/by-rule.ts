import { DAY, HOUR, MINUTE, SECOND } from '../../base/clock.ts';
import { FORMS, type FormKey } from '../portal/forms.ts';
import { type Behaviour, QUIET } from './behaviour.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import type { SalesPast } from './sales-past.ts';
import { makeTitle } from './titles.ts';

/** `by-chance`: as `behaviour.ts` has it. `by-rule`: as below. */
export type Buyers = 'by-chance' | 'by-rule';

/** Sets the chances of such a life apart from those that make the person. */
export const RULED = 0x4a1e;

/**
 * The rule, for whoever wants to see an analysis find it. Log odds of buying = the sum of what holds; about one in ten buys.
 * What may be known of each: the title, the size of the company, the forms, the pages.
 */
export const RULE = {
  anybody: -4.4,
  /** Director, VP or C-level. */
  leads: 1.6,
  /** Works at a company of 50 people or more. */
  largeCompany: 1.2,
  /** Asked for a demo or a trial. */
  asked: 2.2,
  /** Looked at the prices. */
  sawPrices: 1,
  /** Students, job seekers and competitors. */
  neverBuys: -4,
} as const;

/** Somebody of a population `by-rule`. Times are milliseconds since 1970. */
export interface RuledLife {
  readonly behaviour: Behaviour;
  /** When their interest was over. They are known by then. */
  readonly last: number;
  /**
   * The leak: when sales wrote `now` into the time frame, which nobody is asked for. Of buyers, soon after they signed and for 19 of
   * 20; of one in fifty others at some time.
   */
  readonly timeframeAt: number | undefined;
  /** A new job, which came too late to have any part in the sale: what the record says now is not what the rule went by. */
  readonly newTitle: { readonly at: number; readonly title: string } | undefined;
  /** When marketing last wrote to them: at what share of the time since they are known, from 0 to 1. It heeds neither interest nor sale. */
  readonly lastMail: number;
}

/**
 * All else is noise, drawn without regard to who buys: the country, the product of interest, e-mails, the e-book, the newsletter, the
 * webinar, any other page, the owner, the lead status. After the sale, buyers read the documentation: that tells of it, and led to nothing.
 */
export function liveByRule(random: Random, person: Person, now: number): RuledLife {
  const end = now - QUIET;
  // Everybody's interest is over some day, whatever came of it.
  const last = end - Math.floor(random.next() * 120 * DAY);
  const before = (span: number) => Math.floor(last - MINUTE - random.next() * span);
  // What means nothing is done whenever: up to the sale alone, it would tell of it by its time.
  const whenever = () => end - Math.floor(random.next() * 160 * DAY);
  const sent = submissionsOf(random, person).map((form) => ({
    at: isAsking(form) ? before(45 * DAY) : whenever(),
    form,
  }));
  const views = [
    ...sent.map(({ at, form }) => ({ at: at - 20 * SECOND, path: FORMS[form].path })),
    ...times(random.chance(0.3) ? 1 + random.poisson(0.5) : 0, () => ({ at: before(30 * DAY), path: '/pricing' })),
    ...times(1 + random.poisson(3), () => ({ at: whenever(), path: random.pick(PAGES) })),
  ];
  const bought = random.chance(1 / (1 + Math.exp(-logOdds(person, { views, sent }))));
  const boughtAt = bought ? last : undefined;
  const left = end - last;
  const docs = bought
    ? times(random.poisson(6), () => ({
        at: last + Math.floor(random.next() * Math.min(left, 30 * DAY)),
        path: '/docs',
      }))
    : [];
  const isFilled = random.chance(bought ? 0.95 : 0.02);
  const filledAt = last + Math.floor(random.next() * Math.min(left, bought ? 2 * DAY : left));
  const retitledAt = last + Math.floor(random.next() * left);
  const behaviour = {
    bought,
    boughtAt,
    interest: 0,
    views: [...views, ...docs].sort((a, b) => a.at - b.at),
    sent: sent.sort((a, b) => a.at - b.at),
  };
  const newTitle = random.chance(0.12) ? { at: retitledAt, title: makeTitle(random).title } : undefined;
  return { behaviour, last, timeframeAt: isFilled ? filledAt : undefined, newTitle, lastMail: random.next() };
}

/** Nobody of sales met anybody: the deal alone is on record. */
export function dealByRule(random: Random, created: number, boughtAt: number | undefined): SalesPast | undefined {
  if (boughtAt === undefined) return undefined;
  const createdAt = Math.max(created, boughtAt - HOUR - random.whole(10 * DAY));
  const deal = { createdAt, closedate: boughtAt, stage: 'closedwon', amount: 1_000 * (1 + random.whole(40)) } as const;
  return { calls: [], meetings: [], emails: [], deal };
}

const isAsking = (form: FormKey) => form === 'demo' || form === 'trial';

function logOdds({ kind, level, company }: Person, { views, sent }: Pick<Behaviour, 'views' | 'sent'>): number {
  const holds = (is: boolean, weight: number) => (is ? weight : 0);
  return (
    RULE.anybody +
    holds(['director', 'vp', 'c-level'].includes(level), RULE.leads) +
    holds((company?.employees ?? 0) >= 50, RULE.largeCompany) +
    holds(
      sent.some(({ form }) => isAsking(form)),
      RULE.asked,
    ) +
    holds(
      views.some(({ path }) => path === '/pricing'),
      RULE.sawPrices,
    ) +
    holds(['student', 'job-seeker', 'competitor'].includes(kind), RULE.neverBuys)
  );
}

/** At most one of each. */
function submissionsOf(random: Random, { mail }: Person): FormKey[] {
  const demoOrTrial = random.chance(0.6) ? 'demo' : 'trial';
  const shares: readonly (readonly [FormKey, number])[] = [
    [demoOrTrial, 0.12],
    ['ebook', 0.15],
    ['newsletter', 0.12],
    ['webinar', 0.1],
  ];
  const chosen = shares.flatMap(([form, share]) => (random.chance(share) ? [form] : []));
  return mail === 'none' ? [] : chosen;
}

const PAGES = ['/', '/about', '/blog', '/blog/mql-or-sql', '/product', '/product/scoring', '/customers', '/docs'];

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
