import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { reasonsText } from '../../../src/scoring/format-reasons.ts';
import { modelSchema } from '../../../src/scoring/model-schema.ts';
import { parseReasons } from '../../../src/scoring/parse-reasons.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { arbitraryActivities, arbitraryLead, arbitraryModel } from './arbitrary.ts';
import { LISTS, NOW } from './model.ts';

describe('reasons read back from the CRM', () => {
  test('are points and labels, without when and how often', () => {
    const text = [
      'Set by hand: ready for sales',
      'Ruled out: company too small',
      '+25 Executive title',
      '+18 Pricing page (3 times, last 2 Nov 2026)',
      '-9 Web capped at 20',
      '+4 Blog (1 Nov 2026)',
      '+15 Company size: 100-999',
      '… and 3 more: -2',
    ].join('\n');
    expect(parseReasons(text)).toStrictEqual([
      { points: 25, label: 'Executive title' },
      { points: 18, label: 'Pricing page' },
      { points: -9, label: 'Web capped at 20' },
      { points: 4, label: 'Blog' },
      { points: 15, label: 'Company size: 100-999' },
      { points: -2, label: '…' },
    ]);
  });

  test('keep what looks like a time and is none', () => {
    expect(parseReasons('+5 Wants to buy (3 times a year)')).toStrictEqual([
      { points: 5, label: 'Wants to buy (3 times a year)' },
    ]);
    expect(parseReasons('+5 Fair (2 Nov 2026) (1 Nov 2026)')).toStrictEqual([
      { points: 5, label: 'Fair (2 Nov 2026)' },
    ]);
  });

  test('keep a time that belongs to a name which is known', () => {
    const isLabel = (label: string) => label === 'Webinar (5 May 2026)';
    expect(parseReasons('+5 Webinar (5 May 2026)\n+3 Webinar (6 May 2026)', isLabel)).toStrictEqual([
      { points: 5, label: 'Webinar (5 May 2026)' },
      { points: 3, label: 'Webinar' },
    ]);
    expect(parseReasons('+5 Webinar (5 May 2026) (7 May 2026)', isLabel)).toStrictEqual([
      { points: 5, label: 'Webinar (5 May 2026)' },
    ]);
  });

  test('are nothing where a person wrote something else', () => {
    for (const text of ['', '\n\n', 'called her, nice', '+x 5', '+', '5 points', 'a'.repeat(100_000)])
      expect(parseReasons(text)).toStrictEqual([]);
  });

  test('add up to the score, line by line, however short the text is cut', () => {
    const model = arbitraryModel({ negative: true }).map((shape) =>
      compileModel(modelSchema.parse(shape), { lists: LISTS }),
    );
    fc.assert(
      fc.property(model, arbitraryLead, arbitraryActivities, fc.nat(600), (compiled, lead, activities, length) => {
        const score = scoreLead(compiled, lead, activities, NOW);
        const whole = parseReasons(reasonsText(score, 100_000));
        expect(whole.reduce((sum, { points }) => sum + points, 0)).toBe(score.total);
        const labels = new Set(score.reasons.map(({ label }) => label));
        for (const { label } of whole)
          expect(labels.has(label) || / (?:capped at|is at least) -?\d+$/.test(label), label).toBe(true);
        const cut = reasonsText(score, length + 120);
        expect(cut.length).toBeLessThanOrEqual(length + 120);
        expect(parseReasons(cut).reduce((sum, { points }) => sum + points, 0)).toBe(score.total);
      }),
    );
  });
});
