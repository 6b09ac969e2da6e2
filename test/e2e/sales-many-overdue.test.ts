import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { openSalesStory } from '../support/sales-story.ts';
import { storyConfig, TEAM } from '../support/sales-story-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openToldSales } from '../support/told-sales.ts';

const redis = await startTestRedis();
const [DANA, MARCO, AIKO] = TEAM;

const salesWith = (ceiling: string, escalateTo = 'manager') => `
people:
  ${DANA}: { manager: ${MARCO} }
  ${AIKO}: { manager: ${MARCO} }
follow_up: { escalate_after: 30m, escalate_to: ${escalateTo}, attempts: 4, over: 10d }
ceiling: ${ceiling}
notify: { https: on }
`;

it('of more leads that are late at once than the ceiling, each owner and each manager hears in one message', async () => {
  const { channels, told, target } = await openToldSales();
  const before = await openSalesStory(redis, 'HubSpot', { sales: salesWith('off'), channels });
  const ofDana = ['ada', 'bea', 'cleo', 'dora', 'eve'].map((name) => before.addProspect(name, { owner: DANA }));
  const ofAiko = ['fay', 'gia', 'hana'].map((name) => before.addProspect(name, { owner: AIKO }));
  const all = [...ofDana, ...ofAiko];
  await before.backfill();
  await before.pass(HOUR);
  for (const person of all) before.asksForDemo(person);
  await before.sync();
  expect(told()).toHaveLength(8);

  const story = await before.reopen(storyConfig({ sales: salesWith('{ leads: 2, per: 1d }') }));
  const subjects = () => target.requests.map(({ body }): string => JSON.parse(body).data.subject);
  const late = { reminder: 'Reminder: a lead has waited', escalation: 'Nobody followed up: a lead has waited' };
  await story.pass(10 * MINUTE, { step: 5 * MINUTE });
  const reminders = subjects().slice(8);
  expect(reminders.filter((subject) => subject.startsWith(late.reminder))).toHaveLength(2);
  const gathered = (some: readonly string[]) =>
    some.filter((subject) => /\d leads are overdue/.test(subject)).toSorted();
  expect(gathered(reminders)).toEqual(['Reminder: 3 leads are overdue', 'Reminder: 5 leads are overdue']);
  expect(reminders).toHaveLength(4);
  for (const person of all)
    expect([story.held(person, 'followUp'), story.held(person, 'overdue')]).toEqual(['reminded', true]);

  await story.pass(40 * MINUTE, { step: 20 * MINUTE });
  const escalations = subjects().slice(12);
  expect(escalations.filter((subject) => subject.startsWith(late.escalation))).toHaveLength(2);
  expect(gathered(escalations)).toEqual([
    'Nobody followed up: 3 leads are overdue with one owner',
    'Nobody followed up: 5 leads are overdue with one owner',
  ]);
  expect(escalations).toHaveLength(4);
  for (const person of all) {
    expect(story.held(person, 'followUp')).toBe('escalated');
    expect(story.tasks(person)).toHaveLength(2);
  }
});

it('whoever all owners are escalated to hears in one message of the leads of all of them', async () => {
  const boss = 'boss@gaugeworks.example';
  const { channels, told, target } = await openToldSales();
  const before = await openSalesStory(redis, 'HubSpot', { sales: salesWith('off', boss), channels });
  const owners = [DANA, DANA, AIKO, AIKO];
  const all = owners.map((owner, index) => before.addProspect(`lead${index}`, { owner }));
  await before.backfill();
  for (const person of all) before.asksForDemo(person);
  await before.sync();
  await before.pass(10 * MINUTE, { step: 10 * MINUTE });
  expect(told()).toHaveLength(8);

  const story = await before.reopen(storyConfig({ sales: salesWith('{ leads: 1, per: 1d }', boss) }));
  await story.pass(40 * MINUTE, { step: 40 * MINUTE });
  expect(told().slice(8)).toEqual(['escalation to boss', 'escalation to boss']);
  const subjects = target.requests.slice(8).map(({ body }): string => JSON.parse(body).data.subject);
  expect(subjects).toContain('Nobody followed up: 4 leads are overdue');
});
