import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { listFollowUps } from '../../src/ledger/follow-ups.ts';
import { type Config, hubspotOf } from '../../src/settings/config.ts';
import { openSalesStory } from '../support/sales-story.ts';
import { storyConfig, TEAM } from '../support/sales-story-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openToldSales } from '../support/told-sales.ts';

const redis = await startTestRedis();
const [DANA, MARCO] = TEAM;

const SALES = `
people:
  ${DANA}: { manager: ${MARCO} }
follow_up: { escalate_after: 30m, escalate_to: manager, attempts: 4, over: 10d }
notify: { https: on, team: [team@gaugeworks.example] }
`;

function withoutTasks(config: Config): Config {
  const file = hubspotOf(config);
  const tasks = { ...file.value.tasks, create: 'off' } as const;
  return { ...config, hubspot: { ...file, value: { ...file.value, tasks } } };
}

it('without tasks in the only CRM, sales are told, reminded and timed all the same', async () => {
  const { channels, told } = await openToldSales();
  const config = withoutTasks(storyConfig({ sales: SALES }));
  const story = await openSalesStory(redis, 'HubSpot', { config, channels });
  const { clock, connection } = story;
  const followUps = async () => (await listFollowUps(connection.space, clock.now())).map(({ state }) => state);
  const ada = story.addProspect('ada', { owner: DANA });
  await story.backfill();
  await story.pass(MINUTE, { step: MINUTE });
  story.asksForDemo(ada);
  await story.pass(MINUTE, { step: MINUTE });
  expect(told()).toEqual(['routed to dana.whitlock']);
  expect(await followUps()).toEqual(['open']);
  await story.pass(HOUR, { step: 10 * MINUTE });
  expect(told().slice(1)).toEqual(['reminder to dana.whitlock', 'escalation to marco.ferri']);
  expect([story.held(ada, 'followUp'), story.held(ada, 'overdue')]).toEqual(['escalated', true]);
  story.call(ada);
  await story.pass(10 * MINUTE, { step: 5 * MINUTE });
  expect([story.held(ada, 'followUp'), story.held(ada, 'overdue')]).toEqual(['reached', false]);
  expect(await followUps()).toEqual(['reached']);
  expect(told()).toHaveLength(3);
  expect(story.tasks(ada)).toEqual([]);
});
