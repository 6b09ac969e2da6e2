import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ConfigError } from '../../../src/base/errors.ts';
import { hubspotConfigSchema } from '../../../src/crm/hubspot/config.ts';
import { NO_OWN_TITLES } from '../../../src/leads/titles.ts';
import { readOtherModel } from '../../../src/settings/model-file.ts';
import { hubspotWords } from '../../../src/settings/words.ts';
import { checkYaml } from '../../../src/settings/yaml-file.ts';
import { copyConfig, runCli } from '../../support/run-cli.ts';
import { activities } from './bad-models/activities.ts';
import { answers } from './bad-models/answers.ts';
import { files } from './bad-models/files.ts';
import { gradesAndBands } from './bad-models/grades-and-bands.ts';
import { keys } from './bad-models/keys.ts';
import { lengthsOfTime } from './bad-models/lengths-of-time.ts';
import { type Mistake, withMistake } from './bad-models/mistake.ts';
import { names } from './bad-models/names.ts';
import { numbers } from './bad-models/numbers.ts';
import { questions } from './bad-models/questions.ts';
import { routeMistakes } from './bad-models/routes.ts';
import { spelling } from './bad-models/spelling.ts';

const GOOD = readFileSync(join(import.meta.dirname, 'bad-models', 'good-model.yaml'), 'utf8');
const HUBSPOT = checkYaml(
  readFileSync(join(import.meta.dirname, 'bad-models', 'hubspot.yaml'), 'utf8'),
  'hubspot.yaml',
  hubspotConfigSchema,
);
const CONFIG = {
  lists: new Map([['target-accounts', new Set(['acme.example'])]]),
  titles: NO_OWN_TITLES,
  words: [hubspotWords(HUBSPOT.file, HUBSPOT.value)],
};
const TABLES: readonly (readonly [what: string, mistakes: readonly Mistake[]])[] = [
  ['a number', numbers],
  ['a length of time', lengthsOfTime],
  ['a key', keys],
  ['a question', questions],
  ['what is asked for', answers],
  ['an activity', activities],
  ['a name', names],
  ['grades, gates and bands', gradesAndBands],
  ['stages and routes', routeMistakes],
  ['YAML itself', spelling],
];

const dir = mkdtempSync(join(tmpdir(), 'leadgauge-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** All that is said of a model, a line each as people see it; none for a good one. */
function problemsOf(content: string | Buffer): string[] {
  const file = join(dir, 'model.yaml');
  writeFileSync(file, content);
  try {
    readOtherModel(file, CONFIG);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.replaceAll(file, 'model.yaml').split('\n');
  }
}

test('the good model is good', () => {
  expect(problemsOf(GOOD)).toEqual([]);
});

describe.each(TABLES)('a mistake in %s is told once, where it is', (_what, mistakes) => {
  test.each(mistakes)('%s', (...mistake) => {
    const { text, line, column } = withMistake(GOOD, mistake);
    expect(problemsOf(text)).toEqual([`model.yaml:${line}:${column} ${mistake[3]}`]);
  });
});

test('places are the same with the line ends of Windows', () => {
  for (const [, mistakes] of TABLES) {
    for (const mistake of mistakes) {
      const { text, line, column } = withMistake(GOOD, mistake);
      const told = problemsOf(text.replaceAll('\n', '\r\n'));
      expect(told, mistake[0]).toEqual([`model.yaml:${line}:${column} ${mistake[3]}`]);
    }
  }
});

describe('a file that is no model is told with a place', () => {
  test.each(files)('%s', (_what, content, message) => {
    expect(problemsOf(content)).toEqual([`model.yaml:${message}`]);
  });
});

test('no message speaks the language of programs', () => {
  const messages = [...TABLES.flatMap(([, mistakes]) => mistakes.map((row) => row[3])), ...files.map((row) => row[2])];
  expect(messages.length).toBeGreaterThan(250);
  expect(
    messages.filter((message) =>
      /expected|received|[Ii]nvalid|nrecognized|undefined|null|NaN|object|array|string|schema|zod|Error|\n|\.ts\b/.test(
        message,
      ),
    ),
  ).toEqual([]);
});

test('of thousands of mistakes the first fifty are told, and how many more there are', () => {
  const strange = Array.from({ length: 10_000 }, (_, at) => `k${at}: 1\n`).join('');
  const problems = problemsOf(GOOD + strange);
  expect(problems).toHaveLength(50);
  expect(problems[0]).toMatch(/^model\.yaml:97:1 unknown key "k0"/);
  expect(problems[49]).toMatch(/; and 9950 more in this file$/);
  expect(problemsOf(GOOD + 'k: 1\n'.repeat(10_000))).toHaveLength(50);
});

test.each([
  ['id: large', 'id: SECRET!'],
  ['id: large', 'id:SECRET'],
  ['{ field: phone, missing', '{ field: SECRET, missing'],
  ['is: Germany', 'is: @SECRET'],
  ['is: Germany', 'is: “SECRET”'],
  ['is: Germany }', 'is: a, SECRET }'],
  ['is: Germany }', 'is: SECRET, b }'],
  ['flag: personal-email', 'SECRET: personal-email'],
  ['flag: personal-email', 'flag: Bearer SECRET'],
  ['flag: personal-email', 'flag: "x" SECRET'],
  ['requires: [email, company]', 'requires: SECRET'],
  ['per: day', 'per: SECRET'],
  ['mql: { fit: 50', 'mql: { fit: SECRET'],
  ['  buyer: { field', '  SECRET!: { field'],
  ['window: 180d', 'window: SECRET'],
])('a credential that strayed into a model is not shown: %s, %s', (right, wrong) => {
  const secret = 'pat-na1-12345678-abcd-4711';
  const problems = problemsOf(GOOD.replace(right, wrong.replace('SECRET', secret)));
  expect(problems).not.toEqual([]);
  expect(problems.join('\n')).not.toMatch(/12345678|4711/);
});

describe('what looks odd and is right is taken:', () => {
  test.each([
    ['a byte order mark', `\uFEFF${GOOD}`],
    ['the line ends of Windows', GOOD.replaceAll('\n', '\r\n')],
    ['three dashes before it, three dots behind', `---\n${GOOD}...\n`],
    ['JSON', JSON.stringify(parse(GOOD))],
    ['JSON indented with tabs', JSON.stringify(parse(GOOD), null, '\t')],
    ['a plus before points', GOOD.replace('points: 40', 'points: +40')],
    ['a blank before a colon', GOOD.replace('points: 40', 'points : 40')],
    ['keys in quotes', GOOD.replace('points: 40', '"points": 40')],
    ['an emoji in a name', GOOD.replace('name: Contact', 'name: 🔥 Contact')],
    ['a word that looks like an answer', GOOD.replace('is: Germany', 'is: no')],
    ['a day as text', GOOD.replace('is: Germany', 'is: 2026-01-31')],
    [
      'a part that is marked and repeated',
      GOOD.replace('seniority: [c-level, vp] }', 'seniority: *deciders }').replace(
        '[c-level, vp, director]',
        '&deciders [c-level, vp, director]',
      ),
    ],
  ])('%s', (_what, text) => {
    expect(text).not.toBe(GOOD);
    expect(problemsOf(text)).toEqual([]);
  });
});

test.each([keys, questions, spelling].flatMap((mistakes) => mistakes.slice(0, 1)))(
  'a command ends with 2 and says no more: %s',
  async (...mistake) => {
    const config = copyConfig();
    const { text, line, column } = withMistake(GOOD, mistake);
    const file = join(config, 'models', 'platform.yaml');
    writeFileSync(file, text);
    expect(await runCli(['score', '--lead', 'lead.json'], { LEADGAUGE_CONFIG: config })).toEqual({
      code: 2,
      out: '',
      err: `${file}:${line}:${column} ${mistake[3]}`,
    });
  },
);
