import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDate } from '../../src/analysis/table/dates.ts';
import { parseDuration } from '../../src/base/duration.ts';
import { durationAdvice } from '../../src/base/duration-advice.ts';
import { dateOfDay, dayOfDate } from '../../src/base/local-time.ts';
import { suggestion } from '../../src/base/nearest-word.ts';
import { parseInstant } from '../../src/cli/instant.ts';
import { parseNumberRange } from '../../src/leads/number.ts';
import { normaliseText } from '../../src/leads/text.ts';
import { expressionProblem, expressionTest } from '../../src/scoring/regular-expression.ts';
import { addressOf, pathOf, urlPattern, urlPatternProblem } from '../../src/scoring/url-pattern.ts';
import { cronProblem } from '../../src/settings/cron.ts';
import { fuzz } from '../support/fuzz.ts';
import { INHERITED, oddText } from '../support/odd-texts.ts';

/** What reads a text of a lead gets it so: without blanks around it and in lower case. */
const plain = (texts: fc.Arbitrary<string>) => texts.map((text) => normaliseText(text) ?? '');

describe('a number', () => {
  const words =
    '1 10 50 000 1,000 2.5 .5 1e9 k m Mio. crore % + - – € $ us$ rs about between and to or more under ( ) : employees'
      .split(' ')
      .concat(' ', '’', '\u00a0');

  test('lies between a low end and a high one, and both are numbers', () => {
    fuzz(
      plain(oddText(words, 100)),
      (text) => {
        const range = parseNumberRange(text);
        if (range === undefined) return;
        expect(range.low).not.toBeNaN();
        expect(range.high).not.toBeNaN();
        expect(range.low).toBeLessThanOrEqual(range.high);
      },
      { share: 3 },
    );
  });

  test('as JavaScript writes it is that number', () => {
    fuzz(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (number) => {
      expect(parseNumberRange(String(number))).toEqual({ low: number, high: number });
    });
  });
});

describe('a time', () => {
  const words = '2026 2026-03-31 31 03 12 T 09:30 :00 .123 Z z +01:00 -0800 am pm . / - , 00 99 24:00 0000-01-01'.split(
    ' ',
  );
  const isTime = (at: number) => expect(new Date(at).getTime()).toBe(at);

  test('of a table is one that there is, in either order of day and month', () => {
    fuzz(plain(oddText([...words, ' '], 60)), (text) => {
      for (const order of ['day-first', 'month-first'] as const) {
        const at = parseDate(text, order);
        if (at !== undefined) isTime(at);
      }
    });
  });

  test('of the command line is one that there is, and is read the same when written in full', () => {
    fuzz(oddText([...words, ' '], 60), (text) => {
      const at = parseInstant(text);
      if (at === undefined) return;
      isTime(at);
      const written = new Date(at).toISOString();
      if (/^\d{4}-/.test(written)) expect(parseInstant(written)).toBe(at);
    });
  });

  test('of the calendar is a day that there is', () => {
    fuzz(oddText([...words, '-'], 30), (text) => {
      const day = dayOfDate(text);
      if (!Number.isNaN(day)) expect(dateOfDay(day)).toBe(text);
    });
  });

  test('of any instant is read as it was written', () => {
    const from = new Date('0001-01-01');
    fuzz(fc.date({ min: from, max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      expect(parseInstant(date.toISOString())).toBe(date.getTime());
      expect(parseDate(date.toISOString().toLowerCase(), 'day-first')).toBe(date.getTime());
    });
  });
});

describe('a length of time', () => {
  test('is positive, and whatever else somebody writes gets advice that can be followed', () => {
    fuzz(oddText('30 s 5m 2h 90d 6w months 3 . 0 1e3 year -1'.split(' '), 60), (text) => {
      const length = parseDuration(text);
      if (length !== undefined) expect(length).toBeGreaterThan(0);
      const [, advised] = /^write (.*)$/.exec(durationAdvice(text)) ?? [];
      if (advised !== undefined && !advised.startsWith('a whole number') && !advised.startsWith('its unit too'))
        expect(parseDuration(advised)).toBeGreaterThan(0);
    });
  });
});

describe('a schedule', () => {
  test('in five fields is good or is complained of', () => {
    fuzz(oddText('* */5 0-30/10 1,2 mon jan 31 2 - / , 0 99'.split(' ').concat(' '), 60), (text) => {
      expect(['string', 'undefined']).toContain(typeof cronProblem(text));
    });
  });
});

describe('a page', () => {
  const words = ['https://', 'acme.com', '/', 'pricing', '?', '#', '%20', '%', '*', '.html', 'PRICING', '//'];

  test('has one path however its address is written', () => {
    fuzz(oddText(words), (url) => {
      const path = pathOf(url);
      expect(pathOf(addressOf(url))).toBe(path);
      expect(path).toMatch(/^\//);
      expect(path.length).toBeLessThanOrEqual(3_000);
      expect(pathOf(`${addressOf(url).slice(0, 900)}?q=1#top`)).toBe(pathOf(addressOf(url).slice(0, 900)));
    });
  });

  test('is found by a pattern that is its path, and by one star', () => {
    fuzz(oddText(words), (url) => {
      const path = pathOf(url);
      expect(urlPattern('*')(path)).toBe(true);
      if (!path.includes('*')) expect(urlPattern(path)(path)).toBe(true);
      expect(urlPattern(`${path.slice(0, 5)}*`)(path)).toBe(true);
    });
  });

  test('is held against patterns of many stars', () => {
    const pattern = fc
      .array(fc.constantFrom('*', '**', '/', 'a', 'aa', 'b'), { maxLength: 60 })
      .map((parts) => parts.join(''));
    fuzz(fc.tuple(pattern, fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 1_000 })), ([glob, path]) => {
      urlPatternProblem(glob);
      expect(typeof urlPattern(glob)(path.join(''))).toBe('boolean');
    });
  });
});

describe('an expression of a model', () => {
  const words = [
    'a',
    '(',
    ')',
    '+',
    '*',
    '?',
    '[',
    ']',
    '{2,}',
    '{1000}',
    '|',
    '\\w',
    '\\',
    '^',
    '$',
    '.',
    '(?i)',
    '(?:',
    '\\Q',
    '\\E',
    '\\pL',
    '[[:alpha:]]',
    '(?P<a>',
  ];

  test('is refused in words, or answers yes or no for any text', () => {
    fuzz(
      fc.tuple(
        oddText(words, 500).map((text) => text.slice(0, 500)),
        oddText(['a', 'b'], 5_000),
      ),
      ([expression, text]) => {
        if (expression === '') return;
        const problem = expressionProblem(expression);
        if (problem !== undefined) expect(problem).not.toBe('');
        else expect(typeof expressionTest(expression)(text)).toBe('boolean');
      },
    );
  });
});

describe('a word that nobody knows', () => {
  test('is answered with a near one, or some that there are', () => {
    fuzz(
      fc.tuple(oddText(['job', '_', 'title']), fc.uniqueArray(fc.constantFrom('job_title', 'country', ...INHERITED))),
      ([word, options]) => {
        expect(typeof suggestion(word, options)).toBe('string');
      },
    );
  });
});
