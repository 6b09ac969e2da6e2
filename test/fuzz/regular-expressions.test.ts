import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fuzz } from '../support/fuzz.ts';
import { ourExpressions } from '../support/our-expressions.ts';
import { slowText } from '../support/regex-attacks.ts';
import { finds, MOST_STEPS, stepsOf } from '../support/regex-steps.ts';

/** Slow over long texts, which they never get: where they stand, and why. */
const ONLY_SHORT: Readonly<Record<string, string>> = {
  '/(last|recent)_.*(timestamp|date)$/': 'the sandbox: names of properties have 100 characters at most',
  '/first_.*(timestamp|date)$/': 'the sandbox: names of properties have 100 characters at most',
};

/** Files that put expressions together out of parts while they are loaded. That of numbers is too large to be tried so, and gets 80 characters at most. */
const PUT_TOGETHER = [
  '../../src/leads/email-domain.ts',
  '../../src/leads/machine.ts',
  '../../src/crm/salesforce/streams/call-outcome.ts',
  '../../src/settings/yaml-unseen.ts',
];

describe('a regular expression in our sources', () => {
  test('takes steps in proportion to the text, or gets short texts only', () => {
    const all = ourExpressions('{src,jobs}/**/*.ts');
    expect(all.length).toBeGreaterThan(300);
    const slow = all.flatMap(({ file, line, expression }) => {
      const attack = slowText(expression);
      return attack === undefined ? [] : [{ expression: String(expression), place: `${file}:${line}`, attack }];
    });
    expect(slow.filter(({ expression }) => !Object.hasOwn(ONLY_SHORT, expression))).toEqual([]);
    expect(slow.map(({ expression }) => expression).toSorted()).toEqual(Object.keys(ONLY_SHORT).toSorted());
  });

  test('that is put together out of parts does so too', async () => {
    const made: RegExp[] = [];
    const Native = globalThis.RegExp;
    onTestFinished(() => {
      globalThis.RegExp = Native;
    });
    globalThis.RegExp = new Proxy(Native, {
      construct(target, given: ConstructorParameters<typeof RegExp>) {
        const expression = new target(...given);
        made.push(expression);
        return expression;
      },
    });
    for (const file of PUT_TOGETHER) await import(file);
    globalThis.RegExp = Native;
    expect(made.length).toBeGreaterThanOrEqual(5);
    expect(made.filter((expression) => slowText(expression) !== undefined)).toEqual([]);
  });
});

describe('what counts the steps', () => {
  test.each([
    /(a+)+$/,
    /a*a*b/,
    /(?:a|a)*b/,
    /\s+$/,
    /(\d+)-\d+/,
    /^(\w+\s?)*$/,
    /x.*x.*y/,
    /(?<=b)a+c|a+d/,
    /^.*?,.*?;/,
  ])('finds a text over which %s is slow', (expression) => {
    expect(slowText(expression)).toBeDefined();
  });

  test.each([/^a+$/, /^[a-z]+(?:-[a-z]+)*$/, /(?<!\s)\s+$/, /[^,]+/g, /^(?:\d+,)*\d+$/, /a{1,50}b/, /"[^"]*"/g])(
    'finds none for %s',
    (expression) => {
      expect(slowText(expression)).toBeUndefined();
    },
  );

  test('counts what does not come to an end in a lifetime', () => {
    expect(stepsOf(/^(a+)+$/, `${'a'.repeat(60)}!`)).toBe(MOST_STEPS);
  });

  test('finds what JavaScript finds', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '\\d',
      '\\s',
      '(a|ab)',
      '(?:b|)',
      '(?=a)',
      '(?!b)',
      '(?<=a)',
      '(?<!b)',
      '^',
      '$',
      '\\b',
      '\\1',
    );
    const repeated = fc
      .tuple(part, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?', '+?'))
      .map(([one, sign]) => (/^(?:\(\?<?[=!]|[\^$]|\\[b1])/.test(one) ? one : one + sign));
    const source = fc.array(repeated, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    const text = fc
      .array(fc.constantFrom('a', 'b', '1', ' ', '\n'), { maxLength: 12 })
      .map((letters) => letters.join(''));
    const flags = fc.constantFrom('', 'i', 's', 'm', 'u');
    fuzz(
      fc
        .tuple(source, flags, text)
        .filter(([one]) => !one.includes('\\1') || /\((?!\?)/.test(one.split('\\1')[0] ?? '')),
      ([pattern, sign, letters]) => {
        const expression = new RegExp(pattern, sign);
        expect(finds(expression, letters)).toBe(expression.exec(letters)?.[0]);
      },
      { share: 5 },
    );
  });
});
