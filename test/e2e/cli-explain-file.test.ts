import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TOLD_MODEL } from '../support/explain-model.ts';
import { runCli, tempFolder } from '../support/run-cli.ts';

const AT = '2026-04-01';
const BUYER = { email: 'ada@example.com', company: 'Engines', job_title: 'VP Engineering', employees: '500' };
const view = (url: string, at = '2026-03-31T09:00:00Z') => ({ type: 'page-view', at, url });
const meeting = { type: 'meeting', at: '2026-03-31T10:00:00Z' };

describe('what a score is made of', () => {
  test('is told group by group, with dates, caps, bands, and both kinds of fading', async () => {
    const { out } = await explain({
      fields: { ...BUYER, country: 'Deutschland' },
      activities: [
        view('/pricing', '2026-03-01T09:00:00Z'),
        view('/pricing', '2026-03-31T09:00:00Z'),
        view('/docs/api', '2026-03-31T09:00:00Z'),
        { type: 'form-submission', at: '2026-02-20', form: 'webinar' },
      ],
    });
    expect(out).toMatch(/^Score 87, grade A3: fit 55, engagement 32\nlead 1, 1 Apr 2026, 00:00 UTC, model platform/);
    expect(out).toContain('\npersona: buyer\n');
    expect(out).toContain('     +30  Buyer\n     +15  In Germany\n      -5  Person together: no more than 40\n');
    expect(out).toContain('  Company: +15\n     +15  Company size: 100-999\n');
    expect(out).toContain('     +24  Pricing page, 2 times, last on 31 Mar 2026, 09:00 UTC\n');
    expect(out).toMatch(/-\d+ {2}faded: half of it is gone in 30 days\n/);
    expect(out).toContain('      -4  faded: 25% of what it was goes every 30 days\n');
    expect(out).toContain('  Web together: no more than 20\n');
  });

  test('names who is ruled out, and by what, and that a person may have decided otherwise', async () => {
    const tiny = { ...BUYER, employees: '2' };
    const ruledOut = await explain({ fields: tiny });
    expect(ruledOut.out).toMatch(/\nruled out: company too small\n/);
    expect(section(ruledOut.out, 'Ready for sales (MQL)').slice(0, 4)).toEqual([
      '  no:',
      '    ruled out: company too small',
      '      only a person can change that: "Your decision on this lead" in the CRM',
      '    fit is 35 and must be 40: 5 more',
    ]);
    const byHand = await explain({ fields: tiny, override: 'qualified' });
    expect(byHand.out).toMatch(/\nset by hand: ready for sales\nruled out by the model: company too small\n/);
    expect(section(byHand.out, 'Ready for sales (MQL)')).toEqual(['  yes: set by hand']);
    const refused = await explain({ fields: BUYER, override: 'disqualified' });
    expect(section(refused.out, 'Ready for sales (MQL)')).toEqual([
      '  no:',
      '    set by hand: not for sales',
      '      only a person can change that: "Your decision on this lead" in the CRM',
    ]);
  });

  test('names what would be a fast track, were the lead not ruled out', async () => {
    const activities = [{ type: 'form-submission', at: '2026-03-31T09:00:00Z', form: 'demo-request' }];
    const tiny = await explain({ fields: { ...BUYER, employees: '2', timeframe: 'now' }, activities });
    expect(section(tiny.out, 'Fast tracks')).toEqual([
      '  demo-request on 31 Mar 2026, 09:00 UTC: not taken, since the lead is ruled',
      '    out',
      '  buys-now, by its fields alone: not taken, since the lead is ruled out',
    ]);
    const refused = await explain({ fields: BUYER, activities, override: 'disqualified' });
    expect(section(refused.out, 'Fast tracks').join()).toContain('not taken, since the lead is ruled');
  });

  test('names what machines did, when and how one can tell', async () => {
    const delivered_at = '2026-03-30T08:00:00Z';
    const click = { type: 'email-click', delivered_at, name: 'News' };
    const { out } = await explain({
      fields: {},
      activities: [
        { ...click, at: '2026-03-30T08:00:02Z' },
        { ...click, at: '2026-03-30T07:59:58Z' },
        { ...click, at: '2026-03-30T09:00:00Z', url: '/a' },
        { ...click, at: '2026-03-30T09:00:00.500Z', url: '/b' },
        { ...click, at: '2026-03-30T10:00:00Z', bot: true },
      ],
    });
    const lines = section(out, 'Left out: machines, not the person')
      .join('\n')
      .replace(/\n {4}/g, ' ');
    expect(lines).toContain("30 Mar 2026, 08:00 UTC: a click (News) 2 s after delivery: a scanner's");
    expect(lines).toContain("30 Mar 2026, 07:59 UTC: a click (News) 2 s before delivery: a scanner's");
    expect(lines).toContain("a click (News) within a second of one on another link: a scanner's");
    expect(lines).toContain("10:00 UTC: a click (News), marked as a bot's");
    expect(out).not.toContain('E-mail link clicked,');
  });

  test('of a machine that was busy, tells the latest ten and leaves the others to --json', async () => {
    const activities = Array.from({ length: 14 }, (_, index) => ({
      type: 'email-click',
      at: `2026-03-${index + 10}T08:00:00Z`,
      bot: true,
    }));
    const { out } = await explain({ fields: {}, activities });
    expect(section(out, 'Left out: machines, not the person')).toHaveLength(11);
    expect(out).toContain('  4 earlier, see --json\n');
    expect((await explainJson({ fields: {}, activities })).leftOut).toHaveLength(14);
  });

  test('names since when the lead counts as inactive, or from when on it will', async () => {
    const quiet = { fields: BUYER, created_at: '2025-05-01', activities: [view('/docs/a', '2026-01-10T00:00:00Z')] };
    const { out } = await explain(quiet);
    expect(out).toContain('      -5  Quiet: inactive since 11 Mar 2026, 00:00 UTC\n');
    expect(section(out, 'Inactivity').join(' ').replace(/\s+/g, ' ')).toBe(
      ' last did something on 10 Jan 2026, 00:00 UTC Quiet (-5): counts as inactive since 11 Mar 2026, 00:00 UTC, after 60 days without anything Gone (rules it out): will count as inactive on 10 Jan 2027, 00:00 UTC, if nothing is done until then',
    );
    const created = await explain({ fields: BUYER, created_at: '2026-03-20' });
    expect(section(created.out, 'Inactivity')[0]).toBe(
      '  last did something on 20 Mar 2026, 00:00 UTC, when it was created',
    );
  });

  test('names fast tracks, by what was done and by fields alone', async () => {
    const { out } = await explain({
      fields: { ...BUYER, timeframe: 'Now' },
      activities: [{ type: 'form-submission', at: '2026-03-31', form: 'demo-request' }],
    });
    expect(
      section(out, 'Fast tracks')
        .join('\n')
        .replace(/\n {4}/g, ' '),
    ).toBe(
      [
        '  demo-request on 31 Mar 2026, 00:00 UTC: straight to sales, to be followed up within 5 minutes',
        '  buys-now, by its fields alone: straight to sales, to be followed up within 2 hours',
      ].join('\n'),
    );
  });

  test('is told with when it next changes by itself, and what changes then', async () => {
    const lead = {
      fields: { ...BUYER, country: 'Germany' },
      activities: [meeting, view('/pricing', '2026-03-31T10:00:00Z')],
    };
    const told = await explain(lead);
    expect(section(told.out, 'Next change by itself').join(' ').replace(/\s+/g, ' ')).toBe(
      ' 2 Apr 2026, 06:12 UTC: the score goes from 97 to 96',
    );
    const before = (await explainJson(lead)).next;
    expect(before).toMatchObject({ score: 96, grade: 'A2', mql: true });
    const loses = await explain({ fields: BUYER, activities: [{ ...meeting, at: '2026-02-01T00:00:00Z' }] });
    expect(section(loses.out, 'Next change by itself').join(' ')).toMatch(/it gains the flag quiet/);
  });

  test('is told when it changes at the earliest, where that is too far off to be looked for', async () => {
    const lead = { fields: BUYER, activities: [{ ...view('/pricing'), count: 30_000 }] };
    const { out } = await explain(lead, { model: FADING });
    expect(section(out, 'Next change by itself').join(' ').replace(/\s+/g, ' ')).toMatch(
      /^ not before \d+ Apr 2026, \d\d:\d\d UTC$/,
    );
    expect((await explainJson(lead, FADING)).next).toEqual({ notBefore: expect.stringMatching(/^2026-04-/) });
  });
});

describe('what would make an MQL of it', () => {
  test('is the easiest thing that is enough', async () => {
    const { out } = await explain({ fields: { ...BUYER, country: 'Germany' }, activities: [meeting] });
    expect(section(out, 'Ready for sales (MQL)')).toEqual([
      '  not yet:',
      '    engagement is 30 and must be 40: 10 more',
      '      Pricing page (+12) or Webinar (+16) would do it',
    ]);
  });

  test('is the fewest that are enough together, where no one thing is', async () => {
    const { out } = await explain({
      fields: { ...BUYER, country: 'Germany' },
      activities: [{ ...meeting, at: '2026-02-20T00:00:00Z' }, view('/careers'), view('/careers/engineer')],
    });
    const [, gap, remedy] = section(out, 'Ready for sales (MQL)');
    expect(gap).toMatch(/engagement is \d+ and must be 40/);
    expect(remedy).toBe('      Pricing page and Meeting together (+42) would do it');
  });

  test('is never what a cap swallows', async () => {
    const days = ['27', '28', '29', '30', '31'];
    const activities = days.map((day) => view('/pricing', `2026-03-${day}T09:00:00Z`));
    const { out } = await explain({ fields: { ...BUYER, country: 'Germany' }, activities });
    expect(section(out, 'Ready for sales (MQL)').join(' ')).toContain('engagement is 20 and must be 40: 20 more');
    expect(section(out, 'Ready for sales (MQL)').at(-1)).toBe('      Meeting (+30) would do it');
  });

  test('is never a bad sign, and never what rules the lead out', async () => {
    const { obstacles } = await explainJson({ fields: { email: 'ada@gmail.com' } });
    const steps = JSON.stringify(obstacles);
    for (const bad of ['jobs', 'personal', 'tiny', 'quiet', 'gone'])
      expect(steps).not.toContain(`"criterion":"${bad}"`);
  });

  test('is what is not known yet, as little of it as will do, and never another value of what is', async () => {
    const { out } = await explain({ fields: { ...BUYER, employees: '50' }, activities: [] });
    expect(section(out, 'Ready for sales (MQL)').slice(0, 3)).toEqual([
      '  not yet:',
      '    fit is 35 and must be 40: 5 more',
      '      learning that country is in germany (+10) would do it',
    ]);
    const known = await explain({ fields: { ...BUYER, employees: '50', country: 'France' }, activities: [] });
    expect(section(known.out, 'Ready for sales (MQL)')[2]).toBe('      no field that is still empty would do it');
  });

  test('is told with the fields that are required and empty', async () => {
    const { out } = await explain({
      fields: { job_title: 'CEO', country: 'Germany' },
      activities: [meeting, view('/pricing')],
    });
    expect(section(out, 'Ready for sales (MQL)')).toEqual(['  not yet:', '    the field company is empty']);
  });

  test('is any sign of life for who is ruled out for giving none', async () => {
    const { out } = await explain({ fields: { ...BUYER, country: 'Germany' }, created_at: '2025-01-01' });
    expect(section(out, 'Ready for sales (MQL)').slice(0, 4)).toEqual([
      '  no:',
      '    ruled out: no sign of life for a year',
      '      Documentation, E-mail link clicked or Webinar would change that',
      '    engagement is 0 and must be 40: 40 more',
    ]);
  });

  test('is what must be learned for who is ruled out for want of it', async () => {
    const model = TOLD_MODEL.replace(
      'at_most: 2 }, disqualify: company too small',
      'missing: true }, disqualify: size unknown',
    );
    const { out } = await explain({ fields: { ...BUYER, employees: undefined } }, { model });
    expect(section(out, 'Ready for sales (MQL)').slice(0, 5)).toEqual([
      '  no:',
      '    ruled out: size unknown',
      '      learning that employees has a value would change that',
      '    fit is 30 and must be 40: 10 more',
      '      learning that country is in germany (+10) or that employees is from 100',
    ]);
  });

  test('is honestly more than a few things, or nothing at all, where that is so', async () => {
    const lead = { fields: { ...BUYER, country: 'Germany' } };
    const forOthers = (model: string, when: string) =>
      model.replace(`when: { ${when} }`, `when: { all: [{ ${when} }, { field: country, is: France }] }`);
    const letters = ['activity: meeting', 'activity: form-submission, form: webinar'].reduce(forOthers, TOLD_MODEL);
    expect(await wayOut(lead, letters)).toBe(
      'it takes more than three things that the model asks for, or some of them again',
    );
    const pages = forOthers(letters, 'activity: email-click');
    expect(await wayOut(lead, pages)).toBe('nothing that the model asks for, and that can be known, would do it');
  });

  test('is not said to be nothing where not all can be tried', async () => {
    const model = TOLD_MODEL.replace('country: Germany }', 'matches: "^[0-9]{7}$" }');
    const { out } = await explain({ fields: { ...BUYER, employees: '50' } }, { model });
    expect(section(out, 'Ready for sales (MQL)').slice(2, 4).join(' ').replace(/\s+/g, ' ')).toBe(
      ' nothing that can be tried out would do it, and not all that the model asks for can',
    );
  });

  test('does do it: whatever is suggested reaches the gate when it happens', async () => {
    const leads = someLeads();
    const told = explainedList.parse(JSON.parse((await explain(leads, {}, '--json')).out));
    const tries = leads.flatMap((lead, index) =>
      (told[index]?.obstacles ?? []).flatMap(({ kind, dimension = 'fit', gate = 0, remedy }) =>
        (kind === 'gate' ? (remedy?.choices ?? []) : []).map(({ steps }) => ({
          dimension,
          gate,
          lead: after(lead, steps),
        })),
      ),
    );
    expect(tries.length).toBeGreaterThan(20);
    const then = explainedList.parse(
      JSON.parse(
        (
          await explain(
            tries.map(({ lead }) => lead),
            {},
            '--json',
          )
        ).out,
      ),
    );
    for (const [index, { dimension, gate }] of tries.entries()) {
      expect(then[index]?.[dimension]).toBeGreaterThanOrEqual(gate);
      expect(then[index]?.disqualifications).toEqual([]);
    }
  });
});

test('at a time in the past, activities count as of then and fields as they are now, and both is said', async () => {
  const lead = { fields: BUYER, activities: [view('/pricing', '2026-03-10T09:00:00Z'), meeting] };
  const { out } = await explain(lead, { at: '2026-03-15' });
  expect(out).toContain('\nas of then: what was done later does not count; fields are as they are now\n');
  expect(out).not.toContain('Meeting,');
  expect((await explain(lead, { at: '2099-01-01' })).out).toContain('\nas it will be if nothing happens until then\n');
});

test('a model that is not about the lead says so, and no more', async () => {
  const model = TOLD_MODEL.replace('name: Platform', 'name: Platform\napplies_to: { field: country, is: France }');
  const { code, out } = await explain({ fields: BUYER }, { model });
  expect(code).toBe(0);
  expect(out).toBe('lead 1, 1 Apr 2026, 00:00 UTC\nnot about this lead: the model platform');
});

test('every lead of a list is told, and all of it fits 80 columns', async () => {
  const { out } = await explain(someLeads());
  expect(out.match(/^lead \d+,/gm)).toHaveLength(someLeads().length);
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

/** Leads of many kinds, always the same ones. */
function someLeads() {
  const titles = ['CEO', 'Software Engineer', undefined];
  const sizes = ['50', '2', undefined];
  const doings = [[], [view('/pricing')], [{ ...meeting, at: '2026-01-10T00:00:00Z' }, view('/careers')]];
  return titles.flatMap((job_title) =>
    sizes.flatMap((employees) =>
      doings.map((activities) => ({ fields: { job_title, employees }, activities, created_at: '2025-12-01' })),
    ),
  );
}

const explained = z.object({
  fit: z.number(),
  engagement: z.number(),
  disqualifications: z.array(z.unknown()),
  leftOut: z.array(z.unknown()),
  next: z.looseObject({}).optional(),
  obstacles: z.array(
    z.object({
      kind: z.string(),
      dimension: z.enum(['fit', 'engagement']).optional(),
      gate: z.number().optional(),
      remedy: z
        .object({
          kind: z.string(),
          choices: z
            .array(
              z.object({
                steps: z.array(
                  z.object({
                    fields: z.record(z.string(), z.string()),
                    activity: z
                      .object({ type: z.string(), name: z.string().optional(), url: z.string().optional() })
                      .optional(),
                  }),
                ),
              }),
            )
            .default([]),
        })
        .optional(),
    }),
  ),
});

const explainedList = z.array(explained);

type Steps = NonNullable<z.output<typeof explained>['obstacles'][number]['remedy']>['choices'][number]['steps'];

/** The lead, had these just happened. */
function after(lead: ReturnType<typeof someLeads>[number], steps: Steps) {
  const done = steps.flatMap(({ activity }) => activity ?? []);
  const activities = done.map(({ type, name, url }) => {
    const at = '2026-03-31T23:59:59Z';
    return { type, at, url, ...(type === 'form-submission' ? { form: name } : { name }) };
  });
  const learned = steps.map(({ fields }) => fields);
  return {
    ...lead,
    fields: Object.assign({ ...lead.fields }, ...learned),
    activities: [...lead.activities, ...activities],
  };
}

/** What many views give lies so far above the cap that fading is not seen for long. */
const FADING = `
model: fading
name: Fading
fit: { max: 100, groups: [ { name: Person, criteria: [ { id: title, when: { field: job_title, exists: true }, points: 50 } ] } ] }
engagement:
  max: 100
  window: 365d
  half_life: 30d
  groups: [ { name: Web, criteria: [ { id: view, when: { activity: page-view }, points: 1 } ] } ]
grades: { fit: { A: 75, B: 50, C: 25, D: 0 }, engagement: { 1: 75, 2: 50, 3: 25, 4: 0 } }
lifecycle: { mql: { fit: 50, engagement: 40 } }
`;

interface Options {
  readonly at?: string;
  readonly model?: string;
}

async function explain(lead: unknown, { at = AT, model = TOLD_MODEL }: Options = {}, ...more: string[]) {
  const folder = tempFolder();
  const [leadFile, modelFile] = [join(folder, 'lead.json'), join(folder, 'model.yaml')];
  writeFileSync(leadFile, JSON.stringify(lead));
  writeFileSync(modelFile, model);
  return runCli(['explain', '--lead', leadFile, '--model', modelFile, '--at', at, ...more]);
}

async function explainJson(lead: unknown, model = TOLD_MODEL) {
  const { out } = await explain(lead, { model }, '--json');
  return explained.parse(JSON.parse(out));
}

/** What is said last of how to pass the gates, in one line. */
async function wayOut(lead: unknown, model: string): Promise<string> {
  const { out } = await explain(lead, { model });
  const lines = section(out, 'Ready for sales (MQL)')
    .join('\n')
    .replace(/\n {8}/g, ' ')
    .split('\n');
  return lines.at(-1)?.trim() ?? '';
}

/** The lines below a heading. */
function section(out: string, heading: string): string[] {
  const lines = out.split('\n');
  const start = lines.indexOf(heading) + 1;
  expect(start).toBeGreaterThan(0);
  const end = lines.indexOf('', start);
  return lines.slice(start, end < 0 ? undefined : end);
}
