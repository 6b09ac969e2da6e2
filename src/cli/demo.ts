import { type Command, Option } from 'commander';
import { ConfigError, LeadgaugeError } from '../base/errors.ts';
import { createLog } from '../base/log.ts';
import { verifyPortal } from '../sync/verify-portal.ts';
import { wholeNumber } from './arguments.ts';
import { callsSince } from './calls.ts';
import { DEMO_CRMS, type DemoCrmName } from './demo/demo-crm.ts';
import { liveOn, liveOnce } from './demo/live.ts';
import { type Done, reportOf } from './demo/report.ts';
import { type Scored, scoreAll } from './demo/score-all.ts';
import { quiet, settle } from './demo/settle.ts';
import { inSeconds, summary, whereToLook } from './demo/tell.ts';
import { openWorld, type World } from './demo/world.ts';
import type { Io } from './io.ts';
import { runWorker } from './run-worker.ts';

interface DemoFlags {
  readonly leads: number;
  readonly seed: number;
  readonly crm: DemoCrmName;
  readonly both?: boolean;
  readonly once?: boolean;
  readonly json?: boolean;
  readonly verify?: boolean;
}

export function addDemo(program: Command, io: Io): void {
  program
    .command('demo')
    .description('See it all on a made-up CRM on this machine: no account, no Redis, nothing to set up.')
    .addOption(new Option('--crm <name>', 'which CRM').choices(DEMO_CRMS).default('hubspot'))
    .addOption(
      new Option('--both', 'both, with the same people: they act in HubSpot, sales works in Salesforce').conflicts(
        'crm',
      ),
    )
    .option('--leads <n>', 'how many leads the CRM has, or each of them', wholeNumber(1, 1_000_000), 5_000)
    .option('--seed <n>', 'which people: the same number, the same people', wholeNumber(0, 1_000_000_000), 1)
    .option('--once', 'end when all is settled, instead of letting the CRM live on')
    .option('--json', 'with --once: print what was done as one JSON object and nothing else')
    .option('--verify', 'with --once: score every lead afresh at the end and compare')
    .addHelpText(
      'after',
      `
Watch a HubSpot portal of 5,000 leads being scored, then living, until Ctrl-C:
  leadgauge demo

The same with a Salesforce org, or with both and one model over them:
  leadgauge demo --crm salesforce
  leadgauge demo --both

Run it through once and get figures, for a script:
  leadgauge demo --once --json --leads 20000 --verify`,
    )
    .action((flags: DemoFlags) => runDemo(flags, io));
}

async function runDemo(flags: DemoFlags, io: Io): Promise<void> {
  const { leads, seed, crm, both = false, once = false, json = false, verify = false } = flags;
  if (!once && (json || verify)) {
    throw new ConfigError(`--${json ? 'json' : 'verify'} tells of the end, and this demo has none: add --once`);
  }
  const tell = json ? () => {} : (line: string) => io.out(line);
  const log = createLog({ level: io.env.LOG_LEVEL ?? 'warn', json: false });
  tell(`${beginning(both ? 'both' : crm, leads)} on this machine …`);
  const world = await openWorld(io, { leads, seed, crms: both ? DEMO_CRMS : [crm], log });
  const closing: (() => Promise<void>)[] = [() => world.close()];
  try {
    const { calls } = world.app;
    const { clock } = world.marketing.connection;
    const began = clock.now();
    const scored = await scoreAll(world, io, { leads, isSilent: json, tell });
    const backfillCalls = { ...calls };

    const worker = await runWorker(world.app);
    closing.unshift(() => worker.close());
    if (both) await meet(world, io, tell);
    tell(`\nNow the ${both ? 'two live' : `${world.marketing.place} lives`}:`);
    const live = await liveOnce(world, seed, io, (line) => tell(`  ${line}`));
    if (!once) {
      tell(whereToLook(world));
      await liveOn(world, seed, io, (line) => tell(`  ${line}`));
    }
    if (!(await settle(world, io.signal))) throw new DemoError('not all was settled within five minutes');
    const liveCalls = callsSince(calls, backfillCalls);
    const took = inSeconds(clock.now() - began);
    const done = await verified(scored, verify);
    const report = await reportOf({ world, done, backfillCalls, liveCalls, seconds: took, ...live });
    if (json) io.out(JSON.stringify(report));
    else tell(summary(report, world));
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

function beginning(crms: DemoCrmName | 'both', leads: number): string {
  const people = `${leads.toLocaleString('en')} made-up`;
  if (crms === 'hubspot') return `A HubSpot portal with ${people} leads starts`;
  if (crms === 'salesforce') return `A Salesforce org with ${people} leads and contacts starts`;
  return `A HubSpot portal and a Salesforce org with the same ${people} people start`;
}

/** HubSpot was scored before anybody knew what sales did with the same people in Salesforce. */
async function meet(world: World, io: Io, tell: (line: string) => void): Promise<void> {
  const { marketing, sales } = world;
  const { clock } = marketing.connection;
  const began = clock.now();
  if (!(await quiet(world, io.signal))) throw new DemoError('not all was scored within five minutes');
  const took = inSeconds(clock.now() - began);
  tell(`What people did in ${sales.title} counts in ${marketing.title}, too: that took another ${took} s.`);
}

/** With every lead of each CRM scored afresh, where that is wanted, by all that its person did in any of them. */
async function verified(scored: readonly Scored[], isWanted: boolean): Promise<Done[]> {
  const done: Done[] = [];
  for (const each of scored) {
    const { connection } = each.crm;
    const beside = scored.map(({ crm }) => crm.connection).filter((other) => other !== connection);
    done.push({ ...each, verification: isWanted ? await verifyPortal(connection, beside) : undefined });
  }
  return done;
}
