import { type Command, InvalidArgumentError } from 'commander';
import { ConfigError, LeadgaugeError } from '../base/errors.ts';
import { createLog } from '../base/log.ts';
import { backfill } from '../sync/backfill.ts';
import { verifyPortal } from '../sync/verify-portal.ts';
import { liveOn, liveOnce } from './demo/live.ts';
import { callsSince, type DemoReport, reportOf } from './demo/report.ts';
import { settle } from './demo/settle.ts';
import { openWorld, type World } from './demo/world.ts';
import type { Io } from './io.ts';
import { silentProgress, startProgress } from './progress.ts';
import { runWorker } from './run-worker.ts';

interface DemoFlags {
  readonly leads: number;
  readonly seed: number;
  readonly once?: boolean;
  readonly json?: boolean;
  readonly verify?: boolean;
}

export function addDemo(program: Command, io: Io): void {
  program
    .command('demo')
    .description('See it all on a made-up HubSpot portal on this machine: no account, no Redis, nothing to set up.')
    .option('--leads <n>', 'how many leads the portal has', wholeNumber(1, 1_000_000), 5_000)
    .option('--seed <n>', 'which people: the same number, the same portal', wholeNumber(0, 1_000_000_000), 1)
    .option('--once', 'end when all is settled, instead of letting the portal live on')
    .option('--json', 'with --once: print what was done as one JSON object and nothing else')
    .option('--verify', 'with --once: score every lead afresh at the end and compare')
    .addHelpText(
      'after',
      `
Watch a portal of 5,000 leads being scored, then living, until Ctrl-C:
  leadgauge demo

Run it through once and get figures, for a script:
  leadgauge demo --once --json --leads 20000 --verify`,
    )
    .action((flags: DemoFlags) => runDemo(flags, io));
}

async function runDemo({ leads, seed, once = false, json = false, verify = false }: DemoFlags, io: Io): Promise<void> {
  if (!once && (json || verify)) {
    throw new ConfigError(`--${json ? 'json' : 'verify'} tells of the end, and this demo has none: add --once`);
  }
  const tell = json ? () => {} : (line: string) => io.out(line);
  const log = createLog({ level: io.env.LOG_LEVEL ?? 'warn', json: false });
  tell(`A HubSpot portal with ${leads.toLocaleString('en')} made-up leads starts on this machine …`);
  const world = await openWorld(io, { leads, seed, log });
  const closing: (() => Promise<void>)[] = [() => world.close()];
  try {
    const { connection } = world.marketing;
    const { calls } = world.app;
    const { clock } = connection;
    const began = clock.now();
    await setUp(world, tell);
    const progress = json
      ? silentProgress
      : startProgress(io, { title: 'Scoring every lead', total: leads, now: clock.now });
    const tally = await backfill(connection, {
      // In a real portal a backfill promotes nobody unless asked; here there is nobody to be disturbed.
      promote: true,
      signal: io.signal,
      onActivities: (count) => progress.update(0, `${count.toLocaleString('en')} activities read`),
      onProgress: ({ scored }) => progress.update(scored, `${scored.toLocaleString('en')} leads`),
    });
    const backfillCalls = { ...calls };
    progress.finish(`Scored ${tally.scored.toLocaleString('en')} leads in ${seconds(clock.now() - began)} s.`);
    tell(`${tally.mql} are ready for sales; flags: ${flagsText(tally.flags)}.`);

    const worker = await runWorker(world.app);
    closing.unshift(() => worker.close());
    tell('\nNow the portal lives:');
    const live = await liveOnce(world, seed, io, (line) => tell(`  ${line}`));
    if (!once) {
      tell(whereToLook(world));
      await liveOn(world, seed, io, (line) => tell(`  ${line}`));
    }
    if (!(await settle(world, io.signal))) throw new DemoError('the portal did not settle within five minutes');
    const liveCalls = callsSince(calls, backfillCalls);
    const took = seconds(clock.now() - began);
    const verification = verify ? await verifyPortal(connection) : undefined;
    const report = await reportOf({ world, tally, backfillCalls, liveCalls, seconds: took, verification, ...live });
    if (json) io.out(JSON.stringify(report));
    else tell(summary(report));
    if (report.verified !== undefined && report.verified.wrong > 0) {
      throw new DemoError(`${report.verified.wrong} leads do not hold what scoring them afresh gives`);
    }
  } catch (error) {
    // Ctrl-C is how a demo ends.
    if (!io.signal.aborted) throw error;
    tell('\nThe demo ends.');
  } finally {
    for (const close of closing) await close();
  }
}

class DemoError extends LeadgaugeError {}

async function setUp({ marketing }: World, tell: (line: string) => void): Promise<void> {
  const { crm } = marketing.connection;
  const steps = await crm.planSetup();
  await crm.applySetup(steps);
  await crm.connect();
  const properties = steps.filter(({ kind }) => kind === 'property').length;
  tell(`Set up: ${properties} properties to hold scores, reasons and flags.`);
}

function whereToLook({ crms, receiver, dataDir }: World): string {
  const variables = [...crms.flatMap(({ environment }) => Object.entries(environment)), ['LEADGAUGE_DATA', dataDir]];
  const exports = variables.map(([name, value]) => `${name}=${value}`);
  const places = crms.map(({ title, place, url }) => `The ${place} of ${title} answers at ${url}`);
  return `
It goes on until Ctrl-C. See why a lead scores so, from another terminal in this folder:

  export ${exports.join(' ')}
  npm run --silent leadgauge -- explain ${crms[0]?.someone()?.id ?? ''}

${places.join(', ')}, the receiver at ${receiver.url}/readyz.
`;
}

function summary(report: DemoReport): string {
  const { calls, fastTrackMs, hotPollMs, verified } = report;
  const lines = [
    '',
    `${report.written.toLocaleString('en')} leads written with ${calls.read} lead reads, ${calls.write} writes and ${calls.activity} calls for what they did; ${report.rateLimited} rate limits hit.`,
    `${report.fastTracked} demo requests reached sales: by webhook in ${fastTrackMs.p50} ms (half) and ${fastTrackMs.p95} ms (95%), by poll in ${hotPollMs === undefined ? 'more than a minute' : `${hotPollMs} ms`}.`,
  ];
  if (verified !== undefined)
    lines.push(`${verified.checked.toLocaleString('en')} leads scored afresh: ${verified.wrong} differ.`);
  return lines.join('\n');
}

function flagsText(flags: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(flags).toSorted(([, one], [, other]) => other - one);
  return sorted.map(([flag, count]) => `${count} ${flag}`).join(', ') || 'none';
}

const seconds = (ms: number) => Math.round(ms / 100) / 10;

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}
