import { describe, expect, test } from 'vitest';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { LISTS, leadOf, NOW, problemsOf, sourceOf, view, yamlOf } from './model.ts';

const REST = `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 1, engagement: 1 } }`;
const PERSONAS = `personas:
  engineer: { field: job_title, function: engineering }
  buyer: { field: job_title, seniority: [c-level, vp, director] }`;

function yaml(personas: string, criterion = '{ id: any-fit, when: { field: any, exists: true }, points: 9 }'): string {
  return yamlOf({ fit: `{ name: A, criteria: [${criterion}] }`, rest: `${personas}\n${REST}` });
}

function score(model: string, title: string | undefined, more: Record<string, string> = {}) {
  const lead = leadOf(title === undefined ? more : { job_title: title, ...more });
  return scoreLead(compileModel(sourceOf(model), { lists: LISTS }), lead, [view('/')], NOW);
}

describe('a persona', () => {
  test('is the first of the model that the lead fits', () => {
    expect(score(yaml(PERSONAS), 'Software Engineer').persona).toBe('engineer');
    expect(score(yaml(PERSONAS), 'Sales Director').persona).toBe('buyer');
    expect(score(yaml(PERSONAS), 'Director of Engineering').persona).toBe('engineer');
    const turned = PERSONAS.split('\n');
    const others = [turned[0], turned[2], turned[1]].join('\n');
    expect(score(yaml(others), 'Director of Engineering').persona).toBe('buyer');
  });

  test('is none for a lead that fits none', () => {
    expect(score(yaml(PERSONAS), 'Wizard')).not.toHaveProperty('persona');
    expect(score(yaml(PERSONAS), undefined)).not.toHaveProperty('persona');
    expect(score(yaml(''), 'Software Engineer')).not.toHaveProperty('persona');
  });

  test('can be asked for, so that a criterion holds for it alone', () => {
    const one = yaml(PERSONAS, '{ id: c, when: { persona: buyer }, points: 7 }');
    expect(score(one, 'Sales Director').fit).toBe(7);
    expect(score(one, 'Director of Engineering').fit).toBe(0);
    const several = yaml(PERSONAS, '{ id: c, when: { persona: [buyer, engineer] }, points: 7 }');
    expect(score(several, 'Director of Engineering').fit).toBe(7);
    const none = yaml(PERSONAS, '{ id: c, when: { not: { persona: [buyer, engineer] } }, points: 7 }');
    expect(score(none, 'Wizard').fit).toBe(7);
  });

  test('can be asked for together with an activity', () => {
    const model = yamlOf({
      engagement:
        '{ name: A, criteria: [{ id: c, when: { all: [{ activity: page-view }, { persona: buyer }] }, points: 3 }] }',
      rest: `${PERSONAS}\n${REST}`,
    });
    expect(score(model, 'Sales Director').engagement).toBe(3);
    expect(score(model, 'Software Engineer').engagement).toBe(0);
  });

  test('cannot ask for a persona, so that none ever waits for another or for itself', () => {
    const cycle = 'personas:\n  one: { persona: other }\n  other: { all: [{ persona: one }, { field: x, is: y }] }';
    expect(problemsOf(yaml(cycle))).toStrictEqual({
      'personas.one.persona': expect.stringMatching(/a persona cannot ask for a persona/),
      'personas.other.all.0.persona': expect.stringMatching(/a persona cannot ask for a persona/),
    });
  });

  test('is about fields alone', () => {
    expect(problemsOf(yaml('personas: { keen: { activity: page-view } }'))).toStrictEqual({
      'personas.keen': expect.stringMatching(/an activity cannot stand here/),
    });
  });

  test('that the model does not have is named with the nearest that it has', () => {
    expect(problemsOf(yaml(PERSONAS, '{ id: c, when: { persona: [buyer, enginer] }, points: 7 }'))).toStrictEqual({
      'fit.groups.0.criteria.0.when.persona.1': 'there is no persona "enginer": did you mean "engineer"?',
    });
  });

  test('is known to the model by its id, in the order in which it is tried', () => {
    expect(compileModel(sourceOf(yaml(PERSONAS)), { lists: LISTS }).personas).toStrictEqual(['engineer', 'buyer']);
    expect(() => sourceOf(yaml('personas: { 2: { field: x, is: y } }'))).toThrow(/begin it with a letter/);
  });
});
