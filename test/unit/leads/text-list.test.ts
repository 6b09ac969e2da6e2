import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { textList } from '../../../src/leads/text-list.ts';

test.each([
  ['an empty list', '[]', []],
  [
    'texts of all sorts',
    '[ "a.example",\n"b.example" , "", "ü.example", "a.example"]',
    ['a.example', 'b.example', '', 'ü.example'],
  ],
  ['texts with escapes', String.raw`["a\"b", "\u00fc.example", "plain"]`, ['a"b', 'ü.example', 'plain']],
])('%s has what it has, and nothing else', (_, json, texts) => {
  const list = textList(Buffer.from(json));
  expect(list.length).toBe(z.array(z.string()).parse(JSON.parse(json)).length);
  for (const text of texts) expect(list.has(text), text).toBe(true);
  for (const text of ['.example', 'a.exampl', 'a.example"', 'a.example","b.example', ',', 'b', ' '])
    expect(list.has(text), text).toBe(false);
});

test('a list that was cut off is none', () => {
  expect(() => textList(Buffer.from('["a.example", "b.exa'))).toThrow(SyntaxError);
});

test('a published list of a hundred thousand domains is the same as a set of them', () => {
  const file = readFileSync(createRequire(import.meta.url).resolve('disposable-email-domains/index.json'));
  const domains = z.array(z.string()).parse(JSON.parse(file.toString('utf8')));
  const set = new Set(domains);
  const list = textList(file);
  expect(list.length).toBe(domains.length);
  expect(domains.filter((domain) => !list.has(domain))).toEqual([]);
  const others = domains.flatMap((domain, place) =>
    place % 5 === 0 ? [`x${domain}`, domain.slice(1), domain.slice(0, -1)] : [],
  );
  expect(others.filter((domain) => list.has(domain) !== set.has(domain))).toEqual([]);
});
