import { describe, expect, test } from 'vitest';
import { FUNCTION_PHRASES, FUNCTIONS } from '../../../src/leads/job-function-table.ts';
import { normaliseText } from '../../../src/leads/text.ts';
import { titleReader } from '../../../src/leads/titles.ts';
import { TITLES } from './job-titles.cases.ts';
import { phrasesWithTwoMeanings } from './two-meanings.ts';

const { functionOf } = titleReader();

function workOf(title: string) {
  return functionOf(normaliseText(title) ?? '');
}

describe('what somebody with a job title works at', () => {
  test.each(TITLES.map(([title, , work]) => [title, work] as const))('%s: %s', (title, work) => {
    expect(workOf(title)).toBe(work);
  });

  test('is the trade, not the field that it is done in', () => {
    expect(workOf('IT Recruiter')).toBe('hr');
    expect(workOf('Marketing Developer')).toBe('engineering');
    expect(workOf('Healthcare Lawyer')).toBe('legal');
  });

  test('is the first of two fields', () => {
    expect(workOf('Head of Finance and HR')).toBe('finance');
    expect(workOf('Head of HR and Finance')).toBe('hr');
  });

  test('is to run the company only where nothing clearer is said', () => {
    expect(workOf('Managing Director')).toBe('general-management');
    expect(workOf('Managing Director, Marketing')).toBe('marketing');
  });

  test('is each of the functions for one title here at least', () => {
    const asked = new Set(TITLES.flatMap(([, , work]) => work ?? []));
    expect([...FUNCTIONS].filter((work) => !asked.has(work))).toEqual([]);
  });

  test('comes from a table in which no phrase means two things', () => {
    expect(phrasesWithTwoMeanings(FUNCTION_PHRASES)).toEqual([]);
  });
});
