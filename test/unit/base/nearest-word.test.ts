import { expect, test } from 'vitest';
import { nearestWord, suggestion } from '../../../src/base/nearest-word.ts';

const FIELDS = ['email', 'company', 'job_title', 'employees', 'annual_revenue', 'country'];

test.each([
  ['emial', 'email'],
  ['employes', 'employees'],
  ['jobtitle', 'job_title'],
  ['Job Title', 'job_title'],
  ['job-titel', 'job_title'],
  ['title', 'job_title'],
  ['revenue', 'annual_revenue'],
  ['contry', 'country'],
])('%s means %s', (typed, meant) => {
  expect(nearestWord(typed, FIELDS)).toBe(meant);
});

test.each(['budget', 'x', '', 'phone_number', 'e'.repeat(50_000)])('%.20s means none of them', (typed) => {
  expect(nearestWord(typed, FIELDS)).toBeUndefined();
});

test('a single letter is not taken for another single letter', () => {
  expect(nearestWord('z', ['x', 'y'])).toBeUndefined();
});

test('letters in the wrong order are one slip, however short the word', () => {
  expect(nearestWord('dya', ['each', 'day', 'week'])).toBe('day');
});

test('a word that means nothing is answered with what may be written', () => {
  expect(suggestion('wen', ['when', 'points'])).toBe(': did you mean "when"?');
  expect(suggestion('zebra', ['when', 'points'])).toBe(': use one of when, points');
  expect(suggestion('zebra', ['when'])).toBe(': only "when" is allowed');
  expect(suggestion('zebra', [])).toBe('');
});

test('a long list of what may be written is cut', () => {
  const words = Array.from({ length: 20 }, (_, index) => `word-${index}`);
  expect(suggestion('zebra', words)).toMatch(/^: use one of word-0, .*, word-14 or 5 more$/);
});
