import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DAY, HOUR, SECOND } from '../../../../src/base/clock.ts';
import type { Told } from '../../../../src/ledger/activity-member.ts';
import { type Partitions, removeForgotten, withPartitions } from '../../../../src/sync/history/partitions.ts';
import { createTestClock } from '../../../support/test-clock.ts';

const AT = Date.UTC(2026, 0, 5);
const view = (id: number): Told => ({
  activity: { id: String(id), type: 'page-view', at: AT + id * SECOND, url: '/pricing', count: 1, name: undefined },
});
const meeting: Told = { activity: { id: 'm1', type: 'meeting', at: AT, minutes: 30 }, revision: 7 };

function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-partitions-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function readAll(partitions: Partitions) {
  const stretches: { first: number; told: readonly (readonly Told[])[] }[] = [];
  for await (const stretch of partitions.read()) stretches.push(stretch);
  return stretches;
}

test('what leads did comes back lead by lead, a few at a time, and the folder is gone afterwards', async () => {
  const folder = tempFolder();
  const stretches = await withPartitions({ folder, leads: 4_500 }, async (partitions) => {
    partitions.add(4_499, view(1));
    partitions.add(0, view(2));
    partitions.add(0, meeting);
    for (let count = 0; count < 3_000; count++) partitions.add(2_001, view(count));
    partitions.add(0, { ...meeting, revision: 8, withdrawn: true });
    const read = await readAll(partitions);
    const [own = ''] = readdirSync(folder);
    expect(statSync(join(folder, own)).mode & 0o077).toBe(0);
    for (const file of readdirSync(join(folder, own))) expect(statSync(join(folder, own, file)).mode & 0o077).toBe(0);
    // A second look finds the same.
    expect(await readAll(partitions)).toEqual(read);
    return read;
  });
  expect(stretches.map(({ first }) => first)).toEqual(Array.from({ length: 450 }, (_, place) => 10 * place));
  expect(new Set(stretches.map(({ told }) => told.length))).toEqual(new Set([10]));
  const [start, middle, end] = [stretches[0], stretches[200], stretches[449]];
  expect(start?.told[0]?.[0]).toEqual(view(2));
  expect(start?.told[0]?.map(({ revision, withdrawn }) => [revision, withdrawn])).toEqual([
    [undefined, undefined],
    [7, undefined],
    [8, true],
  ]);
  expect(middle?.told[1]).toHaveLength(3_000);
  expect(middle?.told[1]?.at(-1)).toEqual(view(2_999));
  expect(end?.told.at(-1)).toEqual([view(1)]);
  expect(readdirSync(folder)).toEqual([]);
});

test('names in any script, and longer ones than are written at once, come back as they were', async () => {
  const folder = tempFolder();
  const named = (name: string): Told => ({ activity: { ...view(1).activity, name } });
  const names = ['Größe', '見積もり', 'a \n b', 'x'.repeat(70_000), '😀'.repeat(20_000), 'after'];
  const told = await withPartitions({ folder, leads: 25 }, async (partitions) => {
    for (const name of names) partitions.add(23, named(name));
    return (await readAll(partitions)).flatMap((stretch) => stretch.told);
  });
  expect(told).toHaveLength(25);
  expect(told[23]).toEqual(names.map(named));
  expect(told.filter((own) => own.length > 0)).toHaveLength(1);
});

test('the folder is gone as well where the work fails or is stopped', async () => {
  const folder = tempFolder();
  const stop = new AbortController();
  const stopped = withPartitions({ folder, leads: 10, signal: stop.signal }, async (partitions) => {
    partitions.add(3, view(1));
    stop.abort(new Error('interrupted'));
    await readAll(partitions);
  });
  await expect(stopped).rejects.toThrow('interrupted');
  expect(readdirSync(folder)).toEqual([]);
});

test('of an address nothing but its path is written', async () => {
  const folder = tempFolder();
  const activity = { ...view(1).activity, url: 'https://acme.example/pricing?email=ada@acme.example' };
  await withPartitions({ folder, leads: 1 }, async (partitions) => {
    for (let count = 0; count < 2_000; count++) partitions.add(0, { activity });
    const [own = ''] = readdirSync(folder);
    expect(readFileSync(join(folder, own, '0.txt'), 'utf8')).not.toContain('ada');
  });
});

test('what a process left that was killed is removed after a day', () => {
  const folder = tempFolder();
  const now = Date.now();
  for (const name of ['leadgauge-history-old', 'leadgauge-history-new', 'redis']) mkdirSync(join(folder, name));
  const old = new Date(now - 2 * DAY);
  for (const name of ['leadgauge-history-old', 'redis']) utimesSync(join(folder, name), old, old);
  removeForgotten(folder, now);
  expect(readdirSync(folder)).toEqual(['leadgauge-history-new', 'redis']);
});

test('a folder that a process still uses is not, however long it waits for the CRM', async () => {
  const folder = tempFolder();
  const clock = createTestClock({ start: Date.now() });
  await withPartitions({ folder, leads: 25, clock }, async (partitions) => {
    partitions.add(3, view(1));
    await clock.advance(2 * DAY + HOUR / 2);
    removeForgotten(folder, clock.now());
    partitions.add(3, view(2));
    const told = (await readAll(partitions)).flatMap((stretch) => stretch.told);
    expect(told[3]).toEqual([view(1), view(2)]);
  });
  expect(readdirSync(folder)).toEqual([]);
});
