import { expect, it } from 'vitest';
import { kindOf } from '../../../../src/analysis/table/column-kind.ts';
import { givenColumn, repeated } from './given-table.ts';

const CASES: readonly (readonly [kind: string, what: string, cells: string[], name?: string])[] = [
  ['empty', 'no cell has an answer', repeated(50, (place) => ['', 'Select', 'n/a', 'Unknown', '-'][place % 5]!)],
  ['same', 'all say the same', repeated(50, () => 'No')],
  ['category', 'one answer or none', repeated(50, (place) => (place % 3 === 0 ? 'Mailed' : ''))],
  ['yes-no', 'yes and no', repeated(50, (place) => (place % 3 === 0 ? 'Yes' : 'no'))],
  ['yes-no', '1, 0 and nothing', repeated(50, (place) => ['1', '0', ''][place % 3]!)],
  ['number', 'whole numbers', repeated(200, (place) => (place * 7) % 31)],
  ['number', 'numbers with points, and a slip', repeated(200, (place) => (place === 7 ? 'many' : (place % 40) + 0.5))],
  ['number', 'numbers where a program wrote NA', repeated(200, (place) => (place % 3 === 0 ? 'NA' : place % 40))],
  [
    'number',
    'whole numbers of which hardly two are alike',
    repeated(200, (place) => (place * 7919) % 100_003),
    'Revenue',
  ],
  ['category', 'three numbers', repeated(200, (place) => place % 3)],
  ['category', 'ranges', repeated(200, (place) => ['1-10', '11-50', '51-200'][place % 3]!)],
  ['date', 'days', repeated(200, (place) => `2026-03-${String((place % 28) + 1).padStart(2, '0')}`)],
  ['date', 'days with slashes, whatever their order', repeated(200, (place) => `${(place % 28) + 1}/3/2026`)],
  ['date', 'days of which nobody can tell the month', repeated(200, (place) => `0${(place % 9) + 1}/03/2026`)],
  ['category', 'words', repeated(200, (place) => ['Web', 'Fair', 'Partner'][place % 3]!)],
  ['id', 'another word in each row', repeated(200, (place) => `p${place}@example.com`)],
  ['id', 'more words than are kept', repeated(5_000, (place) => `lead-${place}`)],
  ['id', 'numbers that only rise', repeated(200, (place) => 5_000 + place * 3)],
  ['id', 'numbers called so', repeated(200, (place) => (place * 7919) % 100_003), 'Lead Number'],
  [
    'text',
    'words of which most are there once',
    repeated(200, (place) => (place % 4 === 0 ? 'CEO' : `Head of ${place}`)),
  ],
];

it.each(CASES.map(([kind, what, cells, name]) => ({ kind, what, cells, name })))(
  '$kind: $what',
  ({ kind, cells, name }) => {
    expect(kindOf(givenColumn(cells, name))).toBe(kind);
  },
);
