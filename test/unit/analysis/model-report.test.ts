import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAYS } from '../../../src/analysis/compared-lead.ts';
import { countLead, newFigures } from '../../../src/analysis/figures.ts';
import { reportOf } from '../../../src/analysis/model-report.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { leadOf, modelOf, NOW, view } from '../scoring/model.ts';
import { comparedBy, type Person, reportFor } from './compared.ts';

const title = (points: number, more = '') =>
  `{ id: title, name: Good title, when: { field: job_title, contains: chief }, points: ${points} ${more} }`;
const pricing = (points: number, more = '') =>
  `{ id: pricing-page, when: { activity: page-view, url: /pricing }, points: ${points} ${more} }`;
const model = (fit: string, engagement: string, rest?: string) =>
  modelOf({
    fit: `{ name: Title, criteria: [${fit}] }`,
    engagement: `{ name: Web, max: 40, criteria: [${engagement}] }`,
    fitOptions: 'floor: 0,',
    engagementOptions: 'floor: 0,',
    ...(rest !== undefined && { rest }),
  });
const gates = (fit: number, engagement: number) =>
  `grades: { fit: { A: 20, B: 10, C: 5, D: 0 }, engagement: { 1: 30, 2: 20, 3: 10, 4: 0 } }
lifecycle: { mql: { fit: ${fit}, engagement: ${engagement} } }`;

const chief: Person = { lead: leadOf({ job_title: 'Chief of all' }), activities: [view('/pricing'), view('/pricing')] };
const clerk: Person = { lead: leadOf({ job_title: 'Clerk' }), activities: [] };

describe('the report on a model', () => {
  it('counts who rises, who falls, and who keeps a score that is otherwise made up', () => {
    const old = model(title(20), pricing(10));
    expect(reportFor(model(title(25), pricing(10)), old, [chief, clerk])).toMatchObject({
      leads: 2,
      applies: 2,
      changed: 1,
      up: 1,
      down: 0,
    });
    expect(reportFor(model(title(5), pricing(10)), old, [chief, clerk])).toMatchObject({ changed: 1, up: 0, down: 1 });
    expect(reportFor(model(title(10), pricing(15)), old, [chief])).toMatchObject({ changed: 1, up: 0, down: 0 });
  });

  it('calls nobody changed who only gets the new version, and says that it is written', () => {
    const report = reportFor(model(title(25), pricing(10)), model(title(20), pricing(10)), [clerk]);
    expect(report).toMatchObject({ changed: 0, written: 1, up: 0, down: 0 });
  });

  it('says nothing of a model that was applied already', () => {
    const same = model(title(25), pricing(10));
    expect(reportFor(same, same, [chief, clerk])).toMatchObject({ changed: 0, written: 0, grades: {}, removed: [] });
  });

  it('tells who comes into MQL and who goes out, and from which grade to which', () => {
    const old = model(title(20), pricing(10), gates(20, 20));
    const strict = model(title(20), pricing(10), gates(20, 30));
    expect(reportFor(strict, old, [chief, clerk])).toMatchObject({
      mql: { before: 1, after: 0 },
      intoMql: 0,
      outOfMql: 1,
    });
    const worth = reportFor(model(title(10), pricing(15), gates(10, 30)), old, [chief, chief, clerk]);
    expect(worth).toMatchObject({ outOfMql: 0, intoMql: 0, grades: { A2: { B1: 2 } } });
    expect(reportFor(old, strict, [chief])).toMatchObject({ intoMql: 1, outOfMql: 0 });
  });

  it('of leads that have no score yet tells their first, and that none of them rises', () => {
    const report = reportFor(model(title(25), pricing(10)), undefined, [chief, clerk]);
    expect(report).toMatchObject({ unscored: 2, changed: 2, written: 2, up: 0, down: 0, grades: {} });
    expect(report.criteria[0]).toMatchObject({ id: 'title', changed: 1, points: 25, up: 1 });
    expect(report.scores.reduce((sum, { before }) => sum + before, 0)).toBe(0);
  });

  it('counts a lead that the model is no longer about as leaving, and out of MQL', () => {
    const figures = newFigures(model(title(25), pricing(10)));
    countLead(figures, {
      before: { score: 30, grade: 'A1', mql: true, reasons: '+30 Good title', scoredAt: 1 },
      changes: { score: null, grade: null, mql: null, reasons: null, scoredAt: null },
      holds: undefined,
      moves: STAYS,
      waits: false,
    });
    expect(reportOf(figures)).toMatchObject({
      leads: 1,
      applies: 0,
      leaving: 1,
      changed: 1,
      outOfMql: 1,
      up: 0,
      down: 0,
    });
    // All its points are gone at once, and no criterion has changed.
    expect(reportOf(figures).criteria.map(({ changed }) => changed)).toEqual([0, 0]);
  });

  it('counts by what leads are ruled out', () => {
    const small = '{ id: small, when: { field: employees, at_most: 5 }, disqualify: too small }';
    const owner = { lead: leadOf({ employees: '3' }), activities: [] };
    const report = reportFor(model(`${title(20)}, ${small}`, pricing(10)), model(title(20), pricing(10)), [
      owner,
      clerk,
    ]);
    expect(report).toMatchObject({
      disqualified: { before: 0, after: 1 },
      ruledOut: [{ why: 'too small', before: 0, after: 1 }],
      changed: 1,
    });
  });
});

describe('what causes it', () => {
  const old = model(title(20), pricing(10));

  it('is told by criterion, net of its cap', () => {
    const report = reportFor(model(title(25), pricing(15, ', max: 15')), old, [chief, clerk]);
    expect(report.criteria).toMatchObject([
      { id: 'title', label: 'Good title', changed: 1, points: 5, up: 1, down: 0 },
      { id: 'pricing-page', label: 'Pricing page', changed: 1, points: -5, up: 0, down: 1 },
    ]);
  });

  it('names a criterion that the model no longer has by its old label', () => {
    const report = reportFor(model(title(20), '{ id: call, when: { activity: call }, points: 1 }'), old, [chief]);
    expect(report.removed).toEqual([{ label: 'Pricing page', changed: 1, points: -20, up: 0, down: 1 }]);
  });

  it('knows a criterion that was given a name by what it was called before', () => {
    const report = reportFor(model(title(20), pricing(12, ', name: Saw the prices')), old, [chief]);
    expect(report.removed).toEqual([]);
    expect(report.criteria[1]).toMatchObject({ label: 'Saw the prices', changed: 1, points: 4 });
  });

  it('knows a criterion whose name ends as if it told a time', () => {
    const named = (points: number) =>
      model(
        `{ id: met, name: "Webinar (5 May 2026)", when: { field: job_title, contains: chief }, points: ${points} }`,
        pricing(10),
      );
    const report = reportFor(named(25), named(20), [chief]);
    expect(report.removed).toEqual([]);
    expect(report.criteria[0]).toMatchObject({ label: 'Webinar (5 May 2026)', changed: 1, points: 5 });
  });

  it('keeps the bands of a criterion together, also those that are gone', () => {
    const banded = (bands: string) =>
      model(`${title(20)}, { id: size, name: Size, field: employees, bands: ${bands} }`, pricing(10));
    const people = ['5', '50'].map((employees) => ({ lead: leadOf({ employees }), activities: [] }));
    const report = reportFor(banded('{ "1-20": 4, "21+": 9 }'), banded('{ "1-9": 1, "10-99": 2 }'), people);
    expect(report.removed).toEqual([]);
    expect(report.criteria.find(({ id }) => id === 'size')).toMatchObject({ changed: 2, points: 10, fires: 2 });
  });

  it('tells a cap apart from what it caps, whatever its limit', () => {
    const busy = { lead: leadOf(), activities: Array.from({ length: 9 }, () => view('/pricing')) };
    const tighter = modelOf({
      fit: `{ name: Title, criteria: [${title(20)}] }`,
      engagement: `{ name: Web, max: 30, criteria: [${pricing(10)}] }`,
    });
    const report = reportFor(tighter, old, [busy]);
    expect(report.limits).toEqual([{ label: 'Web (cap)', changed: 1, points: -10, up: 0, down: 1 }]);
  });

  it('adds up to what the scores rise and fall by', () => {
    const points = fc.integer({ min: -30, max: 60 }).filter((value) => value !== 0);
    const models = fc
      .record({ title: points, pricing: points, cap: fc.integer({ min: 60, max: 90 }), kept: fc.boolean() })
      .map((one) =>
        model(
          title(one.title),
          `${pricing(one.pricing, `, max: ${one.cap}`)}${one.kept ? ', { id: blog, when: { activity: page-view, url: /blog }, points: 3, per: day }' : ''}`,
        ),
      );
    const person = fc.record({
      chief: fc.boolean(),
      pages: fc.array(fc.constantFrom('/pricing', '/blog'), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(models, models, fc.array(person, { maxLength: 6 }), (next, before, people) => {
        const all = people.map(({ chief: isChief, pages }) => ({
          lead: leadOf({ job_title: isChief ? 'chief' : 'clerk' }),
          activities: pages.map((url, index) => view(url, index * 86_400_000)),
        }));
        const report = reportFor(next, before, all);
        const moved = [...report.criteria, ...report.removed, ...report.limits].reduce(
          (sum, row) => sum + row.points,
          0,
        );
        const total = (by: typeof next) =>
          all.reduce((sum, { lead, activities }) => sum + scoreLead(by, lead, activities, NOW).total, 0);
        expect(moved).toBe(total(next) - total(before));
      }),
    );
  });

  it('stays small, whatever people wrote over the reasons', () => {
    const figures = newFigures(old);
    for (let index = 0; index < 1_000; index += 1) {
      const before = { score: 1, scoredAt: 1, reasons: `+1 note ${index} on ada${index}@example.com` };
      countLead(figures, { before, changes: { reasons: '' }, holds: [], moves: STAYS, waits: false });
    }
    const { removed } = reportOf(figures);
    expect(removed.length).toBeLessThan(250);
    expect(removed.reduce((sum, row) => sum + row.points, 0)).toBe(-1_000);
    expect(JSON.stringify(removed)).not.toContain('@');
  });

  it('repeats nothing that people wrote over grades, and little of what they wrote over what rules out', () => {
    const figures = newFigures(old);
    for (let index = 0; index < 1_000; index += 1) {
      const before = {
        score: 1,
        grade: `ask ada${index}@example.com`,
        disqualified: `ada${index}@example.com asked, ${'at length '.repeat(50)}`,
        reasons: `Call Ada\n+5 ada${index}@example.com wrote\n18 Ada Lovelace`,
      };
      countLead(figures, {
        before,
        changes: { grade: 'B2', disqualified: null, reasons: '' },
        holds: [],
        moves: STAYS,
        waits: false,
      });
    }
    expect(figures.grades.size).toBe(1);
    expect(figures.ruledOut.size).toBe(1);
    const report = reportOf(figures);
    expect(report.grades).toEqual({ other: { B2: 1_000 } });
    expect(report.removed).toEqual([{ label: '[e-mail] wrote', changed: 1_000, points: -5_000, up: 0, down: 1_000 }]);
    expect(report.ruledOut).toHaveLength(1);
    expect(report.ruledOut[0]?.why.length).toBeLessThanOrEqual(121);
    expect(report.disqualified).toEqual({ before: 1_000, after: 0 });
    expect(JSON.stringify(report)).not.toMatch(/@|Lovelace|Call/);
  });

  it('keeps one line of all those that people wrote alike, whatever address is in them', () => {
    const figures = newFigures(old);
    for (let index = 0; index < 300; index += 1) {
      countLead(figures, {
        before: { score: 1, reasons: `+5 ada${index}@example.com` },
        changes: { reasons: '' },
        holds: [],
        moves: STAYS,
        waits: false,
      });
    }
    expect(reportOf(figures).removed).toEqual([{ label: '[e-mail]', changed: 300, points: -1_500, up: 0, down: 300 }]);
  });
});

describe('criteria that tell nobody apart', () => {
  const flag = '{ id: chief-flag, when: { field: job_title, contains: chief }, flag: chief }';
  const other = '{ id: silent, when: { field: job_title, exists: true }, points: 0, flag: chief }';
  const nobody = '{ id: nobody, when: { field: job_title, is: emperor }, points: 3 }';
  const opened = '{ id: opened, when: { activity: email-open }, points: 0, flag: opened }';

  it('are found also where they give no points, or share a flag', () => {
    const by = model([title(20), flag, other, nobody].join(), `${pricing(10)}, ${opened}`);
    const reader = { ...clerk, activities: [{ id: 'open', type: 'email-open' as const, at: NOW - 1 }] };
    const report = reportFor(by, by, [chief, clerk, reader]);
    const fires = Object.fromEntries(report.criteria.map((each) => [each.id, each.fires]));
    expect(fires).toEqual({ title: 1, 'chief-flag': 1, silent: 3, nobody: 0, 'pricing-page': 1, opened: 1 });
    expect(report.never).toEqual(['nobody']);
    expect(report.nearlyEveryone).toEqual(['silent']);
    expect(report.criteria[0]?.share).toBe(0.3333);
  });

  it('hold for those that the model is about, and for no others', () => {
    const figures = newFigures(model(title(20), pricing(10)));
    countLead(figures, comparedBy(figures.model, undefined, chief));
    countLead(figures, { before: {}, changes: {}, holds: undefined, moves: STAYS, waits: false });
    expect(reportOf(figures)).toMatchObject({ leads: 2, applies: 1, nearlyEveryone: ['title', 'pricing-page'] });
  });

  it('are none where there is nobody', () => {
    expect(reportFor(model(title(20), pricing(10)), undefined, [])).toMatchObject({
      leads: 0,
      never: [],
      nearlyEveryone: [],
    });
  });
});
