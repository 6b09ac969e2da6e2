import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { createQueues } from '../../src/queue/queues.ts';
import { openProcessPortal } from '../support/process-portal.ts';
import { copyConfig, tempFolder } from '../support/run-cli.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const PORTAL = { leads: 400, buyers: 'by-rule' } as const;

describe('a review that a worker has written by a process of its own', { timeout: 240_000 }, () => {
  it('comes to its folder, and it and the worker count their calls in one account', async () => {
    const { worker, sandbox, askForReview, pages, counted } = await openWorker();
    const before = sandbox.requests.count();
    const taken = await counted();
    await askForReview();
    await worker.until(() => areThere(pages()));
    expect(pages().map((name) => name.replace(/\d{4}-\d\d-\d\d/, 'DAY'))).toEqual([
      'review-hubspot-DAY.html',
      'review-hubspot-DAY.json',
    ]);
    expect(sandbox.requests.all().filter(isOfReview).length).toBeGreaterThan(PORTAL.leads / 100);
    await worker.until(async () => (await counted()) - taken === sandbox.requests.count() - before);
    expect(sandbox.requests.count({ status: 429 })).toBe(0);
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(worker.output()).toContain('the review is written');
  });

  it('holds up no fast track, ends with the worker, leaves nothing behind, and is written after the next start', async () => {
    const { worker, sandbox, askForReview, pages, restart, kept } = await openWorker();
    const goOn = sandbox.faults.add({ path: DEALS, delayMs: FOR_EVER });
    await askForReview();
    await worker.until(() => kept().length === 1);
    const { contact } = sandbox.people.submitForm('demo', { email: 'ada@acme-ada.example', jobtitle: 'CEO' });
    await worker.until(() => sandbox.portal.numberOf(contact, 'leadgauge_fast_track_at') !== undefined);
    expect(await worker.end('SIGTERM')).toBe(0);
    expect([kept(), pages()]).toEqual([[], []]);
    expect(failures(worker.output())).toEqual([]);
    goOn();
    const next = restart();
    await next.until(() => areThere(pages()));
    expect(await next.end('SIGTERM')).toBe(0);
  });

  it('ends with a worker that is killed', async () => {
    const { worker, sandbox, askForReview, pages, kept } = await openWorker();
    sandbox.faults.add({ path: DEALS, delayMs: FOR_EVER });
    await askForReview();
    await worker.until(() => kept().length === 1);
    // Its standard error is that of the worker: it is closed once both have ended.
    await worker.end('SIGKILL');
    expect([kept(), pages()]).toEqual([[], []]);
  });

  it('that is killed itself, or cannot be made, is one line that says what to do, and the worker goes on', async () => {
    const { worker, sandbox, askForReview, pages, kept } = await openWorker();
    const goOn = sandbox.faults.add({ path: DEALS, delayMs: FOR_EVER });
    await askForReview();
    await worker.until(() => kept().length === 1);
    const [, pid = ''] = /process=(\d+)/.exec(worker.output()) ?? [];
    expect(pid).not.toBe('');
    process.kill(Number(pid), 'SIGKILL');
    await worker.until(() => worker.output().includes('SIGKILL'));
    goOn();
    sandbox.faults.add({ path: DEALS, status: 400, body: { status: 'error', message: 'no such thing' } });
    await askForReview();
    await worker.until(() => failures(worker.output()).length === 2);
    for (const line of failures(worker.output())) {
      expect(line).toContain('no review was written: ');
      expect(line).toContain('run: leadgauge review hubspot --html review.html');
    }
    const { contact } = sandbox.people.submitForm('demo', { email: 'ada@acme-ada.example', jobtitle: 'CEO' });
    await worker.until(() => sandbox.portal.numberOf(contact, 'leadgauge_fast_track_at') !== undefined);
    expect(pages()).toEqual([]);
    expect(await worker.end('SIGTERM')).toBe(0);
  });

  it('to a folder that cannot be written to is told of when the worker starts, which goes on', async () => {
    const noFolder = join(tempFolder(), 'a-file');
    writeFileSync(noFolder, '');
    // All leads are scored by then.
    const { worker } = await openWorker(join(noFolder, 'reviews'));
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(worker.output()).toMatch(/warn: no review can be written to \S+: \S+ is no folder: name another folder/);
  });
});

/** What is asked for once all leads are listed, and what they did is put into files. */
const DEALS = /\/deals\/search/;
/** Both under their own names: until then they are called `.part`. */
const areThere = (pages: readonly string[]) => pages.length === 2 && !pages.some((name) => name.endsWith('.part'));
/** The sandbox ends it when it is closed. */
const FOR_EVER = 600_000;
const failures = (output: string) =>
  output.split('\n').filter((line) => line.includes('a job failed') && line.includes('job=review'));
const isOfReview = ({ query }: { readonly query: Readonly<Record<string, string>> }) =>
  'propertiesWithHistory' in query;

/** A worker that has scored everyone, and a schedule of reviews that is not due. */
async function openWorker(to = join(tempFolder(), 'reviews')) {
  const portal = await openProcessPortal(redis, PORTAL);
  const config = copyConfig();
  edit(join(config, 'schedules.yaml'), /^review: off$/m, `review: { to: ${JSON.stringify(to)}, cron: "0 6 1 1 *" }`);
  // So that every call is counted.
  edit(join(config, 'hubspot.yaml'), /$/, '\nbudget: { daily: 100000 }\n');
  const queues = createQueues(redis.client(), 'leadgauge', ['review'], silentLog);
  onTestFinished(() => queues.close());

  function start() {
    const { child, code, output } = portal.runWith({ LEADGAUGE_CONFIG: config, LOG_LEVEL: 'info' }, 'start', 'worker');
    return {
      output,
      until: portal.until,
      end(signal: 'SIGTERM' | 'SIGKILL') {
        child.kill(signal);
        return code;
      },
    };
  }

  const worker = start();
  await portal.settled();
  return {
    worker,
    sandbox: portal.sandbox,
    restart: start,
    askForReview: () => queues.wake('review', 'hubspot'),
    /** Empty as long as there is no such folder. */
    pages: () => namesIn(to),
    kept: () => namesIn(portal.data).filter((name) => name.startsWith('leadgauge-history-')),
    counted: async () => Number(await portal.space.redis.hget(portal.space.key('budget', 'state'), 'day-calls')),
  };
}

function edit(file: string, what: RegExp, text: string): void {
  const before = readFileSync(file, 'utf8');
  expect(before).toMatch(what);
  writeFileSync(file, before.replace(what, text));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
