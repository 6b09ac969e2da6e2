import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { CRMS, openSalesStory } from '../support/sales-story.ts';
import { storyConfig } from '../support/sales-story-config.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

describe.each(CRMS)('in %s', (crm) => {
  it('an e-book leads into its series, once, by property and list', async () => {
    const story = await openSalesStory(redis, crm);
    const [ada, bea] = [story.addProspect('ada'), story.addProspect('bea')];
    await story.backfill();
    await story.pass(HOUR, { step: HOUR });
    const done = story.clock.now();
    story.submit('ebook', ada);
    await story.pass(HOUR, { step: HOUR });
    expect(story.outputs(ada)).toMatchObject({ route: 'nurture', nurture: 'content' });
    expect(Math.abs(Number(story.held(ada, 'nurtureAt')) - done)).toBeLessThan(DAY);
    expect(story.series('content')).toEqual([ada.id]);
    expect([story.stage(ada), story.tasks(ada)]).toEqual(['lead', []]);
    expect(story.outputs(bea)).not.toHaveProperty('route');

    const before = story.outputs(ada);
    story.visit(ada, '/blog');
    await story.pass(2 * DAY, { step: 2 * DAY });
    await story.losesRedis();
    await story.backfill({ live: true });
    story.visit(ada, '/blog');
    await story.pass(2 * DAY, { step: 2 * DAY });
    const { route, nurture, nurtureAt } = story.outputs(ada);
    expect({ route, nurture, nurtureAt }).toEqual({
      route: 'nurture',
      nurture: 'content',
      nurtureAt: before.nurtureAt,
    });
    expect(story.series('content')).toEqual([ada.id]);
    expect(story.series('content')).not.toContain(bea.id);
  });

  it('a rule without a list writes the property alone', async () => {
    const story = await openSalesStory(redis, crm);
    const ada = story.addProspect('ada');
    await story.backfill();
    await story.pass(HOUR, { step: HOUR });
    story.submit('webinar', ada);
    await story.pass(HOUR, { step: HOUR });
    expect(story.outputs(ada)).toMatchObject({ route: 'nurture', nurture: 'webinar' });
    expect(story.series('content')).toEqual([]);
  });

  it('nobody who is with sales gets into a series; who was given back does, for what they do then', async () => {
    const story = await openSalesStory(redis, crm);
    const [ada, bea] = [story.addProspect('ada'), story.addProspect('bea')];
    const customer = story.addProspect('customer', { stage: 'customer' });
    await story.backfill();
    await story.pass(HOUR, { step: HOUR });
    story.showsInterest(ada);
    story.asksForDemo(bea);
    await story.pass(HOUR, { step: HOUR });
    for (const person of [ada, bea, customer]) story.submit('calculator', person);
    await story.pass(HOUR, { step: HOUR });
    expect(story.series('content')).toEqual([]);
    expect(story.held(ada, 'route')).toBe('sales');
    expect(story.held(bea, 'route')).toBe('sales');
    expect(story.held(customer, 'route')).toBeUndefined();

    for (const person of [ada, bea]) story.say(person, 'not-now');
    await story.pass(DAY);
    expect([ada, bea].map(story.stage)).toEqual(['lead', 'lead']);
    // What they did while sales had them leads nowhere.
    expect(story.series('content')).toEqual([]);
    expect(story.held(ada, 'route')).toBeUndefined();
    story.submit('whitepaper', bea);
    await story.pass(HOUR, { step: HOUR });
    expect(story.series('content')).toEqual([bea.id]);
    expect(story.outputs(bea)).toMatchObject({ route: 'nurture', nurture: 'content' });
    expect(story.stage(bea)).toBe('lead');
  });
});

// What follows is decided before either CRM comes in.
describe('in either, as here in HubSpot', () => {
  const crm = 'HubSpot';

  it('who is in a series and comes to be an MQL goes to sales, and comes back into it after that', async () => {
    const story = await openSalesStory(redis, crm, {
      model: (yaml) => yaml.replace('half_life: 45d', 'half_life: 7d'),
    });
    const ada = story.addProspect('ada');
    await story.backfill();
    await story.pass(HOUR, { step: HOUR });
    story.submit('ebook', ada);
    await story.pass(HOUR, { step: HOUR });
    expect(story.held(ada, 'route')).toBe('nurture');
    story.submit('whitepaper', ada);
    await story.pass(HOUR, { step: HOUR });
    expect([story.stage(ada), story.held(ada, 'route')]).toEqual(['mql', 'sales']);
    await story.pass(45 * DAY, { step: 45 * DAY });
    expect([story.stage(ada), story.held(ada, 'route')]).toEqual(['lead', undefined]);
    const first = Number(story.held(ada, 'nurtureAt'));
    story.submit('calculator', ada);
    await story.pass(HOUR, { step: HOUR });
    expect(story.held(ada, 'route')).toBe('nurture');
    expect(Number(story.held(ada, 'nurtureAt')) - first).toBeGreaterThan(40 * DAY);
    expect(story.series('content')).toEqual([ada.id]);
  });

  it('a rule that is new enrols nobody for what they did before it', async () => {
    const config = storyConfig();
    const story = await openSalesStory(redis, crm, { config, series: ['content', 'letters'] });
    const [ada, bea] = [story.addProspect('ada'), story.addProspect('bea')];
    await story.backfill();
    await story.pass(HOUR, { step: HOUR });
    story.submit('newsletter', ada);
    await story.pass(10 * DAY, { step: 10 * DAY });
    const letters = '    - { id: letters, when: { activity: form-submission, form: newsletter } }\n';
    const next = await story.reopen(
      storyConfig({
        model: (yaml) => yaml.replace('  nurture:\n', `  nurture:\n${letters}`),
        series: ['content', 'letters'],
      }),
    );
    await next.backfill();
    await next.pass(HOUR, { step: HOUR });
    for (const person of [ada, bea]) next.visit(person, '/blog');
    await next.backfill({ live: true });
    await next.pass(DAY);
    expect(next.held(ada, 'route')).toBeUndefined();
    expect(next.series('letters')).toEqual([]);
    next.submit('newsletter', bea);
    await next.pass(HOUR, { step: HOUR });
    expect(next.series('letters')).toEqual([bea.id]);
    expect(next.held(ada, 'route')).toBeUndefined();
  });

  it('the first backfill enrols nobody', async () => {
    const story = await openSalesStory(redis, crm);
    const ada = story.addProspect('ada');
    story.submit('ebook', ada);
    await story.clock.advance(3 * DAY);
    await story.backfill({ promote: true });
    await story.pass(DAY);
    story.visit(ada, '/blog');
    await story.pass(DAY);
    expect(story.held(ada, 'route')).toBeUndefined();
    expect(story.series('content')).toEqual([]);
  });
});
