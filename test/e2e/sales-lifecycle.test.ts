import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { hubspotOf } from '../../src/settings/config.ts';
import { CRMS, openSalesStory, type Person, type SalesStory } from '../support/sales-story.ts';
import { storyConfig } from '../support/sales-story-config.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

/** What leadgauge has said and done about somebody, beside the score. */
const HAPPENED = ['mqlAt', 'leadAt', 'recycledAt', 'route', 'routedAt', 'nurtureAt', 'stageReason'] as const;
const happened = (story: SalesStory, person: Person) => ({
  stage: story.stage(person),
  tasks: story.tasks(person).length,
  ...Object.fromEntries(HAPPENED.map((key) => [key, story.held(person, key)])),
});

describe.each(CRMS)('in %s', (crm) => {
  it('a subscriber comes to be a lead, and then an MQL, each dated and with its reason', async () => {
    const story = await openSalesStory(redis, crm);
    const ada = story.addProspect('ada', { stage: 'subscriber', isStranger: true });
    await story.backfill();
    await story.sync();
    expect(story.stage(ada)).toBe('subscriber');
    expect(story.outputs(ada)).not.toHaveProperty('leadAt');

    const known = story.clock.now();
    story.getsKnown(ada);
    await story.sync();
    expect(story.stage(ada)).toBe('lead');
    const leadAt = Number(story.held(ada, 'leadAt'));
    expect(leadAt - known).toBeGreaterThanOrEqual(0);
    expect(leadAt - known).toBeLessThan(15 * MINUTE);
    expect(story.held(ada, 'stageReason')).toBe('Lead: fit 55 and engagement 0 meet the gates of Platform');
    expect(story.tasks(ada)).toEqual([]);

    await story.becomeMqls(ada);
    expect(story.outputs(ada)).toMatchObject({ leadAt, route: 'sales', mql: true, followUp: 'open' });
    expect(story.held(ada, 'stageReason')).toMatch(/^MQL: fit 55 and engagement 3[02] meet the gates of Platform$/);
    expect(story.held(ada, 'mqlAt')).toBeGreaterThan(leadAt);
    expect(story.held(ada, 'routedAt')).toBe(story.held(ada, 'mqlAt'));
    expect(story.tasks(ada)).toHaveLength(1);
    expect(await story.wrong()).toEqual([]);
  });

  it('who was there before the first backfill is moved by --promote alone, and makes no task', async () => {
    const story = await openSalesStory(redis, crm);
    const subscriber = story.addProspect('ada', { stage: 'subscriber' });
    const ready = story.addProspect('bea');
    story.showsInterest(ready);
    await story.clock.advance(HOUR);
    await story.backfill();
    await story.pass(2 * DAY);
    for (const person of [subscriber, ready]) story.visit(person, '/product');
    await story.backfill({ live: true });
    await story.pass(DAY);
    expect([subscriber, ready].map(story.stage)).toEqual(['subscriber', 'lead']);
    expect(story.held(ready, 'mql')).toBe(true);

    await story.backfill({ promote: true });
    await story.pass(DAY);
    expect([subscriber, ready].map(story.stage)).toEqual(['lead', 'mql']);
    expect(story.held(subscriber, 'leadAt')).toBeGreaterThan(0);
    expect(story.held(ready, 'mqlAt')).toBeGreaterThan(0);
    for (const person of [subscriber, ready]) expect(story.tasks(person)).toEqual([]);
  });

  it('an emptied Redis moves nobody, and nothing is written for it', async () => {
    const story = await openSalesStory(redis, crm, { sales: 'follow_up: off\n' });
    const people = ['ada', 'bea', 'cleo', 'dora', 'eve'].map((name) =>
      story.addProspect(name, name === 'ada' ? { stage: 'subscriber' } : {}),
    );
    const [ada, bea, cleo, dora, eve] = people as [Person, Person, Person, Person, Person];
    await story.clock.advance(MINUTE);
    await story.backfill();
    await story.becomeMqls(bea, cleo);
    story.asksForDemo(dora);
    story.say(cleo, 'not-now');
    story.submit('ebook', eve);
    await story.pass(HOUR, { step: HOUR });
    expect(people.map(story.stage)).toEqual(['subscriber', 'mql', 'lead', 'mql', 'lead']);
    const before = people.map((person) => happened(story, person));
    const writes = story.writes();
    await story.losesRedis();
    await story.pass(HOUR, { step: HOUR });
    expect(story.writes()).toBe(writes);
    for (const person of [ada, cleo, eve]) story.visit(person, '/blog');
    await story.pass(HOUR, { step: HOUR });
    expect(people.map((person) => happened(story, person))).toEqual(before);
  });

  it('a new version of the model moves nobody, --promote does', async () => {
    const story = await openSalesStory(redis, crm);
    const subscriber = story.addProspect('ada', { stage: 'subscriber', isStranger: true });
    const reader = story.addProspect('bea');
    await story.backfill();
    story.submit('ebook', reader);
    await story.pass(DAY);
    expect([subscriber, reader].map(story.stage)).toEqual(['subscriber', 'lead']);

    const generous = (yaml: string) =>
      yaml.replace(/(id: (?:ebook|business-email)[\s\S]*?points: )\d+/g, (_, head: string) => `${head}30`);
    const next = await story.reopen(storyConfig({ model: generous }));
    for (const options of [{}, { live: true }]) {
      await next.backfill(options);
      await next.pass(DAY);
      for (const person of [subscriber, reader]) next.visit(person, '/product');
      await next.pass(DAY);
      expect([subscriber, reader].map(next.stage)).toEqual(['subscriber', 'lead']);
    }
    expect(next.held(reader, 'mql')).toBe(true);
    expect(next.held(subscriber, 'fit')).toBeGreaterThanOrEqual(20);

    await next.backfill({ promote: true });
    expect([subscriber, reader].map(next.stage)).toEqual(['lead', 'mql']);
  });
});

it('it is known for good that a subscriber was no lead, so that they come to be one after years of quiet', async () => {
  const model = `
model: platform
name: Platform
fit:
  max: 100
  groups: [{ name: Title, criteria: [{ id: leads-others, when: { field: job_title, seniority: [head] }, points: 60 }] }]
engagement:
  max: 100
  window: 90d
  groups: [{ name: Web, criteria: [{ id: views, when: { activity: page-view }, points: 50, per: once }] }]
grades: { fit: { A: 60, B: 40, C: 20, D: 0 }, engagement: { 1: 50, 2: 40, 3: 20, 4: 0 } }
lifecycle: { lead: { fit: 20 }, mql: { fit: 50, engagement: 40 } }
`;
  const config = storyConfig({ models: { platform: model }, series: [] });
  const file = hubspotOf(config);
  // Without the status of sales nothing else would ask for that.
  const hubspot = { ...file, value: { ...file.value, sales_status: 'off' as const } };
  const story = await openSalesStory(redis, 'HubSpot', { config: { ...config, hubspot }, series: [] });
  const ada = story.addProspect('ada', { stage: 'subscriber', isStranger: true });
  await story.clock.advance(MINUTE);
  await story.backfill();
  const { redis: client, key } = story.connection.space;
  expect(await client.pttl(key('lead', ada.id))).toBe(-1);
  story.getsKnown(ada);
  await story.sync();
  expect(story.stage(ada)).toBe('lead');
});
