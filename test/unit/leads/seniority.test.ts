import { describe, expect, test } from 'vitest';
import { seniorityOf } from '../../../src/leads/seniority.ts';
import { SENIORITY_PHRASES } from '../../../src/leads/seniority-table.ts';
import { normaliseText } from '../../../src/leads/text.ts';
import { TITLES } from './job-titles.cases.ts';
import { phrasesWithTwoMeanings } from './two-meanings.ts';

function rankOf(title: string) {
  return seniorityOf(normaliseText(title) ?? '');
}

describe('the rank in a job title', () => {
  test.each(TITLES)('%s: %s', (title, rank) => {
    expect(rankOf(title)).toBe(rank);
  });

  test('is that of the highest title, whichever comes first', () => {
    expect(rankOf('VP Engineering & Co-Founder')).toBe('c-level');
    expect(rankOf('Co-Founder & VP Engineering')).toBe('c-level');
  });

  test('is found in the beginning of a text without end', () => {
    expect(seniorityOf(`vp sales ${'and much more, '.repeat(10_000)}`)).toBe('vp');
    expect(seniorityOf('manager für überlänge & ähnliches, '.repeat(3_000))).toBe('manager');
    expect(seniorityOf(`${'ﷺ'.repeat(10_000)} ceo`)).toBeUndefined();
  });

  test('comes from a table in which no phrase means two things', () => {
    expect(phrasesWithTwoMeanings(SENIORITY_PHRASES)).toEqual([]);
  });
});

describe('one title, written in many ways', () => {
  test.each([
    [
      'Geschäftsführer',
      'Geschäftsführerin',
      'Geschaeftsfuehrer',
      'GESCHÄFTSFÜHRER:IN',
      'Geschäftsführer/-in',
      'Geschäftsführer(in)',
    ],
    ['Directeur', 'Directrice', 'Directeur·rice', 'Directeur(trice)', 'Directeur/trice', 'Directeur (H/F)'],
    ['Director Comercial', 'Directora Comercial', 'Director/a Comercial', 'Director(a) Comercial'],
    ['Estagiário', 'Estagiária', 'Estagiario', 'Estagiário(a)', 'ESTAGIÁRIO/A'],
    ['Vice President', 'Vice-President', 'Vice Président', 'V.P.', 'VP', 'vice  president', 'Vice Presidente'],
  ])('%s', (first, ...others) => {
    for (const other of others) expect([other, rankOf(other)]).toEqual([other, rankOf(first)]);
  });
});
