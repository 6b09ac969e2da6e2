import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requireReviewWritable, writeReview } from '../../../src/cli/review-files.ts';
import { plantedReview } from '../../support/planted-review.ts';
import { tempFolder } from '../../support/run-cli.ts';

const planted = await plantedReview();
const filesIn = (folder: string) => ({ html: join(folder, 'review.html'), json: join(folder, 'review.json') });

test('a review takes the place of the one before at once: who reads that one reads it to its end', async () => {
  const folder = tempFolder();
  const files = filesIn(folder);
  await writeReview({ ...planted, name: 'Before' }, files);
  const reading = await open(files.html);
  await writeReview({ ...planted, name: 'Now' }, files);
  expect(await reading.readFile('utf8')).toContain('<h1>Before</h1>');
  await reading.close();
  expect(readFileSync(files.html, 'utf8')).toContain('<h1>Now</h1>');
  expect(JSON.parse(readFileSync(files.json, 'utf8'))).toEqual({ ...planted, name: 'Now' });
  expect(readdirSync(folder).sort()).toEqual(['review.html', 'review.json']);
});

test('where its figures cannot be written, page and figures stay as they were, and nothing half done is left', async () => {
  const folder = tempFolder();
  const files = filesIn(folder);
  await writeReview({ ...planted, name: 'Before' }, files);
  mkdirSync(`${files.json}.part`);
  expect(() => requireReviewWritable(files)).toThrow('review.json.part is a folder');
  await expect(writeReview({ ...planted, name: 'Now' }, files)).rejects.toThrow('EISDIR');
  expect(readFileSync(files.html, 'utf8')).toContain('<h1>Before</h1>');
  expect(JSON.parse(readFileSync(files.json, 'utf8'))).toMatchObject({ name: 'Before' });
  expect(readdirSync(folder).sort()).toEqual(['review.html', 'review.json', 'review.json.part']);
});
