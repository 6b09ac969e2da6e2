import { describe, expect, test } from 'vitest';
import { warningsOf, yamlOf } from './model.ts';

const DEMO = '{ id: demo, when: { activity: form-submission, form: [demo-request, trial] }, follow_up_within: 5m }';

function warnings(more: string, lifecycle = '{ mql: { fit: 50, engagement: 1 } }'): Record<string, string> {
  return warningsOf(
    yamlOf({
      rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: ${lifecycle}
${more}`,
    }),
  );
}

describe('nurture rules', () => {
  const withRules = (...rules: string[]) => warnings(`fast_track: [${DEMO}]\nroutes: { nurture: [${rules.join()}] }`);

  test('that ask for a form whose every submission goes to sales', () => {
    expect(
      withRules('{ id: a, when: { all: [{ activity: form-submission, form: [ebook, Trial] }, { field: x, is: y }] } }'),
    ).toStrictEqual({
      'routes.nurture.0.when.all.0.form.1': 'nobody gets into "a" by this form: "demo" sends them straight to sales',
    });
  });

  test('but not where only some submissions of it do', () => {
    const some = DEMO.replace(/\{ activity.*?\}/, '{ all: [{ field: x, is: y }, $&] }');
    expect(
      warnings(
        `fast_track: [${some}]\nroutes: { nurture: [{ id: a, when: { activity: form-submission, form: trial } }] }`,
      ),
    ).toStrictEqual({});
  });

  test('that can never apply, ask for the same as another, or mean a star as a letter', () => {
    const ebook = '{ activity: form-submission, form: ebook }';
    expect(
      withRules(
        `{ id: a, when: ${ebook} }`,
        `{ id: b, when: { all: [${ebook}] } }`,
        `{ id: c, when: { all: [${ebook}, { field: x, is: a, missing: true }] } }`,
        `{ id: d, when: { all: [${ebook}, { field: x, contains: "*a" }] } }`,
      ),
    ).toStrictEqual({
      'routes.nurture.1.when': '"b" and "a" ask for the same: one of the two is enough',
      'routes.nurture.2.when': expect.stringMatching(/^"c" never applies: /),
      'routes.nurture.3.when.all.1.contains': expect.stringMatching(/^"contains" finds a text anywhere/),
    });
  });
});

describe('the route to sales', () => {
  test('that nobody takes', () => {
    expect(warnings('routes: { sales: { when: fast_track } }')).toStrictEqual({
      'routes.sales.when': 'nobody goes to sales: the model has no "fast_track"',
    });
    expect(warnings(`fast_track: [${DEMO}]\nroutes: { sales: { when: fast_track } }`)).toStrictEqual({});
  });

  test('that nobody learns of', () => {
    expect(warnings('routes: { sales: { task: false, notify: [] } }')).toStrictEqual({
      'routes.sales': 'nobody learns who goes to sales: no task is made, and "notify" names nobody',
    });
    expect(warnings('routes: { sales: { task: false } }')).toStrictEqual({});
  });

  test('with a time for MQLs that do not take it', () => {
    expect(
      warnings(`fast_track: [${DEMO}]\nroutes: { sales: { when: fast_track, follow_up_within: 1d } }`),
    ).toStrictEqual({
      'routes.sales.follow_up_within':
        'this is for MQLs, and "when: fast_track" sends none to sales; each fast track says its own',
    });
  });
});

describe('the gates to lead', () => {
  const gates = (lead: string) => warnings('', `{ lead: ${lead}, mql: { fit: 50, engagement: 1 } }`);

  test('that let everybody through', () => {
    expect(gates('{ fit: 0 }')).toStrictEqual({
      'lifecycle.lead': 'every subscriber is a lead: no gate is above 0',
    });
  });

  test('that lie above those to MQL', () => {
    expect(gates('{ fit: 51 }')).toStrictEqual({
      'lifecycle.lead.fit':
        'the gate to lead lies above that to MQL, which is 50: some are MQLs before they would be leads',
    });
    expect(gates('{ fit: 50, engagement: 1 }')).toStrictEqual({});
  });

  test('that no lead can reach', () => {
    expect(warnings('', '{ lead: { fit: 101 }, mql: { fit: 101, engagement: 1 } }')).toStrictEqual({
      'lifecycle.lead.fit': 'no lead can reach the stage of a lead: it needs fit of 101, but its max is 100',
      'lifecycle.mql.fit': 'no lead can reach MQL: it needs fit of 101, but its max is 100',
    });
  });
});
