import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { seededRandom } from '../../src/analysis/statistics/seeded-random.ts';
import { type Clock, DAY, systemClock } from '../../src/base/clock.ts';
import { createPortal, DEMO_TOKEN, startSandbox } from '../../src/sandbox/sandbox.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { folderOf } from '../support/plan-models.ts';
import { type Env, keepRedis, runCli, tempFolder } from '../support/run-cli.ts';
import { slowAuc, slowComparison, slowLift, slowTwoSided } from '../support/slow-statistics.ts';

const modelOf = (head: string, boss: number, german: number, prices: number) => `${head}
fit:
  max: 100
  groups:
    - name: Person
      criteria:
        - { id: boss, when: { field: job_title, is: CEO }, points: ${boss} }
        - { id: german, when: { field: country, is: Germany }, points: ${german} }
engagement:
  max: 100
  window: 365d
  groups:
    - name: Web
      criteria:
        - { id: prices, when: { activity: page-view, url: "/pricing*" }, points: ${prices}, max: ${prices} }
grades:
  fit: { A: 20, B: 10, C: 5, D: 0 }
  engagement: { 1: 10, 2: 8, 3: 5, 4: 0 }
lifecycle:
  mql: { fit: 10, engagement: 10 }
`;
const POINTS = { champion: { boss: 10, german: 30, prices: 10 }, challenger: { boss: 30, german: 4, prices: 20 } };
const CHAMPION = modelOf('model: platform\nname: Platform', 10, 30, 10);
// What it says of whom it is about counts for nothing: a challenger scores whom its champion is about.
const RIVAL =
  'model: rival\nname: Rival\nchallenger_to: platform\nholdout: 50%\napplies_to: { field: country, is: Germany }';
const CHALLENGER = modelOf(RIVAL, 30, 4, 20);

const LEADS = 400;
const AGE = 400 * DAY;

/** What is true of each, as the test made them. */
interface Made {
  readonly id: string;
  readonly boss: boolean;
  readonly german: boolean;
  readonly prices: boolean;
  readonly bought: boolean;
}

/**
 * People of more than a year ago. Who runs a company and who looks at prices buy, and where they live means nothing. A quarter of a year
 * after the last sale everybody looks at prices, which no score of before may know.
 */
async function openPast(): Promise<{ readonly env: Env; readonly made: readonly Made[]; held(): ReadonlySet<string> }> {
  const begin = systemClock.now() - AGE;
  // The past is played on this clock, and then it is the machine's.
  let time: number | undefined = begin;
  const clock: Clock = { now: () => time ?? systemClock.now(), sleep: systemClock.sleep };
  const portal = createPortal({ clock });
  const sandbox = await startSandbox({ portal, clock });
  onTestFinished(() => sandbox.close());
  const { people } = sandbox;
  const random = seededRandom(5);
  const made = Array.from({ length: LEADS }, (_, number): Made & { readonly boughtAt: number } => {
    time = begin + number * 1_000;
    const [boss, german, prices] = [random() < 0.3, random() < 0.5, random() < 0.4];
    const contact = people.createContact({
      email: `person${number}@company${number}.example`,
      jobtitle: boss ? 'CEO' : 'Clerk',
      country: german ? 'Germany' : 'France',
    });
    if (prices) people.visit(contact.id, '/pricing');
    const bought = random() < 0.05 + (boss ? 0.35 : 0) + (prices ? 0.3 : 0);
    return { id: contact.id, boss, german, prices, bought, boughtAt: begin + (30 + 120 * random()) * DAY };
  });
  for (const { id, boughtAt } of made.filter(({ bought }) => bought).sort((a, b) => a.boughtAt - b.boughtAt)) {
    time = boughtAt;
    const deal = people.createDeal({ name: 'Deal', contactIds: [id] });
    people.winDeal(deal.id);
  }
  time = begin + 240 * DAY;
  for (const { id } of made) people.visit(id, '/pricing');
  time = undefined;
  const config = folderOf(CHAMPION, CHALLENGER);
  const env = {
    HUBSPOT_TOKEN: DEMO_TOKEN,
    HUBSPOT_BASE_URL: sandbox.url,
    LEADGAUGE_DATA: tempFolder(),
    LEADGAUGE_CONFIG: config,
  };
  const [rival] = loadConfig(config).models.challengers;
  const isHeld = (contact: (typeof portal.contacts.all)[number]) =>
    portal.textOf(contact, 'leadgauge_model_version') === rival?.model.version;
  const held = () => new Set(portal.contacts.all.filter(isHeld).map(({ id }) => id));
  return { env, made, held };
}

const sent = z.object({ leads: z.number(), buyers: z.number() });
const quality = z.object({
  model: z.string(),
  auc: z.number(),
  liftTop10: z.number(),
  liftTop20: z.number(),
  gate: z.object({ sent, caught: z.number() }),
});
const told = z.object({
  challenges: z
    .array(
      z.object({
        leads: z.number(),
        buyers: z.number(),
        champion: quality,
        challenger: quality,
        holdout: z.object({ within: sent, outside: sent, p: z.number() }),
        difference: z.number(),
        low: z.number(),
        high: z.number(),
        p: z.number(),
        word: z.string(),
      }),
    )
    .length(1),
});

test('a review holds a challenger with a holdout against its champion, by the points that each gives to all leads', {
  timeout: 120_000,
}, async () => {
  const { env, made, held } = await openPast();
  await keepRedis(env);
  for (const args of [['setup', '--yes'], ['backfill']]) expect(await runCli(args, env)).toMatchObject({ code: 0 });
  // The CRM now holds the challenger's scores of about half of them, and nothing of that may come into the figures.
  const holdout = held();
  expect(holdout.size).toBeGreaterThan(LEADS / 3);
  expect(holdout.size).toBeLessThan((2 * LEADS) / 3);
  const { code, out, err } = await runCli(['review', '--json', '--html', join(tempFolder(), 'review.html')], env);
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('this counts for nothing') });
  const [found] = told.parse(JSON.parse(out)).challenges;
  if (found === undefined) throw new Error('there is no challenger');

  const bought = made.map((one) => (one.bought ? 1 : 0));
  const of = (model: 'champion' | 'challenger') => {
    const { boss, german, prices } = POINTS[model];
    const fit = made.map((one) => (one.boss ? boss : 0) + (one.german ? german : 0));
    const engagement = made.map((one) => (one.prices ? prices : 0));
    const passed = made.filter((_, lead) => (fit[lead] ?? 0) >= 10 && (engagement[lead] ?? 0) >= 10);
    return { scores: fit.map((points, lead) => points + (engagement[lead] ?? 0)), passed };
  };
  const buyers = bought.filter((one) => one === 1).length;
  expect(found).toMatchObject({ leads: LEADS, buyers });
  for (const model of ['champion', 'challenger'] as const) {
    const { scores, passed } = of(model);
    const { auc, liftTop10, liftTop20, gate } = found[model];
    expect(auc, model).toBeCloseTo(slowAuc(scores, bought), 10);
    expect(liftTop10, model).toBeCloseTo(slowLift(scores, bought, 0.1), 10);
    expect(liftTop20, model).toBeCloseTo(slowLift(scores, bought, 0.2), 10);
    const passedBuyers = passed.filter((one) => one.bought).length;
    expect(gate.sent, model).toEqual({ leads: passed.length, buyers: passedBuyers });
    expect(gate.caught, model).toBeCloseTo(passedBuyers / buyers, 10);
  }
  const { difference, error } = slowComparison(of('challenger').scores, of('champion').scores, bought);
  expect(found.difference).toBeCloseTo(difference, 10);
  expect(found.low).toBeCloseTo(difference - 1.959964 * error, 6);
  expect(found.high).toBeCloseTo(difference + 1.959964 * error, 6);
  expect(found.p).toBeCloseTo(slowTwoSided(difference / error), 6);
  expect(found.word).toBe('better');

  // Whose scores the CRM holds says who is in the holdout.
  const bothSides = [true, false].map((isIn) => made.filter(({ id }) => holdout.has(id) === isIn));
  const [within, outside] = bothSides.map((all) => ({
    leads: all.length,
    buyers: all.filter((one) => one.bought).length,
  }));
  expect(found.holdout).toMatchObject({ within, outside });
});
