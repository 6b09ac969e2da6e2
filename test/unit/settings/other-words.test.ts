import { expect, test } from 'vitest';
import { ACTIVITY_TYPES } from '../../../src/leads/activity.ts';
import { jsonSchemas } from '../../../src/settings/json-schemas.ts';
import { calledHere, meantSuggestion, meantWord, OURS } from '../../../src/settings/other-words.ts';

const CONDITION = ['all', 'any', 'not', 'field', 'is', 'in', 'at_least', 'at_most', 'missing', 'matches'];

test.each([
  ['greater_than', 'at_least'],
  ['Greater Than', 'at_least'],
  ['>=', 'at_least'],
  ['lte', 'at_most'],
  ['max', 'at_most'],
  ['equals', 'is'],
  ['==', 'is'],
  ['regex', 'matches'],
  ['is_empty', 'missing'],
  ['or', 'any'],
  ['property', 'field'],
])('%s is called %s here', (word, ours) => {
  expect(meantWord(word, CONDITION)).toBe(ours);
});

test('the same word means what is allowed where it stands', () => {
  expect(calledHere('limit', ['points', 'max'])).toBe('max');
  expect(calledHere('condition', ['id', 'when'])).toBe('when');
  expect(calledHere('conditions', ['name', 'criteria'])).toBe('criteria');
  expect(calledHere('limit', ['points', 'window'])).toBeUndefined();
});

test('activities go by what other tools call them', () => {
  const types = [...ACTIVITY_TYPES];
  expect(
    ['unsubscribed', 'hard bounce', 'closed won', 'behavioral_event', 'webinar'].map((word) => meantWord(word, types)),
  ).toEqual(['email-unsubscribe', 'email-bounce', 'deal-won', 'custom-event', 'event-registration']);
});

test('a word that nobody uses for another is looked at letter by letter', () => {
  expect(meantWord('feild', CONDITION)).toBe('field');
  expect(meantSuggestion('equals', CONDITION)).toBe(': did you mean "is"?');
  expect(meantSuggestion('zebra', ['is', 'in'])).toBe(': use one of is, in');
});

test('every word that is suggested is one of ours', () => {
  const words = JSON.stringify(jsonSchemas());
  expect(OURS.filter((word) => !words.includes(`\\"${word}\\"`))).toEqual([]);
  expect(new Set(OURS).size).toBe(OURS.length);
});
