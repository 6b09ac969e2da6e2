import { parseArgs } from 'node:util';
import { askedFor, oneOf, wholeNumber } from '../support/asked-for.ts';
import { atRest } from './at-rest.ts';
import { fastTrack } from './fast-track.ts';
import { history } from './history.ts';
import type { Part } from './part.ts';
import type { CrmName } from './processes/crm-process.ts';
import { receiver } from './receiver.ts';
import { runParts, type Teller } from './run-parts.ts';
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
const CRMS: readonly CrmName[] = ['hubspot', 'salesforce'];

const USAGE = `usage: npm run --silent bench -- [--only PART] [--crm CRM] [--leads N] [--json]

  --only PART  one part alone, of ${Object.keys(PARTS).join(', ')}; all of them unless told
  --crm CRM    one CRM alone, of ${CRMS.join(', ')}, in sync; both unless told
  --leads N    how many leads the CRM has; 200,000 unless told in sync (whose second portal has a twentieth of it), history and
               fast-track; 20,000 unless told, and 100,000 at most, in workers (in ten portals together); in others nothing
  --json       one object for programs, at the end, in place of each part as it ends
`;

process.exitCode = await bench(process.argv.slice(2));

/** Exit codes: 0 measured, 1 the competitors disagree, 2 wrong arguments, 130 stopped by Ctrl-C. */
async function bench(argv: readonly string[]): Promise<number> {
  const asked = askedFor(argv, USAGE, readOptions);
  if (typeof asked === 'number') return asked;
  const { parts, crm, leads, json } = asked;
  const print = (text: string) => void process.stdout.write(text);
  return runParts(parts, { options: { crm, leads, signal: stopSignal() }, json, print, tellOf });
}

function readOptions(args: string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { only: text, crm: text, leads: text, json: { type: 'boolean' } } });
  const { json = false } = values;
  const only = values.only === undefined ? undefined : oneOf('--only', values.only, Object.keys(PARTS));
  const crm = values.crm === undefined ? undefined : oneOf('--crm', values.crm, CRMS);
  const leads = values.leads === undefined ? undefined : wholeNumber('--leads', values.leads, 9_999_999);
  const parts = Object.entries(PARTS).filter(([name]) => only === undefined || only === name);
  return { parts, crm, leads, json };
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
function tellOf(name: string): Teller {
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
