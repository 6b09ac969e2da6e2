import { describe, expect, it } from 'vitest';
import { conversionByBand, conversionByGrade, conversionByKnownBand } from '../../../src/analysis/bands.ts';
import { gateReport } from '../../../src/analysis/gate-report.ts';
import { leadsCounted, randomLeads } from './random-leads.ts';

describe('conversion by band', () => {
  it('has about as many leads in each band, the best first, and never parts leads with the same score', () => {
    const { scores, bought } = randomLeads(3, { count: 5_000, scores: 100 });
    const bands = conversionByBand(scores, bought);
    expect(bands).toHaveLength(10);
    expect(bands.reduce((sum, { leads }) => sum + leads, 0)).toBe(5_000);
    for (const [place, { from, to, leads, buyers }] of bands.entries()) {
      expect(Math.abs(leads - 500)).toBeLessThan(60);
      const within = [...scores.keys()].filter((lead) => from <= (scores[lead] ?? 0) && (scores[lead] ?? 0) <= to);
      expect(within).toHaveLength(leads);
      expect(within.filter((lead) => bought[lead] === 1)).toHaveLength(buyers);
      expect(to).toBeLessThan(bands[place - 1]?.from ?? Number.POSITIVE_INFINITY);
    }
  });

  it('has no more bands than there are buyers to fill', () => {
    const { scores, bought } = leadsCounted([1, 2, 3, 4, 5, 6, 7, 8, 9], new Array(9).fill(5), new Array(9).fill(200));
    expect(conversionByBand(scores, bought)).toHaveLength(4);
  });

  it('keeps the many leads without a point together', () => {
    const { scores, bought } = leadsCounted([0, 5, 10], [10, 20, 30], [600, 80, 20]);
    expect(conversionByBand(scores, bought)).toMatchObject([
      { from: 5, to: 10, leads: 150, buyers: 50 },
      { from: 0, to: 0, leads: 610, buyers: 10 },
    ]);
  });

  it('tells how little is known of a band of a few leads', () => {
    const { scores, bought } = leadsCounted([0, 9], [0, 2], [40, 1]);
    const top = conversionByKnownBand(scores, bought, [0, 5])[0];
    expect(top).toMatchObject({ leads: 3, buyers: 2, conversion: 2 / 3 });
    expect(top?.low).toBeLessThan(0.21);
    expect(top?.high).toBeGreaterThan(0.93);
  });

  it('holds a later time against the bands of an earlier one', () => {
    const { scores, bought } = leadsCounted([-5, 4, 10, 30], [1, 1, 1, 1], [1, 2, 3, 0]);
    expect(conversionByKnownBand(scores, bought, [10, 0, 20])).toMatchObject([
      { from: 20, to: Number.POSITIVE_INFINITY, leads: 1, buyers: 1 },
      { from: 10, to: 20, leads: 4, buyers: 1 },
      { from: 0, to: 10, leads: 5, buyers: 2 },
    ]);
  });
});

describe('conversion by grade', () => {
  it('has A1 first, and only grades that somebody has', () => {
    const rows = conversionByGrade(['B2', 'A1', 'B2', 'D4'], Uint8Array.of(1, 1, 0, 0));
    expect(rows).toMatchObject([
      { grade: 'A1', leads: 1, buyers: 1, conversion: 1 },
      { grade: 'B2', leads: 2, buyers: 1, conversion: 0.5 },
      { grade: 'D4', leads: 1, buyers: 0, conversion: 0 },
    ]);
  });
});

describe('a gate', () => {
  it('tells how many sales would have had, and how many of the buyers', () => {
    const sent = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0, 0);
    const bought = Uint8Array.of(1, 1, 0, 1, 1, 0, 0, 0, 0, 0);
    expect(gateReport(sent, bought)).toMatchObject({
      sent: { leads: 3, buyers: 2, conversion: 2 / 3 },
      kept: { leads: 7, buyers: 2, conversion: 2 / 7 },
      sentShare: 0.3,
      caught: 0.5,
    });
  });

  it('that nobody passes is told of as such', () => {
    const { sent, caught, caughtLow, caughtHigh } = gateReport(new Uint8Array(3), Uint8Array.of(1, 0, 0));
    expect(sent).toEqual({ leads: 0, buyers: 0, conversion: 0, low: 0, high: 1 });
    expect([caught, caughtLow]).toEqual([0, 0]);
    expect(caughtHigh).toBeGreaterThan(0.7);
  });
});
