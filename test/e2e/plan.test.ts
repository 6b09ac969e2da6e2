import { describe, expect, it } from 'vitest';
import { type ComparedLead, valueAfter } from '../../src/analysis/compared-lead.ts';
import { reportOf } from '../../src/analysis/model-report.ts';
import { DAY, MINUTE } from '../../src/base/clock.ts';
import type { Outputs } from '../../src/crm/crm.ts';
import { type PlanOptions, plan } from '../../src/sync/plan.ts';
import { withScratch } from '../../src/sync/plan-scratch.ts';
import { addProspect, stageOf, tasksOf } from '../support/people.ts';
import { configOf, NEW, OLD, SERVICES } from '../support/plan-models.ts';
import { emptyRedis, keysLike } from '../support/redis-keys.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World, type WorldOptions } from '../support/world.ts';

const redis = await startTestRedis();
const client = redis.client();

describe('a plan', () => {
  it('agrees with what applying it then changes, lead for lead', async () => {
    const { world, changed } = await changedModel({ leads: 250 });
    const before = await heldBy(changed);
    const planned = await planOf(changed);
    expect(await heldBy(changed)).toEqual(before);
    const tally = await changed.backfill();
    const after = await heldBy(changed);

    expect(predicted(planned.leads)).toEqual(seen(after));
    const [report] = planned.reports;
    expect(report).toMatchObject({ leads: 250, written: tally.written, ...difference(before, after) });
    expect(report?.changed).toBeGreaterThan(100);
    expect(report?.up).toBeGreaterThan(0);
    expect(report?.down).toBeGreaterThan(0);
    expect(report?.intoMql).toBeGreaterThan(0);
    expect(report?.disqualified.after).toBeGreaterThan(0);
    expect(await changed.wrong()).toEqual([]);
    expect(world.text(world.contact(anyEmail(world)), 'leadgauge_model_version')).toBe(
      changed.connection.models.version,
    );
  });

  it('names what causes it: other points, a new criterion, one that is gone, a lower cap', async () => {
    const { changed } = await changedModel({ leads: 300 });
    const { criteria, removed, limits } = (await planOf(changed)).report;
    const causes = Object.fromEntries(criteria.map(({ id, up, down }) => [id, [up > 0, down > 0]]));
    expect(causes).toMatchObject({
      executive: [true, false],
      'personal-email': [true, false],
      'target-industry': [true, false],
      'company-known': [false, false],
      student: [false, false],
    });
    expect(removed).toMatchObject([{ label: 'Newsletter sign-up', up: 0 }]);
    expect(limits).toContainEqual(expect.objectContaining({ label: 'Web (cap)' }));
  });

  it('finds nothing to change once it is applied', async () => {
    const { changed } = await changedModel({ leads: 150 });
    await changed.backfill();
    expect((await planOf(changed)).report).toMatchObject({ leads: 150, changed: 0, written: 0, grades: {} });
  });

  it('works before the first backfill', async () => {
    const world = await openTestWorld(redis, { leads: 120, config: configOf(OLD) });
    const planned = await planOf(world);
    expect(planned.report).toMatchObject({ leads: 120, unscored: 120, changed: 120, written: 120, up: 0, down: 0 });
    expect(await otherKeys()).toEqual({});
    await world.backfill();
    expect(predicted(planned.leads)).toEqual(seen(await heldBy(world)));
  });

  it('knows what people did since the ledger was filled', async () => {
    const { world, changed } = await changedModel({ leads: 60 });
    await world.clock.advance(10 * MINUTE);
    const email = anyEmail(world);
    world.sandbox.people.submitForm('ebook', { email });
    world.sandbox.people.visit(world.contact(email).id, '/pricing');
    await world.clock.advance(MINUTE);
    const planned = await planOf(changed);
    await changed.backfill();
    const after = await heldBy(changed);
    expect(predicted(planned.leads)).toEqual(seen(after));
    expect(after.get(world.contact(email).id)?.platform?.reasons).toContain('E-book downloaded');
  });

  it('looks back as far as a longer window of the new model does', async () => {
    const world = await openTestWorld(redis, {
      leads: 100,
      config: configOf(OLD.replace('window: 180d', 'window: 40d')),
    });
    await world.backfill();
    const changed = await openTestWorld(redis, { joins: world, config: configOf(OLD) });
    const planned = await planOf(changed);
    expect(planned.report.up).toBeGreaterThan(0);
    await changed.backfill();
    expect(predicted(planned.leads)).toEqual(seen(await heldBy(changed)));
  });

  it('counts whom --promote would move forward, and applying it without promotes nobody', async () => {
    const { changed } = await changedModel({ leads: 300 });
    const { report } = await planOf(changed);
    expect(report.promotions).toBeGreaterThan(0);
    expect(await changed.backfill()).toMatchObject({ promoted: 0 });
    expect((await planOf(changed)).report.promotions).toBe(report.promotions);
    expect(await changed.backfill({ promote: true })).toMatchObject({ promoted: report.promotions });
    expect((await planOf(changed)).report.promotions).toBe(0);
  });

  it('counts whom the rules would send where, had they been there all along, and applying it sends nobody', async () => {
    const world = await openTestWorld(redis);
    const { people } = world.sandbox;
    const [asked, reader, cold, subscriber] = [
      addProspect(world, 'asked'),
      addProspect(world, 'reader'),
      addProspect(world, 'cold', {
        lifecyclestage: 'marketingqualifiedlead',
        leadgauge_mql_at: String(world.clock.now()),
      }),
      addProspect(world, 'subscriber', { lifecyclestage: 'subscriber' }),
    ];
    people.submitForm('demo', { email: asked.email });
    people.submitForm('ebook', { email: reader.email });
    people.visit(cold.contact.id, '/blog');
    await world.clock.advance(100 * DAY);
    const counts = async () => {
      const { toLead, recycled, nurture, fastTracked, fastTracks } = (await planOf(world)).report;
      return { toLead, recycled, nurture, fastTracked, fastTracks };
    };
    const expected = {
      toLead: 1,
      recycled: 1,
      nurture: [{ rule: 'content', leads: 1 }],
      fastTracked: 1,
      fastTracks: [{ rule: 'demo-request', leads: 1 }],
    };
    expect(await counts()).toEqual(expected);
    await world.backfill();
    const held = [asked, reader, cold, subscriber].map(({ contact }) => [
      stageOf(world, contact),
      world.text(contact, 'leadgauge_route'),
    ]);
    expect(held).toEqual([
      ['lead', undefined],
      ['lead', undefined],
      ['marketingqualifiedlead', undefined],
      ['subscriber', undefined],
    ]);
    expect(tasksOf(world, asked.contact)).toEqual([]);
    expect(await counts()).toEqual(expected);

    // Whoever asks from now on, sales is told of.
    people.submitForm('demo', { email: asked.email });
    await world.sync();
    expect(tasksOf(world, asked.contact)).toHaveLength(1);
    expect(await counts()).toMatchObject({ fastTracked: 0, fastTracks: [] });
  });

  it('tells of each of several models, and of leads that a model is no longer about', async () => {
    const both = configOf(OLD, SERVICES);
    const world = await openTestWorld(redis, { leads: 200, config: both });
    await world.backfill();
    const next = configOf(
      NEW,
      SERVICES.replace('[Germany, France, Spain]', '[Spain, United Kingdom]').replace('points: 20 }', 'points: 25 }'),
    );
    const changed = await openTestWorld(redis, { joins: world, config: next });
    const planned = await planOf(changed);
    const [platform, services] = planned.reports;
    expect(platform).toMatchObject({ model: 'platform', leads: 200, applies: 200, leaving: 0 });
    expect(services?.leads).toBe(200);
    expect(services?.applies).toBeLessThan(200);
    expect(services?.leaving).toBeGreaterThan(0);
    expect(services?.unscored).toBeGreaterThan(0);
    await changed.backfill();
    expect(predicted(planned.leads)).toEqual(seen(await heldBy(changed)));
  });

  it('of a sample says of how many, scales nothing, and says of each lead what the whole says', async () => {
    const { changed } = await changedModel({ leads: 300 });
    const whole = await planOf(changed);
    const searches = changed.calls.search;
    const part = await planOf(changed, { sample: 60 });
    expect(part.report.leads).toBe(60);
    expect(part.sampleOf).toBe(300);
    expect(part.report.criteria.every(({ fires }) => fires <= 60)).toBe(true);
    expect(changed.calls.search - searches).toBeLessThan(100);
    // When it would be written is another time: waiting for the API budget moves the clock.
    for (const [key, lead] of part.leads) expect(untimed(lead)).toEqual(untimed(whole.leads.get(key)));
    const all = await planOf(changed, { sample: 5_000 });
    expect(all).toMatchObject({ sampleOf: undefined, report: { leads: 300, changed: whole.report.changed } });
  });

  it('of an empty portal is empty', async () => {
    const world = await openTestWorld(redis, { config: configOf(OLD) });
    expect((await planOf(world)).report).toMatchObject({ leads: 0, changed: 0 });
    expect((await planOf(world, { sample: 10 })).report).toMatchObject({ leads: 0 });
  });
});

describe('a plan leaves no trace', () => {
  it('in the portal: every request reads', async () => {
    const { changed } = await changedModel({ leads: 100 });
    const { requests } = changed.sandbox;
    const written = () => requests.count({ kind: 'write' });
    const before = { writes: written(), all: requests.count({}) };
    await planOf(changed);
    await planOf(changed, { sample: 20 });
    expect(written()).toBe(before.writes);
    expect(requests.count({})).toBeGreaterThan(before.all);
  });

  it('in Redis, but for the API calls that it has used', async () => {
    const { changed } = await changedModel({ leads: 100 });
    await changed.clock.advance(DAY);
    const before = await otherKeys();
    expect(Object.keys(before).length).toBeGreaterThan(100);
    await planOf(changed);
    expect(await otherKeys()).toEqual(before);
  });

  it('in Redis when it is stopped, be it while it reads leads or activities', async () => {
    const { changed } = await changedModel({ leads: 250 });
    const before = await otherKeys();
    const stop = new AbortController();
    const stopped = planOf(changed, { signal: stop.signal, onProgress: () => stop.abort(new Error('SIGINT')) });
    await expect(stopped).rejects.toThrow('SIGINT');
    expect(await otherKeys()).toEqual(before);
    await emptyRedis(client);
    const early = new AbortController();
    const fetching = planOf(changed, { signal: early.signal, onActivities: () => early.abort(new Error('SIGINT')) });
    await expect(fetching).rejects.toThrow('SIGINT');
    expect(await otherKeys()).toEqual({});
  });
});

/** A portal that the old model scored, and the same one seen by the new one. */
async function changedModel(options: WorldOptions): Promise<{ world: World; changed: World }> {
  const world = await openTestWorld(redis, { ...options, config: configOf(OLD) });
  await world.backfill();
  return { world, changed: await openTestWorld(redis, { joins: world, config: configOf(NEW) }) };
}

async function planOf({ connection }: World, options: PlanOptions = {}) {
  const leads = new Map<string, ComparedLead>();
  const { figures, sampleOf } = await withScratch(client, 'plan', (scratch) =>
    plan(connection, scratch, { onLead: (id, model, lead) => leads.set(`${id} ${model}`, lead), ...options }),
  );
  const reports = figures.map(reportOf);
  const [report] = reports;
  if (report === undefined) throw new Error('there is no model');
  return { leads, sampleOf, reports, report };
}

const untimed = (lead: ComparedLead | undefined): unknown =>
  JSON.parse(JSON.stringify(lead ?? null, (key, value) => (key === 'scoredAt' ? undefined : value)));

type Held = ReadonlyMap<string, Readonly<Record<string, Partial<Outputs>>>>;

/** What the portal holds of every lead, by model. */
async function heldBy({ connection: { crm } }: World): Promise<Held> {
  const held = new Map<string, Readonly<Record<string, Partial<Outputs>>>>();
  let after: string | undefined;
  do {
    const page = await crm.listLeads(after);
    for (const { lead, outputs } of page.records) held.set(lead.id, outputs);
    after = page.next;
  } while (after !== undefined);
  return held;
}

const KEYS = [
  'score',
  'fit',
  'engagement',
  'grade',
  'reasons',
  'flags',
  'mql',
  'disqualified',
  'modelVersion',
] as const;

/** What each lead is to hold, by its id and model; nobody without a score. */
function predicted(leads: ReadonlyMap<string, ComparedLead>): Record<string, unknown> {
  return Object.fromEntries([...leads].flatMap(([key, lead]) => entry(key, (each) => valueAfter(lead, each))));
}

function seen(held: Held): Record<string, unknown> {
  const all = [...held].flatMap(([id, outputs]) =>
    Object.entries(outputs).flatMap(([model, own]) => entry(`${id} ${model}`, (each) => own[each])),
  );
  return Object.fromEntries(all);
}

/** No flags and no property of flags are the same. */
function entry(key: string, value: (each: (typeof KEYS)[number]) => unknown) {
  if (value('score') === undefined) return [];
  return [[key, Object.fromEntries(KEYS.map((each) => [each, value(each) ?? (each === 'flags' ? [] : undefined)]))]];
}

/** Counted from what the portal held and holds, without the plan. */
function difference(before: Held, after: Held) {
  const pairs = [...after].map(([id, { platform: now }]) => ({ was: before.get(id)?.platform, now }));
  const count = (holds: (was: Partial<Outputs>, now: Partial<Outputs>) => boolean) =>
    pairs.filter(({ was, now }) => was !== undefined && now !== undefined && holds(was, now)).length;
  const grades: Record<string, Record<string, number>> = {};
  for (const { was, now } of pairs) {
    const [from, to] = [was?.grade ?? '', now?.grade ?? ''];
    if (from === to) continue;
    grades[from] = { ...grades[from], [to]: (grades[from]?.[to] ?? 0) + 1 };
  }
  return {
    changed: count((was, now) =>
      KEYS.some((key) => key !== 'modelVersion' && JSON.stringify(was[key]) !== JSON.stringify(now[key])),
    ),
    up: count((was, now) => Number(now.score) > Number(was.score)),
    down: count((was, now) => Number(now.score) < Number(was.score)),
    intoMql: count((was, now) => was.mql === false && now.mql === true),
    outOfMql: count((was, now) => was.mql === true && now.mql === false),
    grades,
  };
}

/** Everything in Redis but the account of API calls. */
async function otherKeys(): Promise<Record<string, unknown>> {
  const keys = (await keysLike(client, '*')).filter((key) => !key.includes(':budget:')).sort();
  const held: Record<string, unknown> = {};
  for (const key of keys) held[key] = await read(key);
  return held;
}

async function read(key: string): Promise<unknown> {
  const type = await client.type(key);
  if (type === 'hash') return client.hgetall(key);
  if (type === 'zset') return client.zrange(key, '0', '-1', 'WITHSCORES');
  if (type === 'set') return (await client.smembers(key)).sort();
  return client.get(key);
}

function anyEmail({ sandbox: { portal } }: World): string {
  const contact = portal.contacts.all.find((one) => portal.textOf(one, 'email')?.includes('@'));
  return (contact && portal.textOf(contact, 'email')) ?? '';
}
