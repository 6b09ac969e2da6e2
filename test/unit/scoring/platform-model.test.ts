import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DAY } from '../../../src/base/clock.ts';
import { ACTIVITY_TYPES, type Activity } from '../../../src/leads/activity.ts';
import { parseList } from '../../../src/leads/lists.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { modelSchema } from '../../../src/scoring/model-schema.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { leadOf, NOW, submission, view } from './model.ts';

const config = new URL('../../../config/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, config), 'utf8');
const lists = new Map(
  readdirSync(new URL('lists/', config)).map((file) => [file.replace(/\.txt$/, ''), parseList(read(`lists/${file}`))]),
);
const model = compileModel(modelSchema.parse(parse(read('models/platform.yaml'))), { lists });

const DIRECTOR = {
  email: 'ann@acme.com',
  company: 'Acme',
  job_title: 'Director of Marketing',
  employees: '100-500',
  country: 'Spain',
};

function score(fields: Record<string, string>, ...activities: Activity[]) {
  return scoreLead(model, { ...leadOf(fields), createdAt: NOW - DAY }, activities, NOW);
}

describe('the starter model', () => {
  test('makes an MQL of a director of a fitting company who looked at prices this week', () => {
    expect(
      score(DIRECTOR, view('/pricing', DAY), view('/pricing/compare', 3 * DAY), view('/product', DAY)),
    ).toMatchObject({ mql: true, grade: 'B3' });
  });

  test('makes none of the same director half a year on, nor of one who did nothing', () => {
    const seen = [view('/pricing', DAY), view('/pricing/compare', 3 * DAY), view('/product', DAY)];
    expect(scoreLead(model, leadOf(DIRECTOR), seen, NOW + 170 * DAY).mql).toBe(false);
    expect(score(DIRECTOR).mql).toBe(false);
  });

  test('makes none of a busy intern, a student or a competitor', () => {
    const busy = [view('/pricing', DAY), view('/pricing', 2 * DAY), submission('ebook'), submission('webinar')];
    expect(score({ ...DIRECTOR, job_title: 'Intern', employees: '7' }, ...busy).mql).toBe(false);
    expect(score({ email: 'ann@cs.mit.edu', company: 'MIT' }, ...busy)).toMatchObject({
      mql: false,
      flags: ['student'],
    });
    expect(score({ ...DIRECTOR, email: 'ann@eu.rivalmetrics.example' }, ...busy)).toMatchObject({
      fit: 0,
      mql: false,
      flags: ['competitor'],
      disqualifications: [{ criterion: 'competitor', why: 'works for a competitor' }],
    });
  });

  test('takes a member of staff at a university for no student', () => {
    expect(score({ email: 'ann@mit.edu', job_title: 'Director of Libraries' }).flags).toStrictEqual([]);
    expect(score({ email: 'ann@gmail.com', job_title: 'PhD Student' }).flags).toStrictEqual([
      'personal-email',
      'student',
    ]);
  });

  test('flags a government and takes nothing away for it', () => {
    const { flags, reasons } = score({ email: 'ann@city.gov' });
    expect(flags).toStrictEqual(['government']);
    expect(reasons.every(({ points }) => points > 0)).toBe(true);
  });

  test('does not let a bad sign fade into a better score', () => {
    const jobs = [
      view('/careers/engineer', DAY, { id: '1' }),
      view('/pricing', DAY, { id: '2' }),
      submission('ebook', DAY, { id: '3' }),
    ];
    const days = Array.from(
      { length: 85 },
      (_, day) => scoreLead(model, leadOf(DIRECTOR), jobs, NOW + day * DAY).engagement,
    );
    expect(days).toStrictEqual(days.toSorted((one, other) => other - one));
    expect(score(DIRECTOR, ...jobs).flags).toStrictEqual(['careers-visitor']);
  });

  test('scores page views from counters alone', () => {
    const counted: Activity = { id: 'counter:others', type: 'page-view', at: NOW - DAY, count: 40 };
    expect(score(DIRECTOR, counted).engagement).toBe(10);
  });

  test('fast-tracks demo, trial and contact requests, of anybody but a competitor', () => {
    const asked = ['demo-request', 'free-trial', 'contact-sales'].map((form) => submission(form));
    expect(score({}, ...asked, submission('ebook')).fastTracks.map(({ rule }) => rule)).toStrictEqual([
      'demo-request',
      'free-trial',
      'demo-request',
    ]);
    expect(score({ company: 'rivalmetrics.example' }, ...asked).fastTracks).toStrictEqual([]);
    expect(model.fastTrackForms).toStrictEqual(['contact-sales', 'demo-request', 'free-trial']);
  });

  test('fast-tracks a buyer at a target account once the time has come', () => {
    const buyer = { email: 'ann@copperbank.example', job_title: 'Head of Marketing' };
    expect(score({ ...buyer, timeframe: '0-3 months' }).heldRules.map(({ rule }) => rule)).toStrictEqual([
      'target-account-ready-to-buy',
    ]);
    expect(score({ ...buyer, timeframe: '3-6 months' }).heldRules).toStrictEqual([]);
    expect(score({ ...buyer, timeframe: 'now', job_title: 'Data Analyst' }).heldRules).toStrictEqual([]);
  });

  test.each([
    ['title-executive', { job_title: 'CMO' }],
    ['title-director', { job_title: 'Head of Demand' }],
    ['title-manager', { job_title: 'Marketing Manager' }],
    ['title-senior', { job_title: 'Senior Analyst' }],
    ['market', { country: 'Deutschland' }],
    ['target-industry', { industry: 'BANKING' }],
    ['target-vertical', { industry: 'COMPUTER_SOFTWARE' }],
    ['company-size', { employees: '1,000-5,000' }],
    ['annual-revenue', { annual_revenue: '€2.5M' }],
    ['target-account', { website: 'https://www.copperbank.example/about' }],
    ['business-email', { email: 'ann@acme.example' }],
    ['company-known', { company: 'Acme' }],
    ['buying-soon', { timeframe: 'now' }],
    ['buying-later', { timeframe: '3-6 months' }],
    ['product-interest', { product_interest: 'Platform' }],
    ['personal-email', { email: 'ann@gmail.com' }],
    ['disposable-email', { email: 'ann@mailinator.com' }],
    ['student', { job_title: 'Student' }],
    ['competitor', { company: 'Rivalmetrics.example' }],
    ['unsubscribed', { unsubscribed: 'true' }],
    ['bounced', { bounces: '2' }],
  ])('knows %s by what is known of the lead', (id, fields) => {
    expect(score(fields).reasons.map((reason) => reason.id)).toContain(id);
  });

  test.each<[string, Partial<Activity> & Pick<Activity, 'type'>]>([
    ['page-views', { type: 'page-view' }],
    ['pricing-page', { type: 'page-view', url: '/pricing' }],
    ['product-page', { type: 'page-view', url: '/product/tour' }],
    ['blog', { type: 'page-view', url: '/blog' }],
    ['documentation', { type: 'page-view', url: '/docs/api' }],
    ['careers-page', { type: 'page-view', url: '/careers/engineer' }],
    ['page-click', { type: 'page-click' }],
    ['time-on-site', { type: 'visit', minutes: 5 }],
    ['ebook', { type: 'form-submission', name: 'ebook' }],
    ['whitepaper', { type: 'form-submission', name: 'whitepaper' }],
    ['download', { type: 'download' }],
    ['calculator', { type: 'form-submission', name: 'calculator' }],
    ['tool', { type: 'tool-use' }],
    ['webinar', { type: 'form-submission', name: 'webinar' }],
    ['event', { type: 'form-submission', name: 'event' }],
    ['event-registered', { type: 'event-registration' }],
    ['event-attended', { type: 'event-attendance' }],
    ['newsletter', { type: 'form-submission', name: 'newsletter' }],
    ['demo-or-contact', { type: 'form-submission', name: 'contact-sales' }],
    ['free-trial', { type: 'form-submission', name: 'free-trial' }],
    ['email-click', { type: 'email-click' }],
    ['custom-event', { type: 'custom-event' }],
    ['email-reply', { type: 'email-reply' }],
    ['subscription-ended', { type: 'email-unsubscribe' }],
    ['meeting', { type: 'meeting' }],
    ['call', { type: 'call' }],
  ])('knows %s by what the person did', (id, did) => {
    const { reasons } = score({ job_title: 'Software Engineer' }, { id: '1', at: NOW - DAY, ...did });
    expect(reasons.map((reason) => reason.id)).toContain(id);
  });

  test('gives nothing for an opened e-mail, nor for a short visit', () => {
    const { engagement } = score(
      {},
      { id: '1', type: 'email-open', at: NOW },
      { id: '2', type: 'visit', at: NOW, minutes: 4 },
    );
    expect(engagement).toBe(0);
  });

  test('flags a customer, and leaves the score and the road to sales as they are', () => {
    const deal: Activity = { id: '1', type: 'deal-won', at: NOW - DAY };
    const asked = submission('demo-request');
    const { total, fastTracks } = score(DIRECTOR, asked);
    expect(score(DIRECTOR, asked, deal)).toMatchObject({ total, fastTracks, flags: ['customer'] });
  });

  test('takes more away the longer nothing is done, and flags it', () => {
    const quiet = (days: number) => scoreLead(model, leadOf(DIRECTOR), [view('/pricing', 0)], NOW + days * DAY);
    const ids = (days: number) =>
      quiet(days).reasons.flatMap(({ id, kind }) => (kind === 'criterion' && id.startsWith('inactive') ? [id] : []));
    expect([ids(29), ids(30), ids(90)]).toStrictEqual([[], ['inactive-month'], ['inactive-month', 'inactive-quarter']]);
    expect([quiet(89).flags, quiet(90).flags]).toStrictEqual([[], ['inactive']]);
  });

  test('tells buyers from practitioners', () => {
    expect(score({ job_title: 'VP Engineering' }).persona).toBe('buyer');
    expect(score({ job_title: 'Software Engineer' }).persona).toBe('practitioner');
    expect(score({ job_title: 'Accountant' }).persona).toBeUndefined();
  });

  test('asks for every kind of activity, and is warned of nothing', () => {
    const asked = model.criteria.flatMap(({ counting }) => (counting === undefined ? [] : [counting.type]));
    // A call that reached nobody is what sales did.
    expect(new Set([...asked, 'call-attempt'])).toStrictEqual(new Set(ACTIVITY_TYPES));
    expect(model.warnings).toStrictEqual([]);
  });

  test('says of every value where it comes from', () => {
    const [criteria = ''] = read('models/platform.yaml').split('grades:');
    const blocks = criteria.split(/\n(?= *- id: )/);
    const bare = blocks.flatMap((block, index) => {
      const [, id] = /^ *- id: (\S+)/.exec(block) ?? [];
      // The remark on a criterion stands before it, at the end of the one before.
      const [remark = ''] = /(\n *#.*)+$/.exec(blocks[index - 1] ?? '') ?? [];
      return id === undefined || SOURCES.test(remark) ? [] : [id];
    });
    expect(blocks.length).toBe(model.criteria.length + 1);
    expect(bare).toStrictEqual([]);
  });
});

const SOURCES = /GitLab|Marketo|\bAE\b|PostHog|Geckoboard|\bOurs\b|As above/;
