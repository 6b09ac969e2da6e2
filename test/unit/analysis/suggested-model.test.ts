import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatesFor } from '../../../src/analysis/gates.ts';
import type { Feature, History } from '../../../src/analysis/history.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';
import { type Suggestion, suggest } from '../../../src/analysis/suggest.ts';
import { suggestedModel } from '../../../src/analysis/suggested-model.ts';
import { NO_OWN_TITLES } from '../../../src/leads/titles.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { type ModelFile, readModel } from '../../../src/settings/model-file.ts';
import { leadOf, NOW, view } from '../scoring/model.ts';
import { plantedHistory } from './planted.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'leadgauge-suggested-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

function load(text: string): ModelFile {
  const file = join(dir, 'suggested.yaml');
  writeFileSync(file, text);
  return readModel(file, { lists: new Map(), titles: NO_OWN_TITLES });
}

const WEIGHTS = [1.4, 0.8, -0.9, 1.1, 0, -1.2, 0, -0.8];
const history = plantedHistory({
  leads: 3_000,
  weights: WEIGHTS,
  random: seededRandom(1),
  more: {
    0: { points: 5 },
    1: { points: 12, held: 'up' },
    4: { points: 8 },
    5: {
      name: 'City is "São\nPaulo" # 1 ☞ ann@example.com',
      source: 'City:\tof {all}',
      when: { field: 'city', is: 'São "Paulo": #1' },
    },
  },
});

const suggestion = (of: History) => suggest(of, { random: seededRandom(2), folds: 5 });
/** Once for all tests that only read it. */
const known = suggestion(history);

const write = (from: Suggestion, of: History, more: Partial<Parameters<typeof suggestedModel>[1]> = {}) =>
  suggestedModel(from, {
    model: 'suggested',
    name: 'Suggested',
    place: 'new',
    gates: gatesFor({ shareOfBuyers: 0.5 }, from, of),
    ...more,
  });

describe('a suggested model', () => {
  it('keeps a flag, what rules out and a window of its criteria, also where they get no points', async () => {
    const kept = [{ flag: 'first' }, {}, {}, { window: '30d' }, { flag: 'fifth', disqualify: 'no customer of ours' }];
    const features = history.features.map((feature, place) => ({ ...feature, points: 1, kept: kept[place] ?? {} }));
    const given = await suggestion({ ...history, features });
    const ids = features.map(({ id }) => id);
    expect(given.criteria.map(({ feature }) => feature.id)).not.toContain(ids[4]);
    const { value, model } = load(write(given, history));
    const all = [...value.fit.groups, ...value.engagement.groups].flatMap(({ criteria }) => criteria);
    expect(all.find(({ id }) => id === ids[0])).toMatchObject({ flag: 'first', points: expect.any(Number) });
    expect(all.find(({ id }) => id === ids[3])).toMatchObject({ window: 30 * 86_400_000, per: 'once' });
    const marked = all.find(({ id }) => id === ids[4]);
    expect(marked).toMatchObject({ flag: 'fifth', disqualify: 'no customer of ours' });
    expect(marked?.points).toBeUndefined();
    expect(model.flags).toEqual(['fifth', 'first']);
  });

  it('says plainly which criteria history is against: at its head, at its end, and where one stays as a mark', async () => {
    const of = plantedHistory({
      leads: 2_000,
      weights: [1.4, -1.2, -1.1],
      random: seededRandom(8),
      more: {
        0: { points: 5, held: 'up' },
        1: { points: 12, held: 'up', kept: { flag: 'second' } },
        2: { points: 7, held: 'up' },
      },
    });
    const text = write(await suggestion(of), of);
    const words = text.replaceAll(/\n# ?/g, ' ');
    expect(words).toContain(
      'History says the opposite of 2 criteria of the model, which get no points: feature-1, feature-2.',
    );
    for (const [id, before] of Object.entries({ 'feature-1': 12, 'feature-2': 7 })) {
      expect(words).toMatch(
        new RegExp(`Left out: ${id} \\(was ${before}\\), .*: history says the opposite of the sign`),
      );
    }
    const { value } = load(text);
    expect(value.fit.groups.flatMap(({ criteria }) => criteria).find(({ id }) => id === 'feature-1')).toMatchObject({
      flag: 'second',
    });
    expect(commentAbove(text, 'feature-1')).toMatch(/^History says the opposite of its points/);
  });

  it('gives no points for what rules leads out, of which a model is warned, and says why', async () => {
    const of = plantedHistory({
      leads: 2_000,
      weights: [1.4, 1.2, 0, 1.3],
      random: seededRandom(9),
      more: { 0: { points: 5 }, 1: { points: 12, kept: { disqualify: 'no customer of ours' } } },
    });
    const text = write(await suggestion(of), of);
    const { value, warnings } = load(text);
    expect(warnings.filter(({ message }) => !message.includes('alone makes an MQL'))).toEqual([]);
    const marked = value.fit.groups.flatMap(({ criteria }) => criteria).find(({ id }) => id === 'feature-1');
    expect(marked).toMatchObject({ disqualify: 'no customer of ours' });
    expect(marked?.points).toBeUndefined();
    expect(commentAbove(text, 'feature-1')).toMatch(/^It rules leads out/);
  });

  it('challenges the model that it began with, and says how to see what it would do', async () => {
    const text = write(await known, history, { place: { challengerTo: 'platform' } });
    expect(load(text).model.challengerTo).toBe('platform');
    expect(text.replaceAll(/\n# ?/g, ' ')).toMatch(/it scores silently .* "model: platform" and without challenger_to/);
    const alone = write(await known, history);
    expect(alone).not.toContain('challenger_to');
    expect(alone.replaceAll(/\n# ?/g, ' ')).toMatch(
      /judge it by leads that it was not learnt from, .*`leadgauge backtest --csv/,
    );
    expect(write(await known, history, { place: 'in-its-place' })).toContain('in the place of the model in use');
  });

  it('tells of points before and now only where there were some before', async () => {
    const headOf = (text: string) => text.replaceAll(/\n# ?/g, ' ').slice(0, text.indexOf('\nmodel:'));
    expect(headOf(write(await known, history))).toContain('and its points before and now;');
    const features = history.features.map(({ points: _, held: __, ...feature }) => feature);
    const table = { ...history, features };
    expect(headOf(write(await suggestion(table), table))).toContain('and its points;');
  });

  it('says who passes at no points, and which dimension decides alone', async () => {
    const from = await known;
    const barred = new Uint8Array(history.bought.length).fill(1, 0, 100);
    const gates = gatesFor({ shareOfBuyers: 0.5 }, from, { ...history, barred });
    const words = (more: Partial<typeof gates>) => {
      const text = write(from, history, { gates: { ...gates, ...more } }).replaceAll(/\n# ?/g, ' ');
      return text.slice(text.indexOf('Chosen to let pass'), text.indexOf('\nlifecycle:'));
    };
    expect(words({})).toMatch(/ 100 leads, of which \d+ bought, pass at no points: a required field is missing/);
    expect(words({ open: ['fit'] })).toContain('Of points, engagement alone decides');
  });

  it('says until when it was learnt, as a key that is read again, where that is known', async () => {
    const from = await known;
    const learntUntil = Date.UTC(2026, 9, 1, 17);
    const text = write(from, history, { learntUntil });
    expect(text).toContain('\nlearnt: { until: "2026-10-01" }\n');
    expect(load(text).model.learntUntil).toBe(Date.UTC(2026, 9, 2));
    const without = write(from, history);
    expect(without).not.toContain('learnt:');
    expect(load(text).model.version).toBe(load(without).model.version);
  });

  it('loads as any other, without a warning', async () => {
    const gates = { ...gatesFor({ shareOfBuyers: 0.5 }, await known, history), fit: 5, engagement: 5 };
    const { value, warnings } = load(write(await known, history, { gates }));
    expect(warnings).toEqual([]);
    expect(value).toMatchObject({ model: 'suggested', name: 'Suggested' });
  });

  it('gives each lead exactly the points that were suggested, also below 0', async () => {
    const from = await known;
    const gates = { ...gatesFor({ shareOfBuyers: 0.5 }, from, history), base: { fit: 0, engagement: 0 } };
    const { model } = load(write(from, history, { gates }));
    for (let lead = 0; lead < 300; lead++) {
      const { fit, engagement } = scoreLead(model, fieldsOf(history, lead), activitiesOf(history, lead), NOW);
      expect({ fit, engagement }).toEqual({ fit: from.scores.fit[lead], engagement: from.scores.engagement[lead] });
    }
    expect(Math.min(...from.scores.fit)).toBeLessThan(0);
    expect(Math.min(...from.scores.engagement)).toBeLessThan(0);
  });

  it.each([{ leadsAWeek: 20 }, { shareOfBuyers: 0.8 }, { shareOfBuyers: 1 }])(
    'lets the leads pass that its gates were chosen for: %j',
    async (aim) => {
      const from = await known;
      const gates = gatesFor(aim, from, history);
      expect(gates.meetsAim).toBe(true);
      const { model, value } = load(write(from, history, { gates }));
      expect(value.lifecycle.mql).toEqual({ fit: gates.fit, engagement: gates.engagement });
      const passing = [...history.bought.keys()].filter(
        (lead) => scoreLead(model, fieldsOf(history, lead), activitiesOf(history, lead), NOW).mql,
      );
      expect(passing.length).toBe(gates.leads);
    },
  );

  it('gives everybody base points where a gate would lie below 0, and says why', async () => {
    const from = await known;
    const gates = gatesFor({ shareOfBuyers: 0.9 }, from, history);
    const text = write(from, history, { gates });
    const { model, warnings } = load(text);
    expect(gates.base.fit).toBeGreaterThan(0);
    expect(Math.min(gates.fit, gates.engagement)).toBeGreaterThan(0);
    expect(warnings.filter(({ message }) => !message.includes('alone makes an MQL'))).toEqual([]);
    for (const lead of [leadOf(), leadOf({ email: 'ann@example.com' })]) {
      expect(scoreLead(model, lead, [], NOW)).toMatchObject(gates.base);
    }
    expect(commentAbove(text, 'base-fit')).toMatch(/^Everybody begins with these/);
  });

  it('says above each criterion what changed and why', async () => {
    const from = await known;
    const text = write(from, history);
    const [first] = from.criteria as [Suggestion['criteria'][number]];
    const above = commentAbove(text, first.feature.id);
    expect(above).toMatch(
      /^\d[\d,]* leads, \d+% of them bought \(\d+% to \d+%\), of all \d+%\. Was 5, now \d+ \(\d+ to \d+\)\.$/,
    );
    expect(commentAbove(text, 'feature-1')).toMatch(/Was 12, now \d+ .*Its sign is kept, as in the model\.$/);
    expect(commentAbove(text, 'feature-2')).toMatch(/New: -\d+ \(-\d+ to -\d+\)\.$/);
  });

  it('says at its head how good it is, and at its end what was left out', async () => {
    const from = await known;
    const words = write(from, history).replaceAll(/\n# ?/g, ' ');
    expect(words).toContain('from 3,000 leads of which');
    expect(words).toContain(
      `AUC ${from.auc.toFixed(3)} (${from.aucLow.toFixed(3)} to ${from.aucHigh.toFixed(3)}), 5-fold`,
    );
    expect(words).toMatch(/Left out: feature-4 \(was 8\), Field 4 is yes\. .* may as well be 0\./);
    expect(words).toContain('Also looked at and left out: 1 thing');
  });

  it('groups criteria by where they are read from, and keeps names on one line and addresses out', async () => {
    const text = write(await known, history);
    const { value } = load(text);
    const groups = value.fit.groups.map(({ name }) => name);
    expect(new Set(groups)).toEqual(new Set(['Base points', 'field_0', 'field_1', 'field_2', 'City: of {all}']));
    const city = value.fit.groups.flatMap(({ criteria }) => criteria).find(({ id }) => id === 'feature-5');
    expect(city?.name).toBe('City is "São Paulo" # 1 ☞ [e-mail]');
    expect(city?.when).toEqual({ field: 'city', is: 'são "paulo": #1' });
    expect(text).not.toContain('ann@example.com');
  });

  it('keeps what it is given of a present model, and what asks for a persona is understood', async () => {
    const more = { 0: { when: { persona: 'buyer' }, points: 3 } };
    const of = plantedHistory({ leads: 1_000, weights: [1.5, 1], random: seededRandom(3), more });
    const kept = {
      personas: { buyer: { field: 'field_0', is: 'yes' } },
      fast_track: [{ id: 'demo', when: { activity: 'form-submission', form: 'demo' }, follow_up_within: '5m' }],
    };
    const { value, model } = load(write(await suggestion(of), of, { kept, requires: ['email'], window: '90d' }));
    expect(value.fast_track.map(({ id }) => id)).toEqual(['demo']);
    expect(value.lifecycle.requires).toEqual(['email']);
    expect(value.engagement.window).toBe(90 * 86_400_000);
    expect(scoreLead(model, leadOf({ field_0: 'yes' }), [], NOW).fit).toBeGreaterThan(0);
  });

  it('is a valid model even where nothing was found, and says so', async () => {
    const of = plantedHistory({ leads: 600, weights: [0, 0, 0], random: seededRandom(4) });
    const from = await suggestion(of);
    expect(from.criteria).toEqual([]);
    const text = write(from, of);
    const { model } = load(text);
    expect(text).toContain('Nothing was found');
    expect(scoreLead(model, leadOf({ email: 'ann@example.com' }), [view('/')], NOW)).toMatchObject({
      fit: 0,
      engagement: 0,
    });
  });

  it.each([
    'yes',
    'null',
    '0x1F',
    '1.000',
    '2026-01-01',
    ' ',
    '‘curly’',
    '{a: b}',
    '- x',
    'a\u0000b',
    'zero\u200Bwidth',
    '\u00A0nbsp',
    '*star',
    '<<',
    'x'.repeat(300),
  ])('writes the value %j so that it is read as it was', async (value) => {
    const features: Feature[] = history.features.map((feature, place) =>
      place === 0
        ? { ...feature, name: `Field is ${value}`, source: value, when: { field: 'field_0', in: [value] } }
        : feature,
    );
    const from = await known;
    const criteria = from.criteria.map((one) =>
      one.feature.id === 'feature-0' ? { ...one, feature: features[0]! } : one,
    );
    const { value: read } = load(write({ ...from, criteria }, history));
    const found = read.fit.groups.flatMap(({ criteria }) => criteria).find(({ id }) => id === 'feature-0');
    expect(found?.when?.in).toEqual([value.trim().toLowerCase()]);
  });
});

function fieldsOf({ features, leadsOf }: History, lead: number) {
  const fields = features.flatMap(({ when }, place) => {
    const { field, is } = when as { field?: string; is?: string };
    return field !== undefined && leadsOf[place]!.includes(lead) ? [[field, is ?? '']] : [];
  });
  return leadOf(Object.fromEntries(fields));
}

function activitiesOf({ features, leadsOf }: History, lead: number) {
  return features.flatMap(({ when }, place) => {
    const { url } = when as { url?: string };
    // Seen twice: what was looked at is whether, not how often.
    return url !== undefined && leadsOf[place]!.includes(lead) ? [view(url), view(url, 86_400_000)] : [];
  });
}

/** The comment above a criterion, on one line. */
function commentAbove(text: string, id: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => line.trim() === `- id: ${id}`);
  const start = lines.slice(0, end).findLastIndex((line) => !line.trim().startsWith('#'));
  return lines
    .slice(start + 1, end)
    .map((line) => line.trim().replace(/^# /, ''))
    .join(' ');
}
