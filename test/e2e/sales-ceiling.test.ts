import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/base/clock.ts';
import { dropRule, resumeRule } from '../../src/ledger/ceiling-decisions.ts';
import { listTripped } from '../../src/ledger/ceilings.ts';
import { countWaiting } from '../../src/ledger/outbox.ts';
import { sendNotices } from '../../src/sync/send-notices.ts';
import { CRMS, type CrmName, openSalesStory, type Person, type SalesStory } from '../support/sales-story.ts';
import { storyConfig, TEAM } from '../support/sales-story-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openToldSales } from '../support/told-sales.ts';

const redis = await startTestRedis();
const [DANA] = TEAM;

/** What an import brings, as a model with this rule sees it. */
const HEADS = `fast_track:
  - id: heads-of-sales
    when: { field: job_title, contains: head of sales }
    follow_up_within: 1d
`;
const RULE = 'platform/heads-of-sales';
const withHeads = (yaml: string) => yaml.replace(/^fast_track:\n/m, HEADS);

const stoppedAt = (leads: number) => ({
  sales: `
ceiling: { leads: ${leads}, per: 1h }
notify: { https: on, team: [team@gaugeworks.example] }
`,
  series: [],
});

/** How often each was told, by name. */
function kindsOf(told: readonly string[]): (string | number)[][] {
  const kinds = Object.entries(Object.groupBy(told, (each) => each)).map(([each, all]) => [each, all?.length ?? 0]);
  return kinds.toSorted(([one], [other]) => String(one).localeCompare(String(other)));
}

/** Has the leads looked at that a person decided on, and all notices delivered. */
async function settles({ connection, clock, sync }: SalesStory): Promise<void> {
  await sync();
  while ((await countWaiting(connection.space)) > 0) {
    await clock.advance(MINUTE);
    await sendNotices(connection);
  }
}

it('a rule that would alert 4,000 people is stopped at the ceiling with one message', async () => {
  const { channels, told } = await openToldSales();
  const story = await openSalesStory(redis, 'HubSpot', { ...stoppedAt(50), model: withHeads, channels });
  await story.backfill();
  const people = Array.from({ length: 4_000 }, (_, index) => story.addProspect(`p${index}`, { owner: DANA }));
  await settles(story);
  expect(kindsOf(told())).toEqual([
    ['ceiling to team', 1],
    ['routed to dana.whitlock', 50],
  ]);
  expect(people.filter((person) => story.tasks(person).length > 0)).toHaveLength(50);
  expect(people.filter((person) => story.stage(person) === 'mql')).toHaveLength(50);
  // The scores are written as ever.
  expect(people.filter((person) => story.held(person, 'fit') === 55)).toHaveLength(4_000);
  expect(await listTripped(story.connection.space)).toMatchObject([{ rule: RULE, held: 3_950, leads: 50 }]);
}, 120_000);

describe('a rule that is switched on, and holds for too many after an import', () => {
  // More than Salesforce gives in one call.
  it.each([
    ['HubSpot', 12],
    ['Salesforce', 210],
  ] as const)(
    'in %s, for %i people, is stopped at the ceiling with one message, and told to nobody where a person drops it',
    async (crm, count) => {
      const { story, people, told, withTasks } = await withImport(crm, count);
      const { space } = story.connection;
      expect(kindsOf(told())).toEqual([
        ['ceiling to team', 1],
        ['routed to dana.whitlock', 5],
      ]);
      expect(withTasks()).toHaveLength(5);
      expect(people.filter((person) => story.stage(person) === 'mql')).toHaveLength(5);
      expect(await listTripped(space)).toMatchObject([{ rule: RULE, held: count - 5, leads: 5 }]);

      // Other rules go on.
      const held = people.find((person) => story.tasks(person).length === 0);
      if (held === undefined) throw new Error('nobody is held');
      expect(story.held(held, 'fit')).toBe(55);
      story.asksForDemo(held);
      await story.sync();
      expect(withTasks()).toHaveLength(6);
      expect(told()).toHaveLength(7);

      await dropRule(space, RULE, story.clock.now());
      await settles(story);
      await story.pass(DAY);
      expect(withTasks()).toHaveLength(6);
      expect(told()).toHaveLength(7);
      expect(await listTripped(space)).toEqual([]);

      const late: Person = story.addProspect('late', { isStranger: true, owner: DANA });
      await story.sync();
      story.getsKnown(late);
      await story.sync();
      expect(story.tasks(late)).toHaveLength(1);
      expect(told()).toHaveLength(8);
    },
  );

  it.each(CRMS)('in %s, goes on where a person says so, and each is told once', async (crm) => {
    const { story, people, told, about, withTasks } = await withImport(crm);
    const { space } = story.connection;
    expect(withTasks()).toHaveLength(5);
    await resumeRule(space, RULE, story.clock.now());
    await settles(story);
    expect(withTasks()).toHaveLength(12);
    expect(people.filter((person) => story.stage(person) === 'mql')).toHaveLength(12);
    expect(told().filter((each) => each.startsWith('ceiling'))).toHaveLength(1);
    expect(new Set(about()).size).toBe(13);
    await story.pass(2 * DAY);
    expect(told()).toHaveLength(13);
    expect(people.map((person) => story.tasks(person).length)).toEqual(people.map(() => 1));
    expect(await listTripped(space)).toEqual([]);
  });
});

/** A rule on job titles is switched on, with a ceiling of 5, and then an import brings those of so many people at once. */
async function withImport(crm: CrmName, count = 12) {
  const { channels, told, about } = await openToldSales();
  const first = await openSalesStory(redis, crm, { ...stoppedAt(5), channels });
  const people = Array.from({ length: count }, (_, index) =>
    first.addProspect(`p${index}`, { isStranger: true, owner: DANA }),
  );
  await first.backfill();
  const story = await first.reopen(storyConfig({ ...stoppedAt(5), model: withHeads }));
  await story.backfill();
  await story.sync();
  expect(told()).toEqual([]);
  for (const person of people) story.getsKnown(person);
  await story.sync();
  await story.sync();
  return { story, people, told, about, withTasks: () => people.filter((person) => story.tasks(person).length > 0) };
}

describe('where a model is edited while a rule is stopped', () => {
  it.each([
    ['before a person lets it go on', 'edited, resumed'],
    ['after a person let it go on, and before anybody looked', 'resumed, edited'],
  ])('whoever was held as an MQL is promoted and told once: %s', async (_, order) => {
    const { first, told, mqls } = await withHeld();
    const resume = () => resumeRule(first.connection.space, 'platform/mql', first.clock.now());
    if (order === 'resumed, edited') await resume();
    const story = await dearer(first);
    if (order === 'edited, resumed') {
      await settles(story);
      expect(mqls()).toHaveLength(2);
      expect(told()).toHaveLength(3);
      await resume();
    }
    await settles(story);
    expect(mqls()).toHaveLength(4);
    await story.pass(DAY);
    expect(kindsOf(told())).toEqual([
      ['ceiling to team', 1],
      ['routed to dana.whitlock', 4],
    ]);
  });

  it('a demo request that was held goes to sales once a person lets it go on', async () => {
    const { first, people, told } = await withHeld('asksForDemo');
    const story = await dearer(first);
    await settles(story);
    expect(told()).toHaveLength(3);
    await resumeRule(story.connection.space, 'platform/demo-request', story.clock.now());
    await settles(story);
    await story.pass(DAY);
    expect(told()).toHaveLength(5);
    expect(people.map((person) => [story.stage(person), story.tasks(person).length])).toEqual(
      people.map(() => ['mql', 1]),
    );
  });

  it('whoever a person then drops is done with for good', async () => {
    const { first, people, told, mqls } = await withHeld();
    const story = await dearer(first);
    await settles(story);
    await dropRule(story.connection.space, 'platform/mql', story.clock.now());
    await settles(story);
    await story.pass(DAY);
    const again = await dearer(story, 35);
    await settles(again);
    expect(mqls()).toHaveLength(2);
    expect(told()).toHaveLength(3);
    expect(people.map((person) => again.held(person, 'mql'))).toEqual([true, true, true, true]);
  });

  it('nobody is promoted whom it takes for an MQL no longer', async () => {
    const { first, told, mqls } = await withHeld();
    const config = storyConfig({ ...stoppedAt(2), model: (yaml) => yaml.replace('mql: { fit: 40', 'mql: { fit: 60') });
    const story = await first.reopen(config);
    await story.backfill();
    await settles(story);
    await resumeRule(story.connection.space, 'platform/mql', story.clock.now());
    await settles(story);
    expect(mqls()).toHaveLength(2);
    expect(told()).toHaveLength(3);
  });

  it('what a rule held that has another name since is told to nobody, and what comes anew is', async () => {
    const { first, people, told } = await withHeld('asksForDemo');
    const model = (yaml: string) => yaml.replace('- id: demo-request\n', '- id: asks-for-demo\n');
    const story = await first.reopen(storyConfig({ ...stoppedAt(2), model }));
    await story.backfill();
    await settles(story);
    await story.pass(DAY);
    expect(told()).toHaveLength(3);
    await dropRule(story.connection.space, 'platform/demo-request', story.clock.now());
    await settles(story);
    await story.pass(DAY);
    expect(told()).toHaveLength(3);
    const held = people.filter((person) => story.tasks(person).length === 0);
    expect(held.map((person) => story.stage(person))).toEqual(['lead', 'lead']);

    for (const person of held) story.asksForDemo(person);
    await settles(story);
    expect(told()).toHaveLength(5);
    expect(people.map((person) => story.tasks(person).length)).toEqual([1, 1, 1, 1]);
  });

  /** Four people do what brings them to sales, where two at once may come there. */
  async function withHeld(does: 'showsInterest' | 'asksForDemo' = 'showsInterest') {
    const { channels, told } = await openToldSales();
    const first = await openSalesStory(redis, 'HubSpot', { ...stoppedAt(2), channels });
    const people = ['ada', 'bea', 'cleo', 'dot'].map((name) => first.addProspect(name, { owner: DANA }));
    await first.backfill();
    for (const person of people) first[does](person);
    await settles(first);
    const mqls = () => people.filter((person) => first.stage(person) === 'mql');
    expect(mqls()).toHaveLength(2);
    expect(told()).toHaveLength(3);
    return { first, people, told, mqls };
  }

  /** The same with other points for an executive, which nobody here is, and scored anew. */
  async function dearer(first: SalesStory, points = 30): Promise<SalesStory> {
    const model = (yaml: string) => yaml.replace('points: 25', `points: ${points}`);
    const story = await first.reopen(storyConfig({ ...stoppedAt(2), model }));
    await story.backfill();
    return story;
  }
});
