import { writeFile } from 'node:fs/promises';
import type { Review } from '../analysis/review/review.ts';

/** Where a review is written to. */
export interface ReviewFiles {
  readonly html: string;
  readonly json: string;
}

/** A page, and its figures beside it. What draws is loaded when it is asked for: that takes a while. */
export async function writeReview(review: Review, files: ReviewFiles): Promise<void> {
  const { reviewPage } = await import('./review-page.ts');
  await writeFile(files.html, await reviewPage(review));
  await writeFile(files.json, `${JSON.stringify(review, undefined, 2)}\n`);
}
