import { parseArgs } from 'node:util';
import { atRest } from './at-rest.ts';
import { fastTrack } from './fast-track.ts';
import { history } from './history.ts';
import { Disagreement, type Part, type Result, type Say } from './part.ts';
import type { CrmName } from './processes/crm-process.ts';
import { receiver } from './receiver.ts';
import { scoring } from './scoring.ts';
import { sync } from './sync.ts';
import { workers } from './workers.ts';

/** Every part, by the name that `--only` takes. */
const PARTS: Readonly<Record<string, Part>> = {
  scoring,
  receiver,
  sync,
  workers,
  history,
  'fast-track': fastTrack,
  'at-rest': atRest,
};
/** Under what name `--json` prints it, where that is another. */
const KEYS: Readonly<Record<string, string>> = { 'fast-track': 'fastTrack', 'at-rest': 'atRest' };

const CRMS: readonly CrmName[] = ['hubspot', 'salesforce'];

const USAGE = `usage: npm run --silent bench -- [--only ${Object.keys(PARTS).join('|')}] [--crm ${CRMS.join('|')}] [--leads N] [--json]\n`;

process.exitCode = await bench(process.argv.slice(2));

/** Exit codes: 0 measured, 1 the competitors disagree, 2 wrong arguments, 130 stopped by Ctrl-C. */
async function bench(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const signal = stopSignal();
  const results: Record<string, Result> = {};
  for (const [name, part] of options.parts) {
    const teller = tellOf(name);
    try {
      results[name] = await part.run(teller.say, { leads: options.leads, crm: options.crm, signal });
    } catch (error) {
      if (signal.aborted) return 130;
      if (!(error instanceof Disagreement)) throw error;
      teller.say(error.message);
      return 1;
    } finally {
      teller.clear();
    }
  }
  const entries = Object.entries(results);
  process.stdout.write(
    options.json
      ? `${JSON.stringify(Object.fromEntries(entries.map(([name, { json }]) => [KEYS[name] ?? name, json])))}\n`
      : entries.map(([name, { text }]) => `${name}\n\n${text}`).join('\n'),
  );
  return 0;
}

/** Undefined where the arguments make no sense. */
function readOptions(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' },
        crm: { type: 'string' },
        leads: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const { only, leads, json = false } = values;
    const crm = CRMS.find((name) => name === values.crm);
    if (values.crm !== undefined && crm === undefined) return undefined;
    if (leads !== undefined && !/^[1-9]\d{0,6}$/.test(leads)) return undefined;
    const parts = Object.entries(PARTS).filter(([name]) => only === undefined || only === name);
    if (parts.length === 0) return undefined;
    return { parts, crm, leads: leads === undefined ? undefined : Number(leads), json };
  } catch {
    return undefined;
  }
}

/** The first Ctrl-C lets everything that was started come to an end; the second does not wait for it. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(130);
      stopping.abort(new Error('the benchmark was stopped'));
    });
  }
  return stopping.signal;
}

/** A line for each word; what is passing is written at a terminal alone, and the next word over it. */
function tellOf(name: string): { say: Say; clear(): void } {
  const { stderr } = process;
  let passing = false;
  const clear = () => {
    if (passing) stderr.write('\r\u001b[K');
    passing = false;
  };
  return {
    clear,
    say(progress, how) {
      const isPassing = how?.passing === true;
      if (isPassing && !stderr.isTTY) return;
      clear();
      passing = isPassing;
      stderr.write(`${name}: ${progress}${isPassing ? '' : '\n'}`);
    },
  };
}
