import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../../src/analysis/review/findings.ts';
import { review } from '../../../../src/analysis/review/review.ts';
import { salesSayReader } from '../../../../src/analysis/review/sales-say.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';
import { reviewPage } from '../../../../src/cli/review-page.ts';
import { reviewText } from '../../../../src/cli/review-text.ts';
import { PERIODS, plantedInput, plantedPast, plantedReview } from '../../../support/planted-review.ts';

const planted = await plantedReview();

describe('a review of people of whom it is known what changed', () => {
  it('finds that Germans became fewer, and that nothing else of them did', () => {
    const words = Object.fromEntries(planted.inputs.map(({ source, word }) => [source, word]));
    expect(words).toEqual({
      country: 'much shifted',
      'form-submission': 'much shifted',
      job_title: 'steady',
      employees: 'steady',
      'page-view': 'steady',
    });
    const country = planted.inputs.find(({ source }) => source === 'country');
    const past = plantedPast().filter(({ lead }) => lead.fields.country === 'Germany');
    const count = (isNow: boolean) => past.filter(({ lead }) => lead.createdAt > PERIODS.middle === isNow).length;
    expect(country?.parts[country.most ?? -1]).toEqual({ label: 'Germany', earlier: count(false), now: count(true) });
  });

  it('finds the form that went silent, whoever sent it before', () => {
    expect(planted.criteria[0]).toMatchObject({ id: 'demo', word: 'stopped', newLeads: { now: 0 } });
    expect(planted.criteria[0]?.allLeads.now).toBeGreaterThan(0);
    expect(planted.criteria.find(({ id }) => id === 'fax')?.word).toBe('never');
    expect(planted.activities).toMatchObject([{ type: 'page-view', word: 'about as before' }, { word: 'stopped' }]);
  });

  it('suggests to take out what tells nothing, and no more', () => {
    const changes = planted.suggested?.changes ?? [];
    expect(changes.filter(({ suggested }) => suggested === 0).map(({ id }) => id)).toContain('german');
    expect(changes.map(({ id }) => id)).not.toContain('boss');
  });

  it('says in sentences what to look into, the gravest first', () => {
    const [first, second, ...rest] = planted.findings;
    expect(first).toContain('No form submission has come in any more.');
    expect(second).toContain('A criterion holds for nobody any more: Asked for a demo.');
    expect(rest.join('\n')).toContain('Country (Germany: 55% before, 23% now)');
    expect(rest.join('\n')).toContain('had flag "student": 100%');
    expect(rest.join('\n')).toContain('bob.with.a.long.name@sales.example were followed up in time');
  });

  it('is the same for the same past, and JSON holds all of it', async () => {
    expect(await plantedReview()).toEqual(planted);
    expect(JSON.parse(JSON.stringify(planted))).toEqual(planted);
    expect(JSON.stringify(planted)).not.toContain('null');
  });
});

describe('what a review only knows as it is today', async () => {
  const input = await plantedInput();
  const asToday = ['country'];
  const criteria = input.criteria.map((one) => (one.id === 'german' ? { ...one, asToday } : one));
  const told = review({ ...input, criteria, pastUnknown: new Set(asToday) }, seededRandom(7));

  it('has moved neither as a field nor in a criterion', () => {
    const word = 'past unknown';
    expect(planted.criteria.find(({ id }) => id === 'german')?.word).toBe('fewer');
    expect(told.criteria.find(({ id }) => id === 'german')).toMatchObject({ word, asToday });
    expect(told.inputs.find(({ source }) => source === 'country')).toMatchObject({ word, parts: [] });
    expect(told.findings.join('\n')).not.toContain('Germany');
  });

  it('is told of wherever the score has moved', async () => {
    const note = "Part of the score's drift may be what was filled in since: Country counts as it is today.";
    expect(told.score).toMatchObject({ asToday: ['Country'] });
    const moved = { ...told, score: { ...told.score, word: 'shifted' as const } };
    expect(findingsOf(moved).join('\n')).toContain(note);
    expect(await reviewPage(moved)).toContain(note.replace("'", '&#39;'));
    expect(reviewText(moved, { colour: false }).join('\n').replaceAll('\n', ' ')).toContain(note);
    const still = { ...told, score: { ...told.score, word: 'steady' as const } };
    expect(findingsOf(still).join('\n')).not.toContain('filled in since');
  });

  it('is named on the page and in the text', async () => {
    const named = 'In Germany: as it is today, no drift can be told.';
    expect(await reviewPage(told)).toContain(named);
    expect(reviewText(told, { colour: false })).toContain(named);
  });
});

describe('how many came to be MQLs', () => {
  const weeklyOfMqls = (earlier: number, now: number, cameBefore: number) => ({
    ...planted.mqls,
    earlier,
    now,
    cameBefore,
  });
  const findings = (earlier: number, now: number, cameBefore: number) =>
    findingsOf({ ...planted, mqls: weeklyOfMqls(earlier, now, cameBefore) }).join('\n');

  it('is told where it doubled or halved', () => {
    expect(findings(30, 61, 0)).toContain('More than twice as many leads came to be ready for sales: 61, 30 before.');
    expect(findings(61, 30, 0)).toContain('Less than half as many leads came to be ready for sales: 30, 61 before.');
    expect(findings(60, 30, 0)).not.toContain('came to be ready');
  });

  it('is no finding where those that came again and lack before may make all of it', async () => {
    expect(findings(20, 50, 4)).toContain('More than twice');
    expect(findings(20, 50, 5)).not.toContain('came to be ready');
    expect(findings(61, 30, 1)).not.toContain('came to be ready');
    const told = { ...planted, mqls: weeklyOfMqls(20, 50, 5) };
    expect(await reviewPage(told)).toContain('had come to be one before');
    expect(reviewText(told, { colour: false }).join('\n')).toContain('last came to be MQLs');
    expect(await reviewPage(planted)).toContain('A lead counts each time that it came to be one.');
  });
});

describe('a review of a time in which too few bought', async () => {
  const why = '12 of 800 leads bought, which is too few to tell a sign from chance: 50 are needed.';
  const { suggestion: _, ...input } = await plantedInput();
  const few = {
    ...input,
    tooFewBuyers: why,
    challenges: [],
    uncompared: [{ model: 'bosses', name: 'Bosses only', why }],
  };
  const told = review(few, seededRandom(7));

  it('says all that needs no buyers, as any other', () => {
    const { conversion, suggested, challenges, findings, ...rest } = planted;
    expect(told).toMatchObject({ ...rest, uncompared: few.uncompared });
    expect(told.findings.join('\n')).toContain('A criterion holds for nobody any more: Asked for a demo.');
  });

  it('says why nothing else is there: as figures, on the page and in words', async () => {
    expect(told).toMatchObject({ tooFewBuyers: why, challenges: [] });
    expect(told).not.toHaveProperty('conversion');
    expect(told).not.toHaveProperty('suggested');
    const page = await reviewPage(told);
    expect(page).toContain(`<h2>Who bought, by score</h2>\n<p>${why}</p>`);
    expect(page).toContain('No points: too few leads bought to learn any.');
    expect(page).toContain(`Bosses only is not compared. ${why}`);
    const text = reviewText(told, { colour: false }).join('\n').replaceAll(/\s+/g, ' ');
    expect(text).toContain(`Who bought, by score ${why}`);
    expect(text).toContain('Suggested points Too few leads bought to learn any.');
    expect(text).toContain(`Bosses only is not compared. ${why}`);
    for (const each of [page, text]) expect(each).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('what sales said, in a review', () => {
  it('stands in their own words on the page and in the text, as the figures have it', async () => {
    const [status] = planted.salesSay.statuses;
    const [reason] = planted.salesSay.reasons;
    expect(status).toMatchObject({ status: 'UNQUALIFIED', word: 'rejected', leads: planted.salesSay.rejected });
    expect(planted.salesSay.reasons.map((each) => each.reason).sort()).toEqual(['no_budget', 'still_studies']);
    const page = await reviewPage(planted);
    expect(page).toContain(`<span data-figure="salesSay.statuses.0.leads">${status?.leads}</span>`);
    expect(page).toContain(`<span data-figure="salesSay.reasons.0.rejected">${reason?.rejected}</span>`);
    const text = reviewText(planted, { colour: false }).join('\n');
    expect(text).toMatch(new RegExp(`UNQUALIFIED +${status?.leads} +rejected`));
    expect(text).toMatch(new RegExp(`${reason?.reason} +${reason?.rejected} +0`));
    expect(planted.findings.join('\n')).toContain(
      `The reason that they name most often is "${reason?.reason}" (${reason?.rejected} leads).`,
    );
  });

  it('tells where a reason could stand, where none does', async () => {
    const salesSay = { ...planted.salesSay, reasons: [], withoutReason: planted.salesSay.rejected };
    expect(await reviewPage({ ...planted, salesSay })).toContain('None of them has a reason');
    expect(reviewText({ ...planted, salesSay }, { colour: false }).join('\n')).toContain('None of them has a reason');
  });
});

describe('the page of a review', () => {
  it('escapes whatever config and CRM hold, and asks nobody for anything', async () => {
    const page = await reviewPage(planted);
    expect(page).not.toContain('<buyers>');
    expect(page).toContain('Platform &lt;buyers&gt; &amp; friends');
    expect(page).not.toMatch(/<script|<link|<img|https?:\/\/(?!www\.w3\.org)/);
    expect(page).toContain("default-src 'none'");
  });

  it('is the same, byte for byte, for the same review', async () => {
    expect(await reviewPage(planted)).toBe(await reviewPage(planted));
  });

  it('can be read of nobody at all', async () => {
    const input = await plantedInput();
    const { earlier, now, judged } = input;
    const empty = new Float64Array();
    const fresh = { ...now.fresh, leads: 0, scores: empty, columns: [], did: new Map(), holds: new Map() };
    const { suggestion: _, ...rest } = input;
    const nobody = review(
      {
        ...rest,
        earlier: { ...earlier, leads: 0, holds: new Map(), fresh },
        now: { ...now, leads: 0, holds: new Map(), fresh },
        did: new Map(),
        mqls: input.mqls.map(() => 0),
        judged: { ...judged, scores: empty, bought: new Uint8Array(), at: empty, tooYoung: 0 },
        owners: [],
        challenges: [],
        salesSay: salesSayReader().finish(),
        warnings: [],
      },
      seededRandom(1),
    );
    const page = await reviewPage(nobody);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(page).toContain('Nothing stands out');
    expect(reviewText(nobody, { colour: false }).join('\n')).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('the text of a review', () => {
  it('keeps to 80 columns', () => {
    const lines = reviewText(planted, { colour: false }).flatMap((each) => each.split('\n'));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines.join('\n')).toContain('Asked for a demo');
  });
});
