import { describe, expect, test } from 'vitest';
import { listKeys } from '../../../src/leads/list-keys.ts';
import { parseList } from '../../../src/leads/lists.ts';

describe('a list', () => {
  test('has one entry a line, without case, blanks, comments and doubles', () => {
    const text = '\uFEFF# Our accounts\r\nAcme.com\r\n\n  Other Corp  # since 2024\nacme.com\nC# Consulting\n#\n';
    expect([...parseList(text)]).toStrictEqual(['acme.com', 'other corp', 'c# consulting']);
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

  test('is found fast, whatever the text', () => {
    const start = performance.now();
    for (const part of ['a.', 'a@', 'a:', '.', '/', 'https://', 'a-']) listKeys(part.repeat(300).slice(0, 300));
    expect(performance.now() - start).toBeLessThan(200);
  });
});
