import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import {
  addHistoryOptions,
  type HistoryFlags,
  outcomeOf,
  requireNoCrm,
  requireNoTable,
} from '../../../src/cli/history-options.ts';

const DAY = 86_400_000;

function read(...args: readonly string[]): HistoryFlags {
  const command = addHistoryOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse(args, { from: 'user' }).opts();
}

describe('how far to look back', () => {
  test.each([
    ['2y', 730],
    ['10y', 3_650],
    ['180d', 180],
    ['6w', 42],
    ['12h', 0.5],
  ])('%s is %d days', (text, days) => {
    expect(read('--since', text, '--before', text)).toEqual({ since: days * DAY, before: days * DAY });
  });

  test.each(['2', '0y', '11y', '1.5y', '4000d', 'long'])('%s is none', (text) => {
    expect(() => read('--since', text)).toThrow('such as 2y, 180d or 12h');
  });
});

test('an outcome is one that a CRM tells of', () => {
  expect(outcomeOf({})).toBeUndefined();
  expect(outcomeOf({ outcome: 'converted' })).toBe('converted');
  expect(() => outcomeOf({ outcome: 'custommer' })).toThrow('did you mean "customer"?');
});

test('what is asked of a CRM does not go with a table', () => {
  expect(() => requireNoCrm(undefined, {})).not.toThrow();
  expect(() => requireNoCrm('hubspot', {})).toThrow('hubspot is of a CRM');
  expect(() => requireNoCrm(undefined, { '--since': DAY })).toThrow('--since is of a CRM');
  expect(() => requireNoTable({ '--date': undefined })).not.toThrow();
  expect(() => requireNoTable({ '--date': 'Created' })).toThrow('--date is of a table of leads');
});
