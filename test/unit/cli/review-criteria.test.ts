import { expect, test } from 'vitest';
import { reviewPage } from '../../../src/cli/review-page.ts';
import { plantedReview } from '../../support/planted-review.ts';

test('of a criterion that holds for no new lead the page shows all leads of both times, by which it was judged', async () => {
  const planted = await plantedReview();
  const silent = {
    id: 'silent',
    name: 'Long silent',
    points: -5,
    newLeads: { earlier: 0, now: 0 },
    allLeads: { earlier: 137, now: 411 },
    word: 'more' as const,
  };
  const page = await reviewPage({ ...planted, criteria: [silent, ...planted.criteria] });
  const [, row = ''] = /<tr><th scope="row">Long silent<\/th>(.*?)<\/tr>/s.exec(page) ?? [];
  const cells = [...row.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]*>/g, ''));
  expect(cells).toEqual(['-5', '0', '0', '411', 'more than twice as often, of all leads: 137 before']);
  const { earlier, now } = planted.leads;
  expect(page.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ')).toContain(
    `and of all ${earlier.toLocaleString('en-US')} before and ${now.toLocaleString('en-US')} now`,
  );
});
