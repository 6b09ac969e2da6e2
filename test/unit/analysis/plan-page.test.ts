import { describe, expect, it } from 'vitest';
import { planJson } from '../../../src/cli/plan-json.ts';
import { planPage } from '../../../src/cli/plan-page.ts';
import { planText } from '../../../src/cli/plan-text.ts';
import type { PlanReport } from '../../../src/cli/plan-words.ts';
import { leadOf, modelOf, NOW } from '../scoring/model.ts';
import { type Person, reportFor } from './compared.ts';

const HOSTILE = '<script>alert(1)</script> & "quotes" \'too\'';
const model = (name: string, points: number) =>
  modelOf({
    fit: `{ name: Title, criteria: [{ id: title, name: ${JSON.stringify(name)}, when: { field: job_title, exists: true }, points: ${points} }, { id: nobody, when: { field: job_title, is: x }, points: 1 }] }`,
    fitOptions: 'floor: 0,',
    engagementOptions: 'floor: 0,',
  });
const people: Person[] = ['Chief', 'Clerk'].map((job_title) => ({ lead: leadOf({ job_title }), activities: [] }));
const plan = (more: Partial<PlanReport> = {}): PlanReport => ({
  at: NOW,
  sampleOf: undefined,
  models: [reportFor(model(HOSTILE, 3), model('Old <i>name</i>', 2), people)],
  ...more,
});

describe('the page of a plan', () => {
  it('escapes whatever config and CRM hold', async () => {
    const page = await planPage(plan());
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<i>');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot; &#39;too&#39;');
    expect(page).toContain('Old &lt;i&gt;name&lt;/i&gt; <span class="quiet">removed</span>');
  });

  it('is the same, byte for byte, for the same plan', async () => {
    expect(await planPage(plan())).toBe(await planPage(plan()));
  });

  it('can be read of no leads at all', async () => {
    const nobody = plan({ models: [reportFor(model('Title', 3), undefined, [])] });
    const page = await planPage(nobody);
    expect(page).toContain('on 0 leads');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(planText(nobody, { colour: false }).join('\n')).toContain('No score, grade, reason or flag changes.');
  });

  it('gives each of several models a part of its own', async () => {
    const { models } = plan();
    const page = await planPage(plan({ models: [...models, ...models] }));
    expect(page.match(/<section>/g)).toHaveLength(2);
    expect(page.match(/<figure>/g)).toHaveLength(2);
  });
});

describe('the text of a plan', () => {
  it('keeps to 80 columns, whatever criteria are called', () => {
    const long = plan({ models: [reportFor(model('word '.repeat(16).trim(), 3), model('w'.repeat(80), 2), people)] });
    const text = planText(long, { colour: false });
    for (const line of text.flatMap((each) => each.split('\n'))) expect(line.length).toBeLessThanOrEqual(80);
    expect(text.join('\n')).toContain('Hold for nobody: Nobody, Any call.');
  });

  it('counts who leaves apart, and is loud where a model is about next to nobody', async () => {
    const [report] = plan().models;
    if (report === undefined) throw new Error('There is a report');
    const leaving = { ...report, leads: 100, applies: 60, changed: 45, up: 2, down: 1, leaving: 40 };
    const told = planText(plan({ models: [leaving] }), { colour: false })
      .join('\n')
      .replaceAll('\n', ' ');
    expect(told).toContain(
      "45 leads change: 2 rise, 1 falls, 2 keep their score and change otherwise, 40 are no longer the model's.",
    );
    expect(told).not.toContain('!');
    const nobody = plan({ models: [{ ...leaving, applies: 0, leaving: 100, changed: 100 }] });
    const loud = 'applies_to holds for 0 of 100 leads: 100 would lose their score';
    expect(planText(nobody, { colour: false })[1]).toBe(`! ${loud}`);
    expect(await planPage(nobody)).toContain(`! ${loud}.`);
  });

  it('says that a sample is one', () => {
    expect(planText(plan({ sampleOf: 20_000 }), { colour: false })[0]).toContain(
      'on a sample of 2 of about 20,000 leads',
    );
  });
});

describe('the JSON of a plan', () => {
  it('has the figures of the first model at the top, and of each where there are several', () => {
    const { models } = plan();
    const [one] = models;
    const other = one && { ...one, model: 'other' };
    expect(planJson(plan())).toMatchObject({ model: 'test', leads: 2, changed: 2, up: 2, down: 0 });
    expect(planJson(plan())).not.toHaveProperty('models');
    const both = planJson(plan({ models: [...models, ...(other ? [other] : [])] }));
    expect(both).toMatchObject({ model: 'test', models: { test: { leads: 2 }, other: { leads: 2 } } });
  });
});
