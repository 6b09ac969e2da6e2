import type { Mistake } from './mistake.ts';

const BANDS = '{ "1-10": 0, "11-99": 5, "100-999": 25, "1000+": 35 }';
const FIT = '{ A: 75, B: 50, C: 25, D: 0 }';
const ENGAGEMENT = '{ 1: 70, 2: 45, 3: 20, 4: 0 }';

/** Grades, gates, bands of numbers, accounts. */
export const gradesAndBands: readonly Mistake[] = [
  ['a grade left out', FIT, '▸{ A: 75, B: 50, D: 0 }', 'missing key "C"'],
  ['a grade too many', FIT, '{ A: 75, B: 50, C: 25, D: 0, ▸E: 0 }', 'unknown key "E": use one of A, B, C, D'],
  ['a grade in a small letter', FIT, '{ ▸a: 75, B: 50, C: 25, D: 0 }', 'unknown key "a": did you mean "A"?'],
  [
    'grades in the wrong order',
    FIT,
    '{ A: 25, B: ▸50, C: 20, D: 0 }',
    'grade B must begin below grade A, which begins at 25',
  ],
  [
    'two grades that begin alike',
    FIT,
    '{ A: 75, B: 50, C: ▸50, D: 0 }',
    'grade C must begin below grade B, which begins at 50',
  ],
  ['a last grade that is not for everybody', FIT, '{ A: 75, B: 50, C: 25, D: ▸10 }', '"D" must be 0, not 10'],
  [
    'a grade that is a range',
    FIT,
    '{ A: ▸75-100, B: 50, C: 25, D: 0 }',
    '"A" must be a number, not "75-100": such as 75',
  ],
  ['letters for engagement', ENGAGEMENT, '{ ▸A: 70, 2: 45, 3: 20, 4: 0 }', 'unknown key "A": use one of 1, 2, 3, 4'],
  [
    'grades in a list',
    ENGAGEMENT,
    '▸[70, 45, 20, 0]',
    '"engagement" must be keys with values, not a list: write its keys without "- "',
  ],
  [
    'one gate for both',
    'mql: { fit: 50, engagement: 40 }',
    'mql: ▸50',
    '"mql" must be keys with values, not 50: such as { fit: 50, engagement: 40 }',
  ],
  ['gates in quotes', 'mql: { fit: 50', 'mql: { fit: ▸"50"', '"fit" must be a number, not "50": write 50'],
  ['a gate that is a grade', 'mql: { fit: 50', 'mql: { fit: ▸B', '"fit" must be a number, not "B": such as 50'],
  ['half of the gates', 'mql: { fit: 50, engagement: 40 }', 'mql: ▸{ fit: 50 }', 'missing key "engagement"'],
  ['a gate below 0', 'mql: { fit: 50', 'mql: { fit: ▸-1', '"fit" must be at least 0, not -1'],
  [
    'one field that is required, without brackets',
    'requires: [email, company]',
    'requires: ▸email, company',
    '"requires" must be a list, not "email, company": write [email, company]',
  ],
  [
    'a required field with a typo',
    'requires: [email, company]',
    'requires: [email, ▸compny]',
    'hubspot.yaml has no field "compny": did you mean "company"?',
  ],
  [
    'a required field in capitals',
    'requires: [email, company]',
    'requires: [▸Email, company]',
    'entry 1 of "requires" is "Email": a field is named in lower case with _ between words, such as email',
  ],
  [
    'bands that overlap',
    BANDS,
    '{ "1-10": 0, "5-99": ▸5 }',
    'the bands "1-10" and "5-99" overlap: a number can be in one of them only',
  ],
  [
    'a band that cannot be read',
    BANDS,
    '{ "1-10": 0, large: ▸5 }',
    '"large" is no band of numbers: write one such as 11-50 or 1000+',
  ],
  ['points of a band in quotes', BANDS, '{ "1-10": ▸"0" }', '"1-10" must be a number, not "0": write 0'],
  ['no bands', BANDS, '▸{}', '"bands" are empty: give at least one, such as "11-99": 5'],
  [
    'bands in a list',
    BANDS,
    '▸[0, 5, 25, 35]',
    '"bands" must be keys with values, not a list: write its keys without "- "',
  ],
  [
    'bands without a field',
    '          field: employees\n          bands: {',
    '          bands: ▸{',
    '"bands" needs "field" beside it, such as field: employees',
  ],
  [
    'bands and points',
    `bands: ${BANDS}`,
    `bands: ${BANDS}\n          points: ▸5`,
    '"points" cannot stand together with "bands": make a criterion of its own of it',
  ],
  [
    'a field without bands',
    'points: 10\n        - id: too-small',
    'points: 10\n          field: ▸employees\n        - id: too-small',
    '"field" needs "bands" beside it; a question about a field stands under "when"',
  ],
  [
    'an account of a score that is none',
    'of: total',
    'of: ▸score',
    '"score" is not allowed for "of": did you mean "total"?',
  ],
  [
    'an account rolled up by a word that is none',
    'roll_up: { sum_of_top: 3 }',
    'roll_up: ▸median',
    '"median" is not allowed for "roll_up": use one of max, average',
  ],
  [
    'an account rolled up by another name',
    'roll_up: { sum_of_top: 3 }',
    'roll_up: { ▸top: 3 }',
    'unknown key "top": did you mean "sum_of_top"?',
  ],
];
