import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { findRedisServer } from '../../src/queue/redis-server.ts';
import { askedFor, wholeNumber } from '../support/asked-for.ts';
import { patternOf } from '../support/titled.ts';
import { joined, judge, type Report, reportSchema, tableOf } from './report.ts';
import { ROWS, type Row } from './rows.ts';

/**
 * Injects every fault that must be survived, and says which rows hold. Exit codes: 0 all of them, 1 not all, 2 wrong arguments.
 * A redis-server on the PATH is used where there is one: without it rows that need one do not hold.
 */
const USAGE = `usage: npm run --silent test:faults -- [--json] [--row N]... [--long] [--kills N] [--leads N] [--seed N] [--report FILE]...

  --json         prints the same for programs
  --row N        only this row, however often; all of them unless told
  --long         the long version of row 11: 100 kills for each CRM in a sync of 10,000 leads
  --kills N      how many kills row 11 is for each CRM; 5 unless told
  --leads N      in a sync of how many leads; 600 unless told
  --seed N       which moments; with --long others each time, else 1
  --report FILE  what vitest's JSON reporter wrote of a run of all tests just now, however often: only row 11 is run again
`;

const REPORT = 'reports/faults.json';
const LONG = { kills: 100, leads: 10_000 };
/** What goes by the plan: all else is as a report has it. */
const BY_PLAN = /\/kills-(?:hubspot|salesforce)\./;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const asked = askedFor(argv, USAGE, readOptions);
  if (typeof asked === 'number') return asked;
  const { rows, reports, json, plan } = asked;
  const redis = findRedisServer(process.env.PATH);
  if (rows.some(({ number }) => number === 11))
    say(`row 11: ${plan.kills} kills for each CRM in a sync of ${plan.leads} leads, seed ${plan.seed}`);
  say(redis === undefined ? 'there is no redis-server: the Redis within the process is used' : `with ${redis}`);
  const env = {
    ...process.env,
    LEADGAUGE_KILLS: String(plan.kills),
    LEADGAUGE_KILL_LEADS: String(plan.leads),
    LEADGAUGE_KILL_SEED: String(plan.seed),
    ...(redis !== undefined && { LEADGAUGE_TEST_REDIS: 'server' }),
  };
  const known = await Promise.all(reports.map(readReport));
  const proofs = rows.flatMap((row) => row.proofs).filter(([file]) => reports.length === 0 || BY_PLAN.test(file));
  const verdicts = judge(rows, joined([...known, await run(proofs, env)]));
  const held = verdicts.filter((verdict) => verdict.held).length;
  const seed = plan.seed;
  process.stdout.write(
    `${json ? JSON.stringify({ held, of: verdicts.length, seed, rows: verdicts }) : tableOf(verdicts)}\n`,
  );
  return held === verdicts.length ? 0 : 1;
}

function readOptions(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const several = { ...text, multiple: true } as const;
  const options = { json: flag, long: flag, row: several, report: several, kills: text, leads: text, seed: text };
  const { values } = parseArgs({ args, options });
  const { row = [], report: reports = [], json = false, long = false } = values;
  const wanted = new Set(row.map((each) => wholeNumber('--row', each, ROWS.length)));
  const given = (name: 'kills' | 'leads' | 'seed', otherwise: number) => {
    const value = values[name];
    return value === undefined ? otherwise : wholeNumber(`--${name}`, value, 999_999_999);
  };
  const plan = {
    kills: given('kills', long ? LONG.kills : 5),
    leads: given('leads', long ? LONG.leads : 600),
    seed: given('seed', long ? 1 + Math.floor(Math.random() * 999_999) : 1),
  };
  return { rows: ROWS.filter(({ number }) => wanted.size === 0 || wanted.has(number)), reports, json, plan };
}

/** Runs these tests and no others. What vitest says goes to standard error. */
async function run(proofs: Row['proofs'], env: NodeJS.ProcessEnv): Promise<Report> {
  // Of no files vitest takes all.
  if (proofs.length === 0) return { testResults: [] };
  const files = [...new Set(proofs.map(([file]) => file))];
  // Of a test within a `describe` the name begins with that of the `describe`.
  const titles = [...new Set(proofs.map(([, title]) => patternOf(title)))];
  await mkdir(dirname(REPORT), { recursive: true });
  await rm(REPORT, { force: true });
  const args = ['run', '--config', 'test/faults/vitest.config.ts', '-t', titles.join('|')];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const vitest = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args, ...reporters, ...files], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  vitest.stdout.pipe(process.stderr);
  const [code, signal] = await once(vitest, 'close');
  if (signal !== null || Number(code) > 1) say(`vitest ended with ${String(signal ?? code)}`);
  return readReport(REPORT);
}

/** Empty where there is none: what could not even begin proves nothing. */
async function readReport(file: string): Promise<Report> {
  try {
    return reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    say(`there is no report in ${file}`);
    return { testResults: [] };
  }
}

function say(line: string): void {
  process.stderr.write(`faults: ${line}\n`);
}
