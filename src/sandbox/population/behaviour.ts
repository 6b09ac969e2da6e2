import { DAY, HOUR, MINUTE, SECOND } from '../../base/clock.ts';
import type { FormKey } from '../portal/forms.ts';
import { FORMS } from '../portal/forms.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';

/** What a person did, oldest first, and what came of it. */
export interface Behaviour {
  readonly bought: boolean;
  /** When they signed. Everything they did as a prospect came before. */
  readonly boughtAt: number | undefined;
  readonly views: readonly { readonly at: number; readonly path: string }[];
  readonly sent: readonly { readonly at: number; readonly form: FormKey }[];
  /** From -2 or so to 3 or so: how much they want it. */
  readonly interest: number;
}

const HISTORY = 180 * DAY;
/** The past ends here, so that whatever happens now is the latest. */
export const QUIET = HOUR;

/**
 * Who buys. A person's odds are the sum of what fits and of how much they want it, and a good deal of chance:
 * log odds = −4.2 + fit + 1.2 × interest, interest = 0.35 × fit + a draw from the normal distribution, where fit adds up
 * the lines below. About one in twenty-five buys. Interest, not the sale, drives what a person looks at; only the
 * weeks before a sale are busier than that.
 */
function fitOf({ kind, mail, level, company }: Person): number {
  const levels = { 'c-level': 0.9, vp: 1, director: 0.8, manager: 0.3, staff: 0, junior: -2, hiring: -1 };
  const kinds = { buyer: 0, student: -4, government: -0.8, competitor: -6, 'job-seeker': -4 };
  const mails = { business: 0, personal: -1, disposable: -3, none: -0.5 };
  const employees = company?.employees ?? 0;
  const size = employees < 10 ? -1 : employees < 50 ? -0.2 : employees < 500 ? 0.5 : 0.7;
  const industry = ['COMPUTER_SOFTWARE', 'BANKING', 'INDUSTRIAL_AUTOMATION'].includes(company?.industry ?? '')
    ? 0.3
    : 0;
  return levels[level] + kinds[kind] + mails[mail] + size + industry;
}

export function makeBehaviour(random: Random, person: Person, now: number): Behaviour {
  const fit = fitOf(person);
  const interest = 0.35 * Math.max(-2, fit) + random.normal();
  const bought = random.chance(1 / (1 + Math.exp(4.2 - fit - 1.2 * interest)));
  const end = now - QUIET;
  const boughtAt = bought ? end - Math.floor(random.next() * 120 * DAY) : undefined;
  const last = boughtAt ?? end;

  const views: { at: number; path: string }[] = [];
  const sent = makeSubmissions(random, person, interest, bought).map((form) => {
    const at = moment(random, last, bought ? 30 * DAY : HISTORY, interest);
    views.push({ at: at - 20 * SECOND, path: FORMS[form].path });
    return { at, form };
  });
  for (let left = countViews(random, person, interest, bought); left > 0; ) {
    // Pages come in visits: some minutes together, then nothing for days.
    let at = moment(random, last, bought && random.chance(0.7) ? 45 * DAY : HISTORY, interest);
    for (let more = Math.min(left, 1 + random.poisson(1.5)); more > 0 && at <= last; more--, left--) {
      views.push({ at, path: makePath(random, person, interest) });
      at += 10 * SECOND + random.whole(4 * MINUTE);
    }
    if (at > last) left--;
  }
  const oldest = now - HISTORY;
  return {
    bought,
    boughtAt,
    interest,
    views: views.filter(({ at }) => at >= oldest).sort((a, b) => a.at - b.at),
    sent: sent.filter(({ at }) => at >= oldest).sort((a, b) => a.at - b.at),
  };
}

/** The keener, the more recent. Whole milliseconds. */
function moment(random: Random, last: number, span: number, interest: number): number {
  return Math.floor(last - MINUTE - span * random.next() ** (1 + Math.max(0, interest) / 2));
}

function countViews(random: Random, { kind }: Person, interest: number, bought: boolean): number {
  if (kind === 'job-seeker') return 1 + random.poisson(2.5);
  if (!bought && random.chance(0.3)) return 0;
  return random.poisson(Math.min(60, 3.65 * Math.exp(0.75 * interest)) + (bought ? 5 : 0));
}

function makeSubmissions(random: Random, { kind, mail }: Person, interest: number, bought: boolean): FormKey[] {
  if (mail === 'none') return [];
  const keen = Math.exp(0.9 * Math.min(2.5, interest));
  const shares: readonly (readonly [FormKey, number])[] = [
    ['demo', bought ? 0.4 : 0.018 * keen],
    ['trial', bought ? 0.35 : 0.018 * keen],
    ['sales', bought ? 0.2 : 0.007 * keen],
    ['webinar', Math.min(0.4, 0.055 * keen)],
    ['ebook', Math.min(0.4, (kind === 'student' ? 0.25 : 0.08) * Math.sqrt(keen))],
    ['newsletter', 0.08],
    ['partner', 0.006],
  ];
  return shares.flatMap(([form, share]) => (random.chance(share) ? [form] : []));
}

const PATHS: readonly (readonly [number, readonly string[]])[] = [
  [20, ['/', '/', '/about', '/contact']],
  [
    30,
    [
      '/blog',
      '/blog/what-is-lead-scoring',
      '/blog/mql-or-sql',
      '/blog/handing-leads-to-sales',
      '/blog/?utm_source=newsletter&utm_medium=email',
    ],
  ],
  [18, ['/product', '/product/scoring', '/product/integrations', '/product/reports']],
  [12, ['/docs', '/docs/getting-started', '/docs/api', '/docs/webhooks']],
  [6, ['/customers', '/customers/northwind', '/customers/harbor-health']],
];
const PRICING = [
  '/pricing',
  '/pricing',
  '/pricing?plan=enterprise',
  '/pricing/compare',
  '/pricing/?utm_source=ads&utm_campaign=spring',
];
const CAREERS = ['/careers', '/careers/open-roles', '/careers/account-executive', '/careers/engineer'];

function makePath(random: Random, { kind, level }: Person, interest: number): string {
  const careers = kind === 'job-seeker' ? 400 : level === 'junior' ? 12 : 1.5;
  const pricing = kind === 'job-seeker' ? 1 : 7 * Math.exp(0.6 * interest);
  const demo = 1.5 * Math.exp(0.6 * interest);
  return random.pick(
    random.weighted([...PATHS, [pricing, PRICING], [careers, CAREERS], [demo, ['/demo', '/trial']], [2, ['/webinar']]]),
  );
}
