import { describe, expect, test } from 'vitest';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { fitModel, leadOf, NOW } from './model.ts';

function holds(condition: string, fields: Record<string, string>, emails: readonly string[] = []): boolean {
  const model = fitModel(`{ id: c, when: ${condition}, points: 1 }`);
  return scoreLead(model, leadOf(fields, emails), [], NOW).fit === 1;
}

/** A condition, values of its field that are a yes, and values that are a no; a missing field is always a no. */
const OPERATORS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['is: Germany', ['Germany', ' GERMANY ', 'germany\n'], ['Germany East', 'France', ' ']],
  ['is: 5', ['5'], ['5.0', '55']],
  ['is: true', ['true', 'TRUE'], ['yes', 'false']],
  ['in: [Germany, " France "]', ['france', 'GERMANY'], ['Spain', 'germany, france']],
  ['in: Germany', ['germany'], ['Spain']],
  ['not_in: [Germany, France]', ['Spain'], ['germany ', '  ']],
  ['contains: [soft, Bank]', ['Software', 'Deutsche BANK AG'], ['Retail', 's oft']],
  ['at_least: 100', ['100', '1,000', '100-500', '1k+', 'over 100'], ['99', '50-200', 'many', '', '99.99']],
  ['at_most: 50', ['50', '11-50', 'under 50', '-3'], ['51', '11-51', '1+', 'few']],
  ['between: [10, 100]', ['10', '100', '11-50'], ['9', '5-50', '50-500', '50+', 'some']],
  ['at_least: 10, at_most: 20', ['10', '15', '20'], ['9', '21']],
  ['exists: true', ['x', '0', '-'], ['', ' \t']],
  [
    'in_list: competitors',
    ['other rival inc', 'rival.com', 'https://www.rival.com/about', 'ann@mail.rival.com', 'WWW.RIVAL.COM'],
    ['arrival.com', 'rival', 'rival.com.example', 'acme.com'],
  ],
  ['domain: personal', ['ann@gmail.com', ' ANN@GMail.com'], ['ann@acme.com', 'gmail.com', 'ann@', '@gmail.com', 'ann']],
  ['domain: [education, government]', ['ann@mit.edu', 'ann@state.gov'], ['ann@gmail.com']],
  ['seniority: [c-level, vp]', ['VP of Sales', 'CTO'], ['Director', 'Assistant to the VP', 'wizard']],
  ['function: [marketing, engineering]', ['Head of Marketing', 'Software Engineer'], ['Sales Manager', 'wizard']],
  ['country: [dach, "United States"]', ['Germany', 'Österreich', 'CH', 'USA'], ['France', 'Mordor', ' ']],
  ['matches: "^head of \\\\w+$"', ['Head of Sales', ' HEAD OF IT '], ['Head of the Board', 'Ahead of time', '']],
  ['matches: "^(\\\\w+, )+vp"', ['Head, VP', 'a, b, vp of'], ['VP', 'head vp']],
  ['matches: "(?:\\\\d+\\\\.)+\\\\d+"', ['v1.2.3'], ['12', '1.']],
  ['matches: "(x|(y*z)?){2,}$"', ['xyz', 'a'], []],
  ['matches: "/blog/pricing"', ['example.com/Blog/Pricing'], ['/blog', '/pricing']],
  ['matches: "/blog/us"', ['/blog/us'], ['/blog/']],
  ['matches: "b[aeiou]t|\\\\d{3}"', ['a BIT', 'room 101'], ['byte', '10 1']],
];

describe('a question about a field', () => {
  for (const [question, yes, no] of OPERATORS) {
    test(`{ ${question} }`, () => {
      const condition = `{ field: some_field, ${question} }`;
      for (const value of yes) expect(holds(condition, { some_field: value }), JSON.stringify(value)).toBe(true);
      for (const value of no) expect(holds(condition, { some_field: value }), JSON.stringify(value)).toBe(false);
      expect(holds(condition, {})).toBe(false);
    });
  }

  test('missing can be scored: absent and blank are the same', () => {
    const condition = '{ field: company, missing: true }';
    const nothing: readonly Record<string, string>[] = [{}, { company: '' }, { company: ' \n' }];
    for (const fields of nothing) expect(holds(condition, fields)).toBe(true);
    expect(holds(condition, { company: 'Acme' })).toBe(false);
  });

  test('"" stands for no value, alone and among others', () => {
    const nothing: readonly Record<string, string>[] = [{}, { product: '' }, { product: ' \n' }];
    for (const fields of nothing) {
      expect(holds('{ field: product, in: [platform, ""] }', fields)).toBe(true);
      expect(holds('{ field: product, is: "" }', fields)).toBe(true);
      expect(holds('{ not: { field: product, is: "" } }', fields)).toBe(false);
    }
    expect(holds('{ field: product, in: [platform, ""] }', { product: 'Platform' })).toBe(true);
    expect(holds('{ field: product, in: [platform, ""] }', { product: 'Consulting' })).toBe(false);
    expect(holds('{ field: product, is: "" }', { product: 'Platform' })).toBe(false);
  });

  test('a regular expression looks at the first thousand characters, and takes no time over them', () => {
    const long = `${'a'.repeat(1_000)}end`;
    expect(holds('{ field: text, matches: "aend" }', { text: long })).toBe(false);
    expect(holds('{ field: text, matches: "aend" }', { text: long.slice(3) })).toBe(true);
    expect(holds('{ field: text, matches: "^(a|aa|a?)b*a*b*a*b*a*b*a*b*c$" }', { text: 'a'.repeat(100_000) })).toBe(
      false,
    );
  });

  test('email is the primary address where no field of that name is read', () => {
    const condition = '{ field: email, domain: personal }';
    expect(holds(condition, {}, ['ann@gmail.com', 'ann@acme.com'])).toBe(true);
    expect(holds(condition, { email: 'ann@acme.com' }, ['ann@gmail.com'])).toBe(false);
  });

  test('a field named like something every object has is only a field', () => {
    expect(holds('{ field: constructor, exists: true }', {})).toBe(false);
  });
});

describe('questions combined', () => {
  const title = '{ field: title, is: boss }';
  const size = '{ field: size, at_least: 10 }';

  test('all, any and not, at any depth', () => {
    expect(holds(`{ all: [${title}, ${size}] }`, { title: 'boss', size: '11' })).toBe(true);
    expect(holds(`{ all: [${title}, ${size}] }`, { title: 'boss' })).toBe(false);
    expect(holds(`{ any: [${title}, ${size}] }`, { size: '10' })).toBe(true);
    expect(holds(`{ any: [${title}, ${size}] }`, { title: 'x', size: '9' })).toBe(false);
    expect(holds(`{ not: { any: [${title}, { all: [${size}, { not: ${title} }] }] } }`, { size: '9' })).toBe(true);
  });

  test('a question about a missing field is a no, so that not makes it a yes', () => {
    expect(holds(`{ not: ${title} }`, {})).toBe(true);
  });
});
