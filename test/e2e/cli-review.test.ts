import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { ConfigError } from '../../src/base/errors.ts';
import { silentLog } from '../../src/base/log.ts';
import { reviewsTo } from '../../src/cli/review-job.ts';
import { openCliOrg } from '../support/cli-org.ts';
import { noteLog } from '../support/noted-log.ts';
import { openCliPortal, tempFolder } from '../support/run-cli.ts';

const PORTAL = { leads: 3_000, buyers: 'by-rule' } as const;

const ASKS = `
model: asks
name: Who asks
fit:
  max: 100
  floor: none
  groups:
    - { name: Title, criteria: [{ id: assistants, when: { field: job_title, contains: assistant }, points: 5 }] }
engagement:
  max: 100
  floor: none
  window: 180d
  groups:
    - name: Asked
      criteria:
        - { id: asked, when: { activity: form-submission, form: [demo-request, free-trial] }, points: 20, per: once }
grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 10 } }
`;

describe('a review of what a CRM remembers', { timeout: 120_000 }, () => {
  test('of HubSpot writes a page with its figures beside it, and nothing to the CRM', async () => {
    const { sandbox, run } = await openCliPortal(PORTAL);
    const writes = sandbox.requests.count({ kind: 'write' });
    const html = join(tempFolder(), 'review.html');
    const ran = await run('review', '--json', '--html', html);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const report = JSON.parse(ran.out);
    expect(JSON.parse(readFileSync(html.replace('.html', '.json'), 'utf8'))).toEqual(report);
    expect(readFileSync(html, 'utf8')).toContain(`<title>Review: ${report.name}`);
    expect(report).toMatchObject({ connection: 'hubspot', model: 'platform', weeks: 13, challenges: [] });
    expect(report.leads.now).toBeGreaterThan(PORTAL.leads / 2);
    expect(report.criteria.find(({ id }: { id: string }) => id === 'title-executive').allLeads.now).toBeGreaterThan(0);
    expect(report.suggested.auc).toBeGreaterThan(0.75);
    // What knows the outcome is named here as well.
    expect(report.warnings.join('\n')).toContain('"Timeframe" was changed for');
    // Also what the model does not have yet.
    expect(report.suggested.changes.some(({ points }: { points?: number }) => points === undefined)).toBe(true);
    expect(report.inputs.map(({ source }: { source: string }) => source)).toContain('job_title');
    expect(sandbox.requests.count({ kind: 'write' })).toBe(writes);
  });

  test('of Salesforce says it in words, and holds another model beside it', async () => {
    const { run } = await openCliOrg(PORTAL);
    // Who asks for something, and nothing else: less than what the model heeds.
    const rival = join(tempFolder(), 'asks.yaml');
    writeFileSync(rival, ASKS);
    const { code, out } = await run('review', '--against', rival, '--weeks', '26');
    expect(code).toBe(0);
    const words = out.replaceAll(/\s+/g, ' ');
    const [, auc, other] = /Who asks: worse, with an AUC of ([\d.]+) against ([\d.]+) of Platform/.exec(words) ?? [];
    expect(Number(other)).toBeGreaterThan(Number(auc));
    expect(words).toContain('this favours whichever of the two was in use');
    expect(out).toContain('the last 26 weeks');
    expect(out).toContain('What to look into');
    expect(out).toMatch(/came to be MQLs +0 +0/);
  });

  test('is written by a worker to the folder that config names, under its day', async () => {
    const { env } = await openCliPortal(PORTAL);
    const to = join(tempFolder(), 'made', 'when-missing');
    const { signal } = new AbortController();
    const log = noteLog();
    const write = reviewsTo({ to, cron: '0 6 1 1,4,7,10 *', tz: 'UTC' }, { LOG_LEVEL: 'error', ...env });
    const connection = { crm: { name: 'hubspot' }, log, clock: systemClock };
    await write({ ...connection, role: 'source' }, signal);
    // As where two CRMs are due at once: one after the other.
    await Promise.all([write(connection, signal), write(connection, signal)]);
    const [begun, ended] = ['a review is being written', 'the review is written'];
    expect(log.lines).toEqual([begun, ended, begun, ended].map((line) => expect.stringContaining(line)));
    const day = new Date().toISOString().slice(0, 10);
    expect(readdirSync(to).sort()).toEqual([`review-hubspot-${day}.html`, `review-hubspot-${day}.json`]);
  });

  test('reads nothing where a worker may not write it, and is not tried again', async () => {
    const { sandbox, env } = await openCliPortal();
    const file = join(tempFolder(), 'a-file');
    writeFileSync(file, '');
    const { signal } = new AbortController();
    const schedule = { to: join(file, 'reviews'), cron: '0 6 1 1,4,7,10 *', tz: 'UTC' };
    const write = reviewsTo(schedule, { LOG_LEVEL: 'error', ...env });
    const before = sandbox.requests.count();
    const connection = { crm: { name: 'hubspot' }, log: silentLog, clock: systemClock };
    await expect(write(connection, signal)).rejects.toThrow(ConfigError);
    expect(sandbox.requests.count()).toBe(before);
  });

  test('says before a long work what is wrong with what was asked', async () => {
    const { run } = await openCliPortal();
    expect(await run('review', '--weeks', '40')).toMatchObject({ code: 2 });
    expect(await run('review', '--model', 'platfrom')).toMatchObject({
      code: 2,
      err: expect.stringContaining('platform'),
    });
    expect(await run('review', '--against', 'config/models/platform.yaml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--against must name another model'),
    });
    expect(await run('review', '--html', '/nowhere/review.html')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no folder'),
    });
    expect(await run('review', '--html', join(tempFolder(), 'review.json'))).toMatchObject({ code: 2 });
    // Who knows it from suggest is not told of some other option.
    expect(await run('review', '--ignore', 'Stage')).toMatchObject({
      code: 2,
      err: 'review takes no --ignore: take what knows the answer out of the model, or see what "leadgauge suggest --ignore" makes of the rest',
    });
    expect(await run('review', '--model', './nowhere.yaml')).toMatchObject({
      code: 2,
      err: './nowhere.yaml: there is no such file: check its path; a relative one begins in the folder where the command runs',
    });
  });
});
