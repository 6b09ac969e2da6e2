import { periodsUpTo, weekOf } from '../../src/analysis/review/periods.ts';
import { type Review, type ReviewInput, review } from '../../src/analysis/review/review.ts';
import { salesSayReader } from '../../src/analysis/review/sales-say.ts';
import { snapshotReader } from '../../src/analysis/review/snapshot.ts';
import { leadScorer } from '../../src/analysis/scored-leads.ts';
import { seededRandom } from '../../src/analysis/statistics/seeded-random.ts';
import { suggest } from '../../src/analysis/suggest.ts';
import { DAY, MINUTE } from '../../src/base/clock.ts';
import type { Activity } from '../../src/leads/activity.ts';
import type { Lead } from '../../src/leads/lead.ts';
import { modelOf, NOW } from '../unit/scoring/model.ts';

const WEEKS = 13;
export const PERIODS = periodsUpTo(NOW, WEEKS);

/** Titles and pages that tell who buys, and a country that does not. */
export const MODEL = modelOf({
  fit: `{ name: Fit, criteria: [
    { id: boss, name: Runs the company, when: { field: job_title, is: CEO }, points: 20 },
    { id: german, name: In Germany, when: { field: country, is: Germany }, points: 10 },
    { id: large, name: 200 employees and more, when: { field: employees, at_least: 200 }, points: 10 }] }`,
  engagement: `{ name: Web, criteria: [
    { id: pricing, name: Pricing page, when: { activity: page-view, url: /pricing }, points: 15, max: 15 },
    { id: demo, name: Asked for a demo, when: { activity: form-submission, form: demo }, points: 25, max: 25 },
    { id: fax, name: Sent a fax, when: { field: fax, exists: true }, points: 5 }] }`,
  rest: `grades: { fit: { A: 20, B: 10, C: 1, D: 0 }, engagement: { 1: 25, 2: 15, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 10, engagement: 15 } }`,
});

interface Past {
  readonly lead: Lead;
  readonly activities: readonly Activity[];
  readonly bought: boolean;
}

/**
 * People of two periods of 13 weeks: Germans become fewer, the form of demos goes silent, and everything else stays as it was. CEOs and those
 * who look at prices buy.
 */
export function plantedPast(leads = 1_200): readonly Past[] {
  const random = seededRandom(11);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  return Array.from({ length: leads }, (_, number) => {
    const createdAt = PERIODS.begin + ((number + 0.5) / leads) * (PERIODS.at - PERIODS.begin);
    const isNow = createdAt > PERIODS.middle;
    const isBoss = random() < 0.2;
    const isGerman = random() < (isNow ? 0.25 : 0.55);
    const looked = random() < 0.35;
    const asked = !isNow && random() < 0.1;
    const fields: Record<string, string> = {
      job_title: isBoss ? 'CEO' : pick(['Clerk', 'Engineer', 'Buyer']),
      country: isGerman ? 'Germany' : pick(['France', 'India', 'Spain']),
      employees: String(Math.floor(10 ** (1 + random() * 3))),
    };
    const did = (id: string, type: Activity['type'], more: Partial<Activity>): Activity => ({
      id: `${number}-${id}`,
      type,
      at: Math.min(createdAt + DAY, PERIODS.at),
      ...more,
    });
    const activities = [
      ...(looked ? [did('look', 'page-view', { url: 'https://acme.example/pricing' })] : []),
      ...(random() < 0.5 ? [did('blog', 'page-view', { url: 'https://acme.example/blog' })] : []),
      ...(asked ? [did('ask', 'form-submission', { name: 'demo' })] : []),
    ];
    const chance = 0.04 + (isBoss ? 0.25 : 0) + (looked ? 0.2 : 0) + (asked ? 0.2 : 0);
    const lead = { id: String(number), formerIds: [], emails: [], fields, createdAt };
    return { lead, activities, bought: random() < chance };
  });
}

export async function plantedInput(leads?: number): Promise<ReviewInput> {
  const past = plantedPast(leads);
  const fields = ['job_title', 'country', 'employees'];
  const types = ['page-view', 'form-submission'] as const;
  const read = (at: number, freshSince: number) => {
    const reader = snapshotReader(MODEL, { at, freshSince, fields, types });
    for (const { lead, activities } of past) {
      if (lead.createdAt <= at)
        reader.add(
          lead,
          activities.filter((one) => one.at <= at),
        );
    }
    return reader.finish();
  };
  const did = new Map(types.map((type) => [type, new Array<number>(2 * WEEKS).fill(0)]));
  const mqls = new Array<number>(2 * WEEKS).fill(0);
  const scorer = leadScorer(MODEL);
  const rival = leadScorer(
    modelOf({ fit: '{ name: Any, criteria: [{ id: boss, when: { field: job_title, is: CEO }, points: 20 }] }' }),
  );
  const sales = salesSayReader();
  let tooYoung = 0;
  for (const { lead, activities, bought } of past) {
    const at = lead.createdAt + 7 * DAY;
    if (at > PERIODS.at) tooYoung += 1;
    scorer.add(lead, activities, bought, at);
    rival.add(lead, activities, bought, at);
    for (const { type, at: time } of activities) {
      const week = weekOf(PERIODS, time);
      const weeks = type === 'page-view' || type === 'form-submission' ? did.get(type) : undefined;
      if (week !== undefined && weeks !== undefined) weeks[week] = weeks[week]! + 1;
    }
  }
  const scored = scorer.finish();
  for (const [place, { lead, bought }] of past.entries()) {
    if (scored.sent[place] !== 1) continue;
    const week = weekOf(PERIODS, lead.createdAt);
    if (week !== undefined) mqls[week] = mqls[week]! + 1;
    if (lead.createdAt <= PERIODS.middle) continue;
    const isStudent = Number(lead.id) % 3 === 0;
    const said = isStudent
      ? {
          word: 'rejected' as const,
          status: 'UNQUALIFIED',
          reasons: [Number(lead.id) % 2 === 0 ? 'still_studies' : 'no_budget'],
        }
      : { word: 'working' as const, status: 'CONNECTED' };
    sales.add(isStudent || bought ? said : undefined, [
      `grade ${scored.grades[place]}`,
      ...(isStudent ? ['flag "student"'] : []),
    ]);
  }
  const challenged = rival.finish();
  return {
    connection: 'hubspot',
    model: { id: MODEL.id, name: 'Platform <buyers> & friends', version: MODEL.version },
    criteria: MODEL.criteria.map(({ id, label, points }) => ({ id, name: label, points })),
    periods: PERIODS,
    earlier: read(PERIODS.middle, PERIODS.begin),
    now: read(PERIODS.at, PERIODS.middle),
    did,
    mqls,
    judged: { scores: scored.scores, bought: scored.history.bought, at: scored.history.at, tooYoung },
    ownerDays: 30,
    owners: [
      {
        owner: 'ann@sales.example',
        routed: 42,
        touched: 40,
        medianToTouch: 35 * MINUTE,
        decided: 41,
        inTime: 38,
        open: 2,
        overdue: 0,
      },
      {
        owner: 'bob.with.a.long.name@sales.example',
        routed: 18,
        touched: 9,
        medianToTouch: 400 * MINUTE,
        decided: 16,
        inTime: 5,
        open: 9,
        overdue: 7,
      },
      { routed: 3, touched: 0, decided: 3, inTime: 0, open: 3, overdue: 3 },
    ],
    salesSay: sales.finish(),
    suggestion: await suggest(scored.history, { random: seededRandom(7), folds: 5 }),
    challenges: [
      {
        champion: { id: MODEL.id, name: 'Platform', scores: scored.scores, sent: scored.sent },
        challenger: { id: 'bosses', name: 'Bosses only', scores: challenged.scores, sent: challenged.sent },
        bought: scored.history.bought,
      },
    ],
    warnings: ['Fields of companies count as they are now: the CRM does not tell what they were.'],
  };
}

export async function plantedReview(leads?: number): Promise<Review> {
  return review(await plantedInput(leads), seededRandom(7));
}
