import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { CRMS, openSalesStory } from '../support/sales-story.ts';
import { storyConfig, TEAM } from '../support/sales-story-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openToldSales } from '../support/told-sales.ts';

const redis = await startTestRedis();
const [DANA, MARCO] = TEAM;

const salesWith = (followUp: string) => `
hours: { time_zone: UTC }
people:
  ${DANA}: { time_zone: UTC, manager: ${MARCO} }
follow_up: ${followUp}
notify: { https: on }
`;
const ON = '{ escalate_after: 30m, escalate_to: manager, attempts: 4, over: 10d }';

describe.each(CRMS)('in %s', (crm) => {
  it('a follow-up that is switched on tells nobody of what was due long before, and begins with what comes', async () => {
    const { channels, told } = await openToldSales();
    const before = await openSalesStory(redis, crm, { sales: salesWith('off'), channels });
    const [ada, bea, cleo] = ['ada', 'bea', 'cleo'].map((name) => before.addProspect(name, { owner: DANA }));
    if (ada === undefined || bea === undefined || cleo === undefined) throw new Error('nobody is there');
    await before.backfill();
    await before.pass(HOUR);
    for (const person of [ada, bea]) before.asksForDemo(person);
    await before.sync();
    before.call(bea, { reached: false });
    await before.pass(7 * DAY, { step: 7 * DAY });
    expect([ada, bea].map((person) => before.held(person, 'followUp'))).toEqual(['open', 'tried']);
    expect([ada, bea].map((person) => before.held(person, 'overdue'))).toEqual([false, false]);

    const story = await before.reopen(storyConfig({ sales: salesWith(ON) }));
    await story.backfill({ live: true });
    await story.pass(14 * DAY, { step: 7 * DAY });
    expect(told()).toHaveLength(2);
    expect([ada, bea].map((person) => story.held(person, 'followUp'))).toEqual(['open', 'closed']);
    expect(story.held(ada, 'overdue')).toBe(false);

    story.asksForDemo(cleo);
    await story.sync();
    await story.pass(6 * MINUTE);
    expect(told().slice(2)).toEqual(['routed to dana.whitlock', 'reminder to dana.whitlock']);
  });

  it('an owner who is reminded late, as nothing ran, has the same time before anybody else is told', async () => {
    const { channels, told } = await openToldSales();
    const story = await openSalesStory(redis, crm, { sales: salesWith(ON), channels });
    const ada = story.addProspect('ada', { owner: DANA });
    await story.backfill();
    await story.pass(HOUR);
    story.asksForDemo(ada);
    await story.sync();
    await story.clock.advance(4 * HOUR);
    await story.sync();
    expect(told().slice(1)).toEqual(['reminder to dana.whitlock']);
    for (let time = 0; time < 2; time += 1) {
      story.visit(ada, '/pricing');
      await story.pass(10 * MINUTE);
    }
    expect(told()).toHaveLength(2);
    await story.pass(15 * MINUTE);
    expect(told().slice(2)).toEqual(['escalation to marco.ferri']);
  });

  it('what is due at the end of a week is told after the weekend, also where Redis was emptied between', async () => {
    const { channels, told } = await openToldSales();
    const story = await openSalesStory(redis, crm, { sales: salesWith(ON), channels });
    const [ada, bea] = ['ada', 'bea'].map((name) => story.addProspect(name, { owner: DANA }));
    if (ada === undefined || bea === undefined) throw new Error('nobody is there');
    await story.backfill();
    // Friday: of one Dana is reminded, and the other is due as her day ends.
    const friday = Date.UTC(2026, 10, 20);
    await story.pass(friday + 16.5 * HOUR - story.clock.now(), { step: 7 * DAY });
    story.asksForDemo(bea);
    await story.sync();
    await story.pass(friday + 16.85 * HOUR - story.clock.now());
    story.asksForDemo(ada);
    await story.sync();
    await story.pass(friday + 17.2 * HOUR - story.clock.now());
    expect(told().filter((each) => each.startsWith('reminder'))).toHaveLength(1);
    await story.pass(2 * DAY, { step: 2 * DAY });
    await story.losesRedis();
    const monday = friday + 3 * DAY;
    for (const hour of [9.1, 10]) await story.pass(monday + hour * HOUR - story.clock.now(), { step: DAY });
    expect(told().filter((each) => each.startsWith('reminder'))).toHaveLength(2);
    expect(told().filter((each) => each.startsWith('escalation'))).toHaveLength(2);
    await story.losesRedis();
    await story.pass(7 * DAY, { step: 7 * DAY });
    expect(told()).toHaveLength(6);
  });
});

it('what sales said before a lead was routed, and a stage beyond MQL from before, are no touch of it; what they say and set after that is', async () => {
  const { channels, told } = await openToldSales();
  const story = await openSalesStory(redis, 'HubSpot', { sales: salesWith(ON), channels });
  const ada = story.addProspect('ada', { owner: DANA });
  const bea = story.addProspect('bea', { owner: DANA, stage: 'sql' });
  story.say(ada, 'working');
  await story.backfill();
  await story.pass(HOUR);
  for (const person of [ada, bea]) story.asksForDemo(person);
  await story.sync();
  for (const minutes of [6, 2]) await story.pass(minutes * MINUTE);
  const stand = () =>
    [ada, bea].map((person) => [story.held(person, 'followUp'), story.held(person, 'firstTouchedAt') !== undefined]);
  expect(stand()).toEqual([
    ['reminded', false],
    ['reminded', false],
  ]);
  story.say(ada, 'none');
  story.moveTo(bea, 'mql');
  await story.pass(5 * MINUTE);
  story.say(ada, 'working');
  story.moveTo(bea, 'sql');
  await story.pass(5 * MINUTE);
  expect(stand()).toEqual([
    ['reached', true],
    ['reached', true],
  ]);
  await story.pass(DAY);
  expect(told().filter((each) => !each.startsWith('routed'))).toEqual([
    'reminder to dana.whitlock',
    'reminder to dana.whitlock',
  ]);
});
