import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/base/clock.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { LISTS, leadOf, NOW, problemsOf, sourceOf, submission, view, yamlOf } from './model.ts';

const CONTENT = '{ id: content, when: { activity: form-submission, form: [ebook, Whitepaper] } }';
const ABROAD = `{ id: abroad, when: { all: [
  { activity: form-submission, form: webinar }, { not: { field: country, country: dach } }] } }`;

function yaml(more: string, lifecycle = '{ mql: { fit: 0, engagement: 0 } }'): string {
  return yamlOf({
    fit: '{ name: Any, criteria: [{ id: known, when: { field: known, exists: true }, points: 20 }, { id: rival, when: { field: rival, exists: true }, disqualify: a rival }] }',
    engagement: '{ name: Any, criteria: [{ id: seen, when: { activity: page-view }, points: 10 }] }',
    rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: ${lifecycle}
${more}`,
  });
}

function compiled(more: string, lifecycle?: string) {
  return compileModel(sourceOf(yaml(more, lifecycle)), { lists: LISTS });
}

const nurturing = (...rules: string[]) => `routes: { nurture: [${rules.join(', ')}] }`;

describe('a nurture rule', () => {
  const model = compiled(nurturing(CONTENT, ABROAD));

  test('names every activity that matches, whatever its age, oldest first', () => {
    const done = [submission('ebook', 900 * DAY), submission('newsletter', 2), submission('whitepaper', 1)];
    expect(scoreLead(model, leadOf(), done, NOW).nurture).toStrictEqual([
      { rule: 'content', activity: done[0] },
      { rule: 'content', activity: done[2] },
    ]);
  });

  test('may ask about the lead as well', () => {
    const signedUp = [submission('webinar')];
    expect(scoreLead(model, leadOf({ country: 'Spain' }), signedUp, NOW).nurture).toMatchObject([{ rule: 'abroad' }]);
    expect(scoreLead(model, leadOf({ country: 'Austria' }), signedUp, NOW).nurture).toStrictEqual([]);
  });

  test('is for nobody who is ruled out, unless a person says otherwise, and for no machine', () => {
    const done = [submission('ebook')];
    const rival = leadOf({ rival: 'yes' });
    expect(scoreLead(model, rival, done, NOW).nurture).toStrictEqual([]);
    expect(scoreLead(model, { ...rival, overrides: { test: 'qualified' } }, done, NOW).nurture).toHaveLength(1);
    expect(scoreLead(model, leadOf(), [submission('ebook', 0, { machine: 'bot' })], NOW).nurture).toStrictEqual([]);
  });

  test('has its form read from the CRM, but not as often as that of a fast track', () => {
    expect(model.forms.map(({ name }) => name)).toStrictEqual(['ebook', 'Whitepaper', 'webinar']);
    expect(model.fastTrackForms).toStrictEqual([]);
    expect(model.activityTypes).toContain('form-submission');
    expect(model.nurtureRules).toMatchObject([
      { id: 'content', forms: ['ebook', 'whitepaper'] },
      { id: 'abroad', forms: ['webinar'] },
    ]);
  });

  test('is the same rule under another name and with another form, as a fast track is', () => {
    const meaning = (rule: string) => compiled(nurturing(rule)).nurtureRules[0]?.meaning;
    expect(meaning(CONTENT.replace('ebook', 'guide').replace('content', 'other'))).toBe(meaning(CONTENT));
    expect(meaning(ABROAD)).not.toBe(meaning(CONTENT));
  });

  test('may ask for any other activity', () => {
    const watching = compiled(nurturing('{ id: prices, when: { activity: page-view, url: "/pricing*" } }'));
    const seen = [view('/blog'), view('/pricing/compare')];
    expect(scoreLead(watching, leadOf(), seen, NOW).nurture).toStrictEqual([{ rule: 'prices', activity: seen[1] }]);
  });

  test('asks for something that was done, for named forms, and has a name of its own', () => {
    expect(
      problemsOf(yaml(nurturing('{ id: a, when: { field: x, is: y } }', '{ id: b, when: { inactive_for: 30d } }'))),
    ).toStrictEqual({
      'routes.nurture.0.when': 'a nurture series begins with something that the person did: ask for an activity',
      'routes.nurture.1.when': 'a nurture series begins with something that the person did: ask for an activity',
    });
    expect(problemsOf(yaml(nurturing('{ id: a, when: { activity: form-submission } }')))).toStrictEqual({
      'routes.nurture.0.when': 'name the forms that lead into the series, such as form: [ebook, whitepaper]',
    });
    const track = 'fast_track: [{ id: content, when: { activity: call }, follow_up_within: 5m }]';
    expect(problemsOf(yaml(`${nurturing(CONTENT)}\n${track}`))).toStrictEqual({
      'routes.nurture.0.id': 'there is already a rule "content": use another word',
    });
  });
});

describe('the route to sales', () => {
  const salesOf = (more: string) => compiled(more).sales;
  const USUAL = { mql: true, task: 'fast-track', notify: ['owner'], followUpWithin: DAY };

  test('is what it was before there were routes, where the model says nothing', () => {
    expect(salesOf('')).toStrictEqual(USUAL);
    expect(salesOf('routes: {}')).toStrictEqual(USUAL);
    expect(salesOf('routes: { sales: {} }')).toStrictEqual(USUAL);
    expect(salesOf(nurturing(CONTENT))).toStrictEqual(USUAL);
  });

  test('is for fast tracks alone, with a task for all or for none, and tells whom it says', () => {
    expect(salesOf('routes: { sales: { when: fast_track, task: false, notify: [] } }')).toStrictEqual({
      ...USUAL,
      mql: false,
      task: 'none',
      notify: [],
    });
    expect(
      salesOf(
        'routes: { sales: { when: mql_or_fast_track, task: true, notify: [team, owner, team], follow_up_within: 4h } }',
      ),
    ).toStrictEqual({ mql: true, task: 'all', notify: ['team', 'owner'], followUpWithin: 4 * HOUR });
    expect(salesOf('routes: { sales: { task: fast_track } }')).toStrictEqual(USUAL);
  });
});

describe('the gates from subscriber to lead', () => {
  const seen = [view('/a')];
  const isLead = (gates: string, fields: Record<string, string>, overrides = {}) => {
    const model = compiled('', `{ lead: ${gates}, mql: { fit: 20, engagement: 20 } }`);
    return scoreLead(model, { ...leadOf(fields), overrides }, seen, NOW).lead;
  };

  test('are passed by fit, by engagement, or by both, as the model asks', () => {
    const known = { known: 'yes' };
    expect([isLead('{ fit: 20 }', known), isLead('{ fit: 20 }', {})]).toStrictEqual([true, false]);
    expect([isLead('{ engagement: 10 }', {}), isLead('{ engagement: 11 }', {})]).toStrictEqual([true, false]);
    expect(isLead('{ fit: 20, engagement: 10 }', known)).toBe(true);
    expect(isLead('{ fit: 20, engagement: 11 }', known)).toBe(false);
    expect(isLead('{ fit: 20, engagement: 10 }', {})).toBe(false);
  });

  test('are not for who is ruled out, and are passed by every MQL', () => {
    expect(isLead('{ fit: 20 }', { known: 'yes', rival: 'yes' })).toBe(false);
    expect(isLead('{ fit: 20 }', { known: 'yes' }, { test: 'disqualified' })).toBe(false);
    expect(isLead('{ fit: 20 }', {}, { test: 'qualified' })).toBe(true);
  });

  test('are nobody’s where the model has none', () => {
    expect(scoreLead(compiled(''), leadOf({ known: 'yes' }), seen, NOW)).toMatchObject({ mql: true, lead: false });
    expect(compiled('').leadGates).toBeUndefined();
  });

  test('are at least one', () => {
    expect(problemsOf(yaml('', '{ lead: {}, mql: { fit: 0, engagement: 0 } }'))).toStrictEqual({
      'lifecycle.lead':
        'say from where on a subscriber is a lead: by fit, by engagement or by both, such as { fit: 20 }',
    });
  });
});

describe('an MQL goes back from below its gate', () => {
  const lifecycle = (gate: number, below: number) =>
    `{ mql: { fit: 0, engagement: ${gate} }, recycle: { engagement_below: ${below}, for: 30d } }`;
  const complaint = (gate: number, below: number) =>
    problemsOf(yaml('', lifecycle(gate, below)))['lifecycle.recycle.engagement_below'];

  test('and not from the gate itself, or leads would go back and forth', () => {
    expect(complaint(20, 19)).toBeUndefined();
    const rule = 'and must lie below the gate of engagement, which is';
    expect(complaint(20, 20)).toBe(
      `leads would go back and forth: engagement_below is 20 ${rule} 20: write 10, or anything below 20`,
    );
    expect(complaint(1, 30)).toBe(`leads would go back and forth: engagement_below is 30 ${rule} 1: raise that gate`);
    expect(complaint(0, 1)).toMatch(/^the gate of engagement is 0, so whoever goes back /);
  });
});
