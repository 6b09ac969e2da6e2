import { rename, rm, writeFile } from 'node:fs/promises';
import type { Review } from '../analysis/review/review.ts';
import { requireWritable } from './plan-files.ts';

/** Where a review is written to. */
export interface ReviewFiles {
  readonly html: string;
  readonly json: string;
}

/** @throws ConfigError where the review could not be written there, before it is made. */
export function requireReviewWritable({ html, json }: ReviewFiles): void {
  for (const file of [html, json]) {
    requireWritable(file);
    requireWritable(partOf(file));
  }
}

/**
 * A page, and its figures beside it; both are there under their names once they are whole, and whatever was there stays until then. What
 * draws is loaded when it is asked for: that takes a while.
 */
export async function writeReview(review: Review, files: ReviewFiles): Promise<void> {
  const { reviewPage } = await import('./review-page.ts');
  const texts = [
    { file: files.html, text: await reviewPage(review) },
    { file: files.json, text: `${JSON.stringify(review, undefined, 2)}\n` },
  ];
  try {
    for (const { file, text } of texts) await writeFile(partOf(file), text);
    for (const { file } of texts) await rename(partOf(file), file);
  } catch (error) {
    for (const { file } of texts) await rm(partOf(file), { force: true }).catch(() => {});
    throw error;
  }
}

const partOf = (file: string) => `${file}.part`;
