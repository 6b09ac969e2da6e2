import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { CRMS, type CrmName, openSalesStory, type Person } from '../support/sales-story.ts';
import { COOLS_FAST } from '../support/sales-story-config.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

/** Prospects whom interest made MQLs, in a CRM that was backfilled before. */
async function withMql(crm: CrmName) {
  const story = await openSalesStory(redis, crm, COOLS_FAST);
  const [person, another] = [story.addProspect('ada'), story.addProspect('bea')];
  await story.clock.advance(MINUTE);
  await story.backfill();
  await story.becomeMqls(person, another);
  return { story, person, another };
}

describe.each(CRMS)('in %s', (crm) => {
  it('an MQL goes back to marketing after 30 days below the threshold, dated and with the reason', async () => {
    const { story, person } = await withMql(crm);
    const mqlAt = Number(story.held(person, 'mqlAt'));
    await story.pass(40 * DAY, { step: 40 * DAY });
    expect(story.stage(person)).toBe('mql');
    expect(story.held(person, 'engagement')).toBeLessThan(10);
    await story.pass(3 * DAY, { step: 3 * DAY });
    expect(story.stage(person)).toBe('lead');
    const days = (Number(story.held(person, 'recycledAt')) - mqlAt) / DAY;
    expect(days).toBeGreaterThan(40);
    expect(days).toBeLessThan(44);
    expect(story.outputs(person)).toMatchObject({
      mqlAt,
      followUp: 'closed',
      stageReason: 'Recycled: engagement below 10 for 30 days',
    });
    expect(story.held(person, 'route')).toBeUndefined();
    expect(story.held(person, 'overdue')).not.toBe(true);
    // To come to sales again it has to pass the whole gate.
    story.submit('calculator', person);
    story.visit(person, '/pricing');
    await story.pass(HOUR, { step: HOUR });
    expect(story.stage(person)).toBe('mql');
    expect(story.tasks(person).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Ready for sales'),
      expect.stringContaining('Ready for sales'),
    ]);
  });

  it('whom sales work already is never taken back; who is left to lie for a month is', async () => {
    const story = await openSalesStory(redis, crm, COOLS_FAST);
    const names = ['working', 'moved-on', 'called', 'forgotten'];
    const people = names.map((name) => story.addProspect(name));
    const [working, movedOn, called, forgotten] = people as [Person, Person, Person, Person];
    await story.clock.advance(MINUTE);
    await story.backfill();
    await story.becomeMqls(...people);
    story.say(working, 'working');
    story.moveTo(movedOn, 'sql');
    await story.pass(60 * DAY, { step: 20 * DAY, each: () => story.call(called, { reached: false }) });
    expect(people.map(story.stage)).toEqual(['mql', 'sql', 'mql', 'lead']);
    expect(story.held(forgotten, 'recycledAt')).toBeGreaterThan(0);
    for (const person of [working, movedOn, called]) expect(story.held(person, 'recycledAt')).toBeUndefined();
    // Nobody works it any more, and the last call is a month ago.
    story.say(working, 'none');
    await story.pass(31 * DAY, { step: 31 * DAY });
    expect(people.map(story.stage)).toEqual(['lead', 'sql', 'lead', 'lead']);
  });

  it('"not now" or "none for us" of sales sends an MQL back at once, and only a request of its own brings it to them again', async () => {
    const { story, person, another } = await withMql(crm);
    const mqlAt = story.held(person, 'mqlAt');
    const said = story.clock.now();
    story.say(person, 'not-now');
    story.say(another, 'rejected');
    await story.sync();
    expect([person, another].map(story.stage)).toEqual(['lead', 'lead']);
    expect(story.held(another, 'stageReason')).toBe('Recycled: sales say that it is none for them');
    expect(story.outputs(person)).toMatchObject({ mqlAt, followUp: 'closed' });
    expect(story.held(person, 'stageReason')).toBe('Recycled: sales say not now');
    expect(Number(story.held(person, 'recycledAt'))).toBeGreaterThanOrEqual(said);
    expect(story.held(person, 'route')).toBeUndefined();

    // Below the gate and above it again, while they say so.
    expect(await story.stagesWhile(person, 28 * DAY, { step: 28 * DAY })).toEqual(['lead']);
    expect(story.held(person, 'mql')).toBe(false);
    story.submit('calculator', person);
    story.visit(person, '/pricing');
    await story.pass(DAY);
    expect(story.held(person, 'mql')).toBe(true);
    expect(story.stage(person)).toBe('lead');

    story.asksForDemo(person);
    await story.sync();
    expect(story.stage(person)).toBe('mql');
    expect(story.outputs(person)).toMatchObject({ route: 'sales', fastTrack: 'demo-request', followUp: 'open' });
    expect(story.held(person, 'stageReason')).toBe('MQL: fast track demo-request');
    expect(story.tasks(person)).toHaveLength(2);
    // The word is of then: it takes nobody back a second time.
    expect(await story.stagesWhile(person, 4 * DAY, { step: 4 * DAY })).toEqual(['mql']);
    await story.losesRedis();
    expect(await story.stagesWhile(person, DAY)).toEqual(['mql']);
  });
});

// What follows is decided before either CRM comes in.
describe('in either, as here in HubSpot', () => {
  const crm = 'HubSpot';

  it('who came to sales without any interest goes back a month later, though nothing happens till then', async () => {
    const rule = '  - { id: leader, when: { field: job_title, seniority: [head] }, follow_up_within: 1d }\n';
    const story = await openSalesStory(redis, crm, {
      model: (yaml) => yaml.replace('fast_track:\n', `fast_track:\n${rule}`).replace('task: true', 'task: false'),
      sales: 'follow_up: off\n',
    });
    const ada = story.addProspect('ada', { isStranger: true });
    await story.backfill();
    await story.pass(40 * DAY, { step: 40 * DAY });
    story.getsKnown(ada);
    await story.sync();
    expect(story.stage(ada)).toBe('mql');
    await story.pass(28 * DAY, { step: 28 * DAY });
    expect(story.stage(ada)).toBe('mql');
    await story.pass(3 * DAY, { step: 3 * DAY });
    expect(story.stage(ada)).toBe('lead');
    expect(story.held(ada, 'stageReason')).toBe('Recycled: engagement below 10 for 30 days');
  });

  it('nobody goes back and forth across a threshold that their score crosses every week', async () => {
    const { story, person } = await withMql(crm);
    const weekly = async (weeks: number, path: string) => {
      const stages = [story.stage(person)];
      const engagement: number[] = [];
      const look = () => {
        if (story.stage(person) !== stages.at(-1)) stages.push(story.stage(person));
        engagement.push(Number(story.held(person, 'engagement')));
      };
      for (let week = 0; week < weeks; week += 1) {
        story.visit(person, path);
        await story.pass(MINUTE, { step: MINUTE, each: look });
        await story.pass(7 * DAY - MINUTE, { step: 7 * DAY, each: look });
      }
      const settled = engagement.slice(-4);
      return { stages, low: Math.min(...settled), high: Math.max(...settled) };
    };
    // Across the gate of engagement, 20: up to 22 and down to 11.
    const hot = await weekly(2, '/pricing');
    expect(hot.stages).toEqual(['mql']);
    expect(hot.low).toBeLessThan(20);
    expect(hot.high).toBeGreaterThanOrEqual(20);
    // Across that of recycling, 10: up to 12 and down to 6.
    const mild = await weekly(4, '/product');
    expect(mild.stages).toEqual(['mql']);
    expect(mild.low).toBeLessThan(10);
    expect(mild.high).toBeGreaterThanOrEqual(10);
    // Silence brings it back, once; then nothing below the whole gate brings it forward again.
    expect(await story.stagesWhile(person, 42 * DAY, { step: 14 * DAY })).toEqual(['mql', 'lead']);
    expect(await weekly(2, '/product')).toMatchObject({ stages: ['lead'] });
    expect(await weekly(3, '/pricing')).toMatchObject({ stages: ['lead', 'mql'] });
    expect(story.tasks(person)).toHaveLength(2);
  });

  it('leaves who was an MQL, and cold or given back, before the first backfill', async () => {
    const story = await openSalesStory(redis, crm, COOLS_FAST);
    const given = story.addProspect('given', { stage: 'mql' });
    story.say(given, 'not-now');
    const cold = story.addProspect('cold', { stage: 'mql' });
    await story.clock.advance(40 * DAY);
    await story.backfill();
    await story.pass(36 * DAY, { step: 18 * DAY });
    expect([given, cold].map(story.stage)).toEqual(['mql', 'mql']);
    await story.losesRedis();
    for (const person of [given, cold]) story.visit(person, '/blog');
    await story.pass(3 * DAY, { step: 3 * DAY });
    expect([given, cold].map(story.stage)).toEqual(['mql', 'mql']);
    for (const person of [given, cold]) expect(story.held(person, 'recycledAt')).toBeUndefined();
    // What they say from now on is heard.
    story.say(cold, 'not-now');
    await story.sync();
    expect(story.stage(cold)).toBe('lead');
  });

  it('gives nobody back for a word that was said while Redis was empty, but hears the next one', async () => {
    const { story, person } = await withMql(crm);
    await redis.flush();
    story.say(person, 'not-now');
    await story.backfill();
    await story.pass(DAY);
    expect(story.stage(person)).toBe('mql');
    story.say(person, 'none');
    await story.sync();
    story.say(person, 'not-now');
    await story.sync();
    expect(story.stage(person)).toBe('lead');
  });
});
