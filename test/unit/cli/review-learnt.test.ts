import { describe, expect, test } from 'vitest';
import { review } from '../../../src/analysis/review/review.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';
import { unseenChallenges } from '../../../src/analysis/unseen-challenges.ts';
import { reviewPage } from '../../../src/cli/review-page.ts';
import { reviewText } from '../../../src/cli/review-text.ts';
import { PERIODS, plantedInput } from '../../support/planted-review.ts';

const DAY = 86_400_000;

/** The planted champion, which knows less than its challenger does: that one was learnt until so many days before the review. */
async function reviewed(days: number) {
  const input = await plantedInput();
  const [challenge] = input.challenges;
  if (challenge === undefined) throw new Error('nobody challenges');
  const { champion, challenger } = challenge;
  const learntUntil = Math.floor((PERIODS.at - days * DAY) / DAY) * DAY;
  const day = new Date(learntUntil - DAY).toISOString().slice(0, 10);
  const better = { ...challenger, name: 'Learnt', scores: champion.scores, learntUntil };
  const unseen = unseenChallenges({ ...champion, scores: challenger.scores }, [better], input.judged);
  return { day, told: review({ ...input, ...unseen }, seededRandom(7)) };
}

const flat = (text: string) => text.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');

describe('a review of a challenger that was learnt', () => {
  test('says on which leads it is better, on the page, in words and among what to look into', async () => {
    const { day, told } = await reviewed(150);
    const [comparison] = told.challenges;
    expect(comparison).toMatchObject({ word: 'better', learntUntil: day });
    const leads = comparison?.leads.toLocaleString('en-US');
    expect(told.findings.at(-1)).toContain(
      `told of leads looked at after ${day}, until when one of the two was learnt.`,
    );
    const text = flat(reviewText(told, { colour: false }).join('\n'));
    expect(text).toContain(`on ${leads} leads looked at after ${day}`);
    expect(flat(await reviewPage(told))).toMatch(
      new RegExp(`Learnt: better, on ${leads} leads looked at after \\d+ \\w+ \\d{4}`),
    );
  });

  test('says that there are too few such leads yet', async () => {
    const { day, told } = await reviewed(20);
    expect(told).toMatchObject({ challenges: [], uncompared: [{ name: 'Learnt', learntUntil: day }] });
    for (const text of [flat(reviewText(told, { colour: false }).join('\n')), flat(await reviewPage(told))]) {
      expect(text).toContain('Learnt is not compared. There are');
      expect(text).toContain('too few to compare');
    }
  });
});
