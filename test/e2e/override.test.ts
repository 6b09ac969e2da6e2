import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import { addProspect, stageOf, tasksOf } from '../support/people.ts';
import { smallConfig } from '../support/small-models.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const MQL = 'marketingqualifiedlead';

const PLATFORM = {
  fit: [
    '{ id: too-small, when: { field: employees, at_most: 5 }, disqualify: company too small }',
    '{ id: no-way, when: { field: country, is: atlantis }, disqualify: no such country }',
  ],
  more: `
personas:
  buyer: { field: job_title, seniority: [c-level, vp] }
  boss: { field: job_title, seniority: [head, director] }
fast_track:
  - { id: wants-demo, when: { activity: form-submission, form: demo-request }, follow_up_within: 5m }
  - { id: buys-now, when: { field: timeframe, is: now }, follow_up_within: 1h }
`,
};

/** A portal with one prospect, scored. `extra`: what else is known of them. */
async function openWithProspect(extra: Readonly<Record<string, string>> = {}) {
  const world = await openTestWorld(redis, { config: smallConfig({ models: { platform: PLATFORM, services: {} } }) });
  const { contact, email } = addProspect(world, 'ada', extra);
  await world.backfill();
  return {
    world,
    contact,
    email,
    say: (values: Readonly<Record<string, string | undefined>>) => world.sandbox.people.update(contact.id, values),
    text: (key: string) => world.text(contact, `leadgauge_${key}`),
  };
}

describe('a persona', () => {
  it('is written, follows the lead, and goes when none fits', async () => {
    const { world, say, text } = await openWithProspect();
    expect(text('persona')).toBe('boss');
    say({ jobtitle: 'CFO' });
    await world.sync();
    expect(text('persona')).toBe('buyer');
    say({ jobtitle: 'Accountant' });
    await world.sync();
    expect(text('persona')).toBeUndefined();
    expect(await world.wrong()).toEqual([]);
  });
});

describe('a lead that the model rules out', () => {
  it('says why, line by line, until it no longer holds', async () => {
    const { world, say, text } = await openWithProspect({ numemployees: '1-5', country: 'Atlantis' });
    expect(text('disqualified')).toBe('company too small\nno such country');
    say({ country: 'Germany' });
    await world.sync();
    expect(text('disqualified')).toBe('company too small');
    say({ numemployees: '500-1000' });
    await world.sync();
    expect(text('disqualified')).toBeUndefined();
  });

  it('is never promoted and never fast-tracked, by a form or by its fields', async () => {
    const { world, contact, email, say, text } = await openWithProspect({ numemployees: '1-5' });
    world.sandbox.people.submitForm('ebook', { email });
    world.sandbox.people.submitForm('demo', { email });
    say({ timeframe: 'now' });
    await world.clock.advance(MINUTE);
    await world.hotPoll();
    await world.sync();
    expect(text('mql')).toBe('false');
    expect(text('fast_track')).toBeUndefined();
    expect(tasksOf(world, contact)).toEqual([]);
    await world.backfill({ promote: true });
    // The other model has nothing against it.
    expect(world.number(contact, 'leadgauge_mql_at')).toBeUndefined();
    expect(world.number(contact, 'leadgauge_services_mql_at')).toBeGreaterThan(0);
  });

  it('is fast-tracked by its fields once it is no longer ruled out', async () => {
    const { world, contact, say } = await openWithProspect({ numemployees: '1-5', timeframe: 'now' });
    await world.sync();
    expect(tasksOf(world, contact)).toEqual([]);
    say({ numemployees: '500-1000' });
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });
});

describe('the word of a person', () => {
  it('that a lead is ready for sales beats the gates and is a reason; taken back, the model decides again', async () => {
    const { world, contact, say, text } = await openWithProspect();
    expect(text('mql')).toBe('false');
    say({ leadgauge_override: 'qualified' });
    await world.sync();
    expect(text('mql')).toBe('true');
    expect(text('reasons')?.split('\n')[0]).toBe('Set by hand: ready for sales');
    expect(stageOf(world, contact)).toBe(MQL);
    expect(text('route')).toBe('sales');
    expect(text('override')).toBe('qualified');
    // It was said of one model only.
    expect(text('services_mql')).toBe('false');
    say({ leadgauge_override: undefined });
    await world.sync();
    expect(text('mql')).toBe('false');
    expect(text('reasons')).not.toContain('by hand');
    expect(await world.wrong()).toEqual([]);
  });

  it('that a lead is ready beats what rules it out: it is promoted, and its demo request gets a task', async () => {
    const { world, contact, email, say, text } = await openWithProspect({ numemployees: '1-5' });
    expect(text('disqualified')).toBe('company too small');
    say({ leadgauge_override: 'qualified' });
    await world.sync();
    expect(text('disqualified')).toBeUndefined();
    expect(stageOf(world, contact)).toBe(MQL);
    world.sandbox.people.submitForm('demo', { email });
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(await world.wrong()).toEqual([]);
  });

  it('that a lead is not for sales keeps it from promotion and fast tracks', async () => {
    const { world, contact, email, say, text } = await openWithProspect();
    say({ leadgauge_override: 'disqualified', leadgauge_services_override: 'disqualified' });
    await world.sync();
    world.sandbox.people.submitForm('ebook', { email });
    world.sandbox.people.submitForm('demo', { email });
    say({ timeframe: 'now' });
    await world.clock.advance(MINUTE);
    await world.hotPoll();
    await world.sync();
    expect(text('mql')).toBe('false');
    expect(text('disqualified')).toBe('set by hand');
    expect(text('reasons')?.split('\n')[0]).toBe('Set by hand: not for sales');
    expect(stageOf(world, contact)).toBe('lead');
    expect(tasksOf(world, contact)).toEqual([]);
    expect(text('override')).toBe('disqualified');
  });

  it('that is said before the first backfill promotes nobody quietly', async () => {
    const world = await openTestWorld(redis, { config: smallConfig({ models: { platform: PLATFORM } }) });
    const { contact } = addProspect(world, 'ada', { leadgauge_override: 'qualified' });
    await world.clock.advance(MINUTE);
    await world.backfill();
    await world.sync();
    expect(world.text(contact, 'leadgauge_mql')).toBe('true');
    expect(stageOf(world, contact)).toBe('lead');
    await world.backfill({ promote: true });
    expect(stageOf(world, contact)).toBe(MQL);
  });
});
