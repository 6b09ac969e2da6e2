import { onStage } from '../bench/processes/stage.ts';
import { checksTable } from './checks.ts';
import { judge } from './judge.ts';
import { readOptions, type SoakOptions, USAGE } from './options.ts';
import { type Seen, soak } from './run.ts';
import { tellTo } from './tell.ts';

/**
 * Lets two CRMs live with leadgauge beside them while everything goes wrong now and then, and says whether all is as it must be in the end, and
 * nothing grows. Exit codes: 0 all held, 1 not all, 2 wrong arguments, 130 stopped by Ctrl-C.
 */
process.exitCode = await main(process.argv.slice(2));
// What was started has ended; what a client of it still waits for does not matter.
process.exit();

async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv, Math.random);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const signal = stopSignal();
  const { say, clear } = tellTo(process.stderr, 'soak');
  say(`${options.minutes} minutes, seed ${options.seed}, to be had again with --seed ${options.seed}`);
  try {
    const seen = await onStage(signal, (stage) => soak(stage, options, say));
    clear();
    return await tell(seen, options);
  } catch (error) {
    clear();
    if (signal.aborted) return 130;
    throw error;
  }
}

async function tell(seen: Seen, options: SoakOptions): Promise<number> {
  const checks = judge(seen, options);
  const held = checks.filter((check) => check.held).length;
  const { lived, answers, redis, sizes } = seen;
  const { minutes, leads, seed } = options;
  const { open, ...answered } = answers;
  const { deeds, mishaps, troubles } = lived;
  const json = {
    held,
    of: checks.length,
    seed,
    minutes,
    leads,
    redis,
    checks,
    deeds,
    mishaps,
    troubles,
    demoRequests: answered,
    sizes,
    watched: seen.watched,
  };
  const text = options.json ? JSON.stringify(json) : `${checksTable(checks)}\n${inShort(seen)}`;
  await new Promise((resolve) => process.stdout.write(`${text}\n`, resolve));
  return held === checks.length ? 0 : 1;
}

function inShort({ lived, answers }: Seen): string {
  const sum = (table: Readonly<Record<string, number>>) => Object.values(table).reduce((all, each) => all + each, 0);
  const { asked, p50, p95 } = answers;
  return `${sum(lived.deeds)} deeds, ${sum(lived.mishaps)} mishaps, ${lived.troubles.length} troubles; ${asked} demo requests, before sales in ${p50} ms (half) and ${p95} ms (95%)`;
}

/** The first Ctrl-C lets everything that was started come to an end; the second does not wait for it. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(130);
      stopping.abort(new Error('the soak was stopped'));
    });
  }
  return stopping.signal;
}
