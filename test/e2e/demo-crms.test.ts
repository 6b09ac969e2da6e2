import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { callsSince } from '../../src/cli/calls.ts';
import type { DemoCrmName } from '../../src/cli/demo/demo-crm.ts';
import { asksForDemo } from '../../src/cli/demo/journeys.ts';
import { reportOf } from '../../src/cli/demo/report.ts';
import { scoreAll } from '../../src/cli/demo/score-all.ts';
import { quiet } from '../../src/cli/demo/settle.ts';
import { openWorld } from '../../src/cli/demo/world.ts';
import type { Io } from '../../src/cli/io.ts';
import { runWorker } from '../../src/cli/run-worker.ts';
import { verifyPortal } from '../../src/sync/verify-portal.ts';
import { tempFolder } from '../support/run-cli.ts';

const LEADS = 60;
const signal = new AbortController().signal;

/** Made-up CRMs with so many people, all scored. */
async function scoredWorld(...crms: DemoCrmName[]) {
  const said: string[] = [];
  const io: Io = {
    out: (line) => said.push(line),
    err: (line) => said.push(line),
    env: { LEADGAUGE_DATA: tempFolder() },
    terminal: false,
    colour: false,
    signal,
  };
  const world = await openWorld(io, { leads: LEADS, seed: 3, crms, log: silentLog });
  onTestFinished(() => world.close());
  const scored = await scoreAll(world, io, { leads: LEADS, isSilent: true, tell: (line) => said.push(line) });
  const backfillCalls = { ...world.app.calls };
  const report = async () => {
    const done = [];
    for (const each of scored) {
      const { connection } = each.crm;
      const beside = scored.map(({ crm }) => crm.connection).filter((other) => other !== connection);
      done.push({ ...each, verification: await verifyPortal(connection, beside) });
    }
    const liveCalls = callsSince(world.app.calls, backfillCalls);
    return reportOf({
      world,
      done,
      backfillCalls,
      liveCalls,
      ...{ fastTracks: [], hotPollMs: 1, fastTracked: 0, seconds: 1 },
    });
  };
  return { world, said, report };
}

const HUBSPOT_KEYS = [
  ...['leads', 'scored', 'written', 'unchanged', 'failed', 'mql', 'promoted', 'fastTracked', 'flags', 'calls'],
  ...['liveCalls', 'rateLimited', 'fastTrackMs', 'hotPollMs', 'seconds', 'redis', 'verified'],
].sort();

test('the demo of Salesforce sets an org up, scores everybody, and is told of a demo request by an outbound message', async () => {
  const { world, said, report } = await scoredWorld('salesforce');
  const { marketing, sales, app } = world;
  expect(said.join('\n')).toMatch(/^Set up: \d\d fields to hold scores, reasons and flags\.\n\d+ are ready for sales/);
  const worker = await runWorker(app);
  onTestFinished(() => worker.close());
  const asks = marketing.cast(1).prospect();
  const { line, took } = await asksForDemo({ at: marketing, seenIn: sales }, asks?.email ?? '', {}, signal);
  expect(took).toBeLessThan(10_000);
  expect(line).toMatch(/asked for a demo: score \d+ → \d+ \(..\), .*task for sales in /);
  expect(line).not.toContain(asks?.email);

  expect(await quiet(world, signal)).toBe(true);
  const told = await report();
  expect(Object.keys(told).sort()).toEqual(HUBSPOT_KEYS);
  expect(told).toMatchObject({ leads: LEADS, scored: LEADS, written: LEADS, failed: 0, rateLimited: 0 });
  expect(told.verified).toEqual({ checked: LEADS, wrong: 0 });
});

test('the demo of both has the same people in each: what they do in HubSpot reaches their lead in Salesforce', async () => {
  const { world, said, report } = await scoredWorld('hubspot', 'salesforce');
  const { marketing, sales, app } = world;
  expect([marketing.title, sales.title]).toEqual(['HubSpot', 'Salesforce']);
  expect(said.filter((line) => line.startsWith('Set up')).length).toBe(2);
  const worker = await runWorker(app);
  onTestFinished(() => worker.close());
  expect(await quiet(world, signal)).toBe(true);

  const told = await report();
  expect(Object.keys(told).sort()).toEqual([...HUBSPOT_KEYS, 'crms'].sort());
  expect(told).toMatchObject({ leads: 2 * LEADS, failed: 0, verified: { checked: 2 * LEADS, wrong: 0 } });
  const { hubspot, salesforce } = told.crms ?? {};
  expect([hubspot?.leads, salesforce?.leads]).toEqual([LEADS, LEADS]);
  const [one, other] = [hubspot?.calls, salesforce?.calls];
  expect(told.calls.setup).toBe((one?.setup ?? 0) + (other?.setup ?? 0));
  // No page view was ever seen by Salesforce.
  expect(salesforce?.flags['careers-visitor']).toBeGreaterThan(0);

  const asks = marketing.cast(1).prospect();
  const { line, took } = await asksForDemo({ at: marketing, seenIn: sales }, asks?.email ?? '', {}, signal);
  expect(took).toBeLessThan(10_000);
  expect(line).toMatch(/asked for a demo in HubSpot: in Salesforce score .*task for sales in /);
});
