import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { dropRule, resumeRule } from '../../src/ledger/ceiling-decisions.ts';
import { CRMS, openSalesStory } from '../support/sales-story.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

/** A line of business that is interested in who leads others, and passes them on with its own paper: warm for nine days, and cold then. */
const line = (id: string, { form, more, demo }: Readonly<Record<'form' | 'more' | 'demo', string>>) => `
model: ${id}
name: ${id.charAt(0).toUpperCase()}${id.slice(1)}
fit:
  max: 100
  groups:
    - name: Title
      criteria:
        - { id: leads-others, when: { field: job_title, seniority: [c-level, vp, director, head] }, points: 60 }
engagement:
  max: 100
  window: 180d
  half_life: 7d
  groups:
    - name: Content
      criteria:
        - { id: paper, when: { activity: form-submission, form: ${form} }, points: 50, per: once }
        - { id: more, when: { activity: form-submission, form: ${more} }, points: 50, per: once }
grades:
  fit: { A: 60, B: 40, C: 20, D: 0 }
  engagement: { 1: 50, 2: 40, 3: 20, 4: 0 }
lifecycle:
  mql: { fit: 50, engagement: 40 }
  recycle: { engagement_below: 20, for: 30d }
fast_track:
  - { id: ${id}-demo, when: { activity: form-submission, form: ${demo} }, follow_up_within: 5m }
routes:
  nurture:
    - { id: ${id}-news, when: { activity: form-submission, form: [newsletter, event] } }
`;
const MODELS = {
  platform: line('platform', { form: 'whitepaper', more: 'webinar', demo: 'demo-request' }),
  services: line('services', { form: 'ebook', more: 'calculator', demo: 'contact-sales' }),
};

describe.each(CRMS)('in %s, with two models about everybody', (crm) => {
  const open = () => openSalesStory(redis, crm, { models: MODELS, series: [] });

  it('whom the second passes on is not taken away by the first, for which they did nothing', async () => {
    const story = await open();
    const ada = story.addProspect('ada');
    await story.backfill();
    // By now the first would have given her back, had sales had her.
    await story.pass(36 * DAY, { step: 36 * DAY });
    story.submit('ebook', ada);
    await story.pass(HOUR, { step: HOUR });
    expect(story.stage(ada)).toBe('mql');
    expect(story.outputs(ada, 'services')).toMatchObject({ route: 'sales', mqlAt: expect.any(Number) });
    expect(story.outputs(ada, 'platform')).not.toHaveProperty('mqlAt');
    story.submit('newsletter', ada);
    expect(await story.stagesWhile(ada, 36 * DAY, { step: 12 * DAY })).toEqual(['mql']);
    for (const model of ['platform', 'services']) expect(story.held(ada, 'nurture', model)).toBeUndefined();

    expect(await story.stagesWhile(ada, 6 * DAY, { step: 3 * DAY })).toEqual(['mql', 'lead']);
    expect(story.outputs(ada, 'services')).toMatchObject({
      recycledAt: expect.any(Number),
      stageReason: 'Recycled: engagement below 20 for 30 days',
    });
    expect(story.held(ada, 'route', 'services')).toBeUndefined();
    expect(await story.stagesWhile(ada, 6 * DAY, { step: 6 * DAY })).toEqual(['lead']);
    expect(await story.wrong()).toEqual([]);
  });

  it('who is with sales by both goes back once neither holds them, and to nurture by both after that', async () => {
    const story = await open();
    const ada = story.addProspect('ada');
    await story.backfill();
    await story.pass(HOUR, { step: HOUR });
    story.submit('whitepaper', ada);
    await story.pass(HOUR, { step: HOUR });
    expect(story.stage(ada)).toBe('mql');
    // Nobody who is with sales is nurtured, by whichever of them.
    for (const form of ['newsletter', 'ebook']) {
      story.submit(form, ada);
      await story.pass(HOUR, { step: HOUR });
    }
    for (const model of ['platform', 'services']) {
      expect(story.outputs(ada, model)).toMatchObject({ route: 'sales', mqlAt: expect.any(Number) });
      expect(story.held(ada, 'nurture', model)).toBeUndefined();
    }
    await story.pass(25 * DAY, { step: 25 * DAY });
    // The second is warm for nine days more: after 40 days the first alone would give her back.
    story.submit('calculator', ada);
    await story.pass(HOUR, { step: HOUR });
    await story.pass(25 * DAY, { step: 25 * DAY });
    expect(story.stage(ada)).toBe('mql');
    for (const model of ['platform', 'services']) expect(story.held(ada, 'recycledAt', model)).toBeUndefined();
    expect(await story.stagesWhile(ada, 18 * DAY, { step: 18 * DAY })).toEqual(['mql', 'lead']);
    for (const model of ['platform', 'services']) {
      expect(story.held(ada, 'recycledAt', model)).toBeGreaterThan(0);
      expect(story.held(ada, 'route', model)).toBeUndefined();
    }
    story.submit('event', ada);
    await story.pass(HOUR, { step: HOUR });
    for (const model of ['platform', 'services']) {
      expect(story.outputs(ada, model)).toMatchObject({ route: 'nurture', nurture: `${model}-news` });
    }
  });

  it('"not now" is heard by both at once, and a request to one of them brings the lead to that one alone', async () => {
    const story = await open();
    const ada = story.addProspect('ada');
    await story.backfill();
    await story.pass(HOUR, { step: HOUR });
    story.submit('whitepaper', ada);
    story.submit('ebook', ada);
    await story.pass(HOUR, { step: HOUR });
    story.say(ada, 'not-now');
    await story.sync();
    expect(story.stage(ada)).toBe('lead');
    for (const model of ['platform', 'services']) {
      expect(story.held(ada, 'stageReason', model)).toBe('Recycled: sales say not now');
    }
    story.submit('contact-sales', ada);
    await story.pass(DAY);
    expect(story.stage(ada)).toBe('mql');
    expect(story.held(ada, 'route', 'services')).toBe('sales');
    expect(story.held(ada, 'route', 'platform')).toBeUndefined();
    expect(await story.stagesWhile(ada, 8 * DAY, { step: 8 * DAY })).toEqual(['mql']);
  });
});

it('of a form that both have a rule on, one rule is dropped, and the other goes on once a person says so', async () => {
  const models = { ...MODELS, services: MODELS.services.replace('form: contact-sales', 'form: demo-request') };
  const story = await openSalesStory(redis, 'HubSpot', {
    ...{ models, series: [] },
    sales: 'ceiling: { leads: 1, per: 1h }\nfollow_up: off\n',
  });
  const { space } = story.connection;
  const people = ['ada', 'bea'].map((name) => story.addProspect(name));
  await story.backfill();
  await story.pass(HOUR, { step: HOUR });
  for (const person of people) story.asksForDemo(person);
  await story.sync();
  const tasks = () => people.map((person) => story.tasks(person).length).toSorted();
  expect(tasks()).toEqual([0, 1]);
  await dropRule(space, 'services/services-demo', story.clock.now());
  await story.pass(DAY);
  expect(tasks()).toEqual([0, 1]);
  await resumeRule(space, 'platform/platform-demo', story.clock.now());
  await story.pass(DAY);
  expect(tasks()).toEqual([1, 1]);
  expect(people.map((person) => story.held(person, 'route', 'platform'))).toEqual(['sales', 'sales']);
  expect(people.map((person) => story.held(person, 'route', 'services')).toSorted()).toEqual(['sales', undefined]);
});
