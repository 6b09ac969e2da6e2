import { describe, expect, test } from 'vitest';
import { listKeys } from '../../../src/leads/list-keys.ts';
import { listLineProblem, parseList } from '../../../src/leads/lists.ts';

describe('a list', () => {
  test('has one entry a line, without case, blanks, comments and doubles', () => {
    const text = '\uFEFF# Our accounts\r\nAcme.com\r\n\n  Other Corp  # since 2024\nacme.com\nC# Consulting\n#\n';
    expect([...parseList(text)]).toStrictEqual(['acme.com', 'other corp', 'c# consulting']);
  });

  test('has comments of any characters and length', () => {
    expect([...parseList(`acme.com # ours\u2028since 2024\rand so on\n${' #'.repeat(100_000)}\u2028`)]).toStrictEqual([
      'acme.com',
    ]);
    expect(listLineProblem(`${'a.'.repeat(100_000)},`)).toBeUndefined();
  });
});

describe('what is looked for in a list', () => {
  test.each<[string, readonly string[]]>([
    ['acme', ['acme']],
    ['acme inc.', ['acme inc.']],
    ['acme.com', ['acme.com']],
    ['mail.acme.co.uk', ['mail.acme.co.uk', 'acme.co.uk', 'co.uk']],
    ['https://www.acme.com/about?x=y.z', ['https://www.acme.com/about?x=y.z', 'www.acme.com', 'acme.com']],
    ['acme.com/about', ['acme.com/about', 'acme.com']],
    ['http://acme.com:8080', ['http://acme.com:8080', 'acme.com']],
    ['ann.lee@eu.acme.com', ['ann.lee@eu.acme.com', 'eu.acme.com', 'acme.com']],
    ['see acme.com or rival.com', ['see acme.com or rival.com']],
  ])('%s', (text, keys) => {
    expect(listKeys(text)).toStrictEqual(keys);
  });

  test('is nothing for a text too long to be in any', () => {
    expect(listKeys('a'.repeat(1_000))).toStrictEqual([]);
  });

  // A pattern that backtracks would not come to an end here.
  test.each(['a.', 'a@', 'a:', '.', '/', 'https://', 'a-'])('ends for a text made of "%s"', (part) => {
    const text = part.repeat(300).slice(0, 300);
    expect(listKeys(text)[0]).toBe(text);
  });
});

describe('a line of a list that can never be found in a lead', () => {
  test.each([
    ['https://www.acme.com/about', 'write the domain alone, such as acme.com'],
    ['*.acme.com', 'write the domain alone, such as acme.com'],
    ['@acme.com', 'write the domain alone, such as acme.com'],
    ['acme*', 'a list has no wildcards: write each entry, or a domain, which stands for all below it'],
    ['acme.com, rival.com', 'write one entry a line'],
  ])('%s', (line, problem) => {
    expect(listLineProblem(line)).toBe(problem);
  });

  test.each(['acme.com', 'Acme, Inc.', 'acme.com # since 2024', '# https://acme.com', '', 'computer software'])(
    'but not %s',
    (line) => {
      expect(listLineProblem(line)).toBeUndefined();
    },
  );
});
