import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/base/clock.ts';
import { dropRule, type HeldLead, listTripped, resumeRule } from '../../src/ledger/ceilings.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
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
const CEILING = 50;
const STOPPED_SALES = `
ceiling: { leads: ${CEILING}, per: 1h }
notify: { https: on, team: [team@gaugeworks.example] }
`;

/** A rule on job titles is switched on, and then an import brings those of so many people at once. */
async function withImport(crm: CrmName, count: number) {
  const { channels, told, about } = await openToldSales();
  const own = { sales: STOPPED_SALES, series: [] };
  const first = await openSalesStory(redis, crm, { ...own, channels });
  const people = Array.from({ length: count }, (_, index) =>
    first.addProspect(`p${index}`, { isStranger: true, owner: DANA }),
  );
  await first.backfill();
  const config = storyConfig({ ...own, model: (yaml) => yaml.replace(/^fast_track:\n/m, HEADS) });
  const story = await first.reopen(config);
  await story.backfill();
  await story.sync();
  expect(told()).toEqual([]);
  for (const person of people) story.getsKnown(person);
  await story.sync();
  await story.sync();
  const withTasks = () => people.filter((person) => story.tasks(person).length > 0);
  const kinds = () => Object.entries(Object.groupBy(told(), (each) => each)).map(([each, all]) => [each, all?.length]);
  return { story, people, told, about, withTasks, kinds };
}

/** Has the leads looked at again that a person decided on, and all notices delivered. */
async function decided({ connection, clock, sync }: SalesStory, held: readonly HeldLead[]): Promise<void> {
  const ids = held.map(({ leadId }) => leadId);
  await markDirty(connection.space, ids, clock.now());
  await sync();
  while ((await countWaiting(connection.space)) > 0) {
    await clock.advance(MINUTE);
    await sendNotices(connection);
  }
}

const RULE = 'platform/heads-of-sales';
const STOPPED = [
  ['routed to dana.whitlock', CEILING],
  ['ceiling to team', 1],
];
const byName = (one: readonly unknown[], other: readonly unknown[]) => String(one[0]).localeCompare(String(other[0]));

describe('a rule that is switched on, and holds for too many after an import', () => {
  it.each([
    ['HubSpot', 4_000],
    ['Salesforce', 400],
  ] as const)(
    'in %s, for %i people, is stopped at the ceiling with one message, and told to nobody where a person drops it',
    async (crm, count) => {
      const { story, people, told, withTasks, kinds } = await withImport(crm, count);
      const { space } = story.connection;
      expect(kinds().sort(byName)).toEqual(STOPPED.toSorted(byName));
      expect(withTasks()).toHaveLength(CEILING);
      expect(people.filter((person) => story.stage(person) === 'mql')).toHaveLength(CEILING);
      expect(await listTripped(space)).toMatchObject([{ rule: RULE, held: count - CEILING, leads: CEILING }]);

      // The scores are written as ever, and other rules go on.
      const held = people.find((person) => story.tasks(person).length === 0);
      if (held === undefined) throw new Error('nobody is held');
      expect(story.held(held, 'fit')).toBe(55);
      story.asksForDemo(held);
      await story.sync();
      expect(withTasks()).toHaveLength(CEILING + 1);
      expect(told()).toHaveLength(CEILING + 2);

      await decided(story, await dropRule(space, RULE, story.clock.now()));
      await story.pass(DAY);
      expect(withTasks()).toHaveLength(CEILING + 1);
      expect(told()).toHaveLength(CEILING + 2);
      expect(await listTripped(space)).toEqual([]);

      const late: Person = story.addProspect('late', { isStranger: true, owner: DANA });
      await story.sync();
      story.getsKnown(late);
      await story.sync();
      expect(story.tasks(late)).toHaveLength(1);
      expect(told()).toHaveLength(CEILING + 3);
    },
    120_000,
  );

  it.each(CRMS)(
    'in %s, goes on where a person says so, and each is told once',
    async (crm) => {
      const { story, people, told, about, withTasks } = await withImport(crm, 400);
      const { space } = story.connection;
      expect(withTasks()).toHaveLength(CEILING);
      await decided(story, await resumeRule(space, RULE, story.clock.now()));
      expect(withTasks()).toHaveLength(400);
      expect(people.filter((person) => story.stage(person) === 'mql')).toHaveLength(400);
      expect(told().filter((each) => each.startsWith('ceiling'))).toHaveLength(1);
      expect(about()).toHaveLength(401);
      expect(new Set(about()).size).toBe(401);
      await story.pass(2 * DAY);
      expect(told()).toHaveLength(401);
      expect(people.map((person) => story.tasks(person).length)).toEqual(people.map(() => 1));
      expect(await listTripped(space)).toEqual([]);
    },
    120_000,
  );
});
