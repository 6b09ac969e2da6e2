import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/base/errors.ts';
import { readLeadFile } from '../../src/cli/lead-file.ts';
import { formatReasons } from '../../src/scoring/format-reasons.ts';
import { scoreLead } from '../../src/scoring/score-lead.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { fuzz, inTime } from '../support/fuzz.ts';
import { replacedPart } from '../support/odd-parts.ts';
import { INHERITED, mangled, oddText, oddValue } from '../support/odd-texts.ts';
import { MONDAY } from '../support/test-clock.ts';

/** Of nobody: what is wrong with a file of leads is told without what it holds of them. */
const CANARY = 'canary@example.org';

const WORDS = [
  ...[',', ';', '\t', '"', '""', '\n', '\r\n', '\r', ' ', '=', "'", '\ufeff', '#', '\\', '|', '\u0000'],
  ...[
    'id',
    'email',
    'Job title',
    'country',
    'created_at',
    'lead',
    'type',
    'at',
    'form',
    'minutes',
    'count',
    CANARY,
    ...INHERITED,
  ],
  ...[
    'page-view',
    'form-submission',
    'demo-request',
    '2026-03-31',
    '31/03/2026',
    '31.03.2026 09:30',
    '1',
    '0',
    'yes',
    '1e999',
    '11-50',
  ],
];

const LEADS = `id,email,Job title,country,created_at,override
1,${CANARY},VP of Sales,Germany,2026-03-01,
2,,"Chief, ""Data"" Officer","Paris, France",2026-03-02T10:00:00Z,qualified
3,bob@example.com,Student,,,
`;
const ACTIVITIES = `lead,email,type,at,form,url,minutes,count,bot
1,,form-submission,2026-03-30,demo-request,,,,
,bob@example.com,page-view,2026-03-29T08:00:00Z,,https://acme.com/pricing?x=1,,3,no
2,,meeting,2026-03-28,,,45,,
`;
const JSON_LEADS = [
  {
    id: 'a',
    fields: { email: CANARY, job_title: 'VP of Sales', country: 'DE', employees: 50 },
    created_at: '2026-03-01',
    override: 'qualified',
    activities: [
      { type: 'form-submission', at: '2026-03-30', form: 'demo-request', id: 'x' },
      { type: 'meeting', at: 1_774_000_000_000, minutes: 45, count: 2, delivered_at: '2026-03-01', bot: false },
      { type: 'page-view', at: '2026-03-29T08:00:00Z', url: '/pricing', user_agent: 'curl/8' },
    ],
  },
  { id: 7, fields: { email: null, industry: true }, account: 12 },
];

const { models } = loadConfig('config');
const OPTIONS = {
  words: { fields: ['job_title', 'country', 'employees', 'industry', 'constructor'], forms: ['demo-request', 'ebook'] },
  models: ['platform'],
  now: MONDAY,
};

const folder = mkdtempSync(join(tmpdir(), 'leadgauge-fuzz-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Reads a file of leads twice and scores them: each comes out with a number, or is refused in words that tell nothing of anybody. */
function expectRead(file: string, activities?: string): void {
  const read = () => {
    try {
      return readLeadFile(file, { ...OPTIONS, activities });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return { leads: [], refused: error.problems };
    }
  };
  const { leads, refused } = read();
  for (const { message } of refused) {
    expect(message.trim()).not.toBe('');
    expect(message).not.toContain(CANARY);
  }
  for (const { lead, activities: done } of leads) {
    expect(typeof lead.id).toBe('string');
    expect(lead.createdAt).not.toBeNaN();
    for (const model of models.models) {
      const { total, reasons } = scoreLead(model, lead, done, MONDAY);
      expect(Number.isInteger(total)).toBe(true);
      expect(formatReasons(reasons, 1_000)).not.toMatch(/NaN|undefined/);
    }
  }
  expect(read()).toMatchObject({ leads: structuredClone(leads), refused });
}

describe('a file of leads', () => {
  test('in CSV with parts of it taken out, doubled or replaced is read, or refused without telling of anybody', () => {
    fuzz(mangled(fc.constant(LEADS), fc.oneof(fc.constantFrom(...WORDS), oddText(WORDS, 60))), (text) => {
      expectRead(write('leads.csv', text));
    });
  });

  test('of what leads did, in CSV, likewise', () => {
    const leads = write('known.csv', LEADS);
    fuzz(mangled(fc.constant(ACTIVITIES), fc.oneof(fc.constantFrom(...WORDS), oddText(WORDS, 60))), (text) => {
      expectRead(leads, write('activities.csv', text));
    });
  });

  test('in CSV of any cells is read, or refused', () => {
    fuzz(oddText(WORDS), (text) => expectRead(write('any.csv', text)));
    fuzz(oddText(WORDS), (text) => expectRead(write('any.csv', `id,email\n${text}`)));
  });

  test('in JSON with a value of another shape in it is read, or refused without telling of anybody', () => {
    const values = oddValue(fc.oneof(fc.constantFrom(...INHERITED, '2026-03-31', 'meeting', CANARY), oddText([], 60)));
    const times = fc.constantFrom(8.64e15, 8.64e15 + 1, -8.64e15, 9e15, -9e15, '9999-12-31', '0000-01-01', 0, 2 ** 53);
    const changed = replacedPart(JSON_LEADS, fc.oneof(values, times));
    fuzz(changed, (value) => expectRead(write('leads.json', JSON.stringify(value))), { share: 2 });
  });

  test('in JSON of any text is read, or refused', () => {
    const words = ['{', '}', '[', ']', '"', ':', ',', '"fields"', '"__proto__"', 'null', '1e999', '\\ud800', '\\u0000'];
    fuzz(oddText(words), (text) => expectRead(write('any.json', text)));
    fuzz(mangled(fc.constant(JSON.stringify(JSON_LEADS, null, 1)), oddText(words, 60)), (text) => {
      expectRead(write('any.json', text));
    });
  });

  test('of any bytes is read, or refused', () => {
    fuzz(fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('bytes.csv', 'bytes.json')), ([bytes, name]) => {
      expectRead(write(name, bytes));
    });
  });

  test.each(['"', '""', 'a,', '"a","b"\n', '{"a":', ',', ';', '\n', '\r', '[', 'a%40', 'a,"b"', 'x'.repeat(50)])(
    'that is 100 kB of %j is read, or refused',
    (part) => {
      for (const name of ['big.csv', 'big.json']) {
        for (const first of ['', 'id,email\n', '[']) {
          const file = write(name, first + part.repeat(100_000 / part.length));
          inTime(() => {
            try {
              expect(readLeadFile(file, { ...OPTIONS, activities: undefined }).leads).toBeDefined();
            } catch (error) {
              expect(error).toBeInstanceOf(ConfigError);
            }
          });
        }
      }
    },
  );
});

test('a field may have the name of something that all objects have, and be empty', () => {
  const leads = write('leads.csv', LEADS);
  const { leads: read, refused } = readLeadFile(leads, { ...OPTIONS, activities: write('activities.csv', ACTIVITIES) });
  expect(refused).toEqual([]);
  expect(read.map(({ activities }) => activities.length)).toEqual([1, 1, 1]);
  const named = write('named.json', '{ "fields": { "constructor": "Bob the builder" } }');
  expect(readLeadFile(named, { ...OPTIONS, activities: undefined }).leads[0]?.lead.fields).toEqual({
    constructor: 'Bob the builder',
  });
});
