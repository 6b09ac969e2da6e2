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
  const leads = { bought: input.judged.bought, createdAt: input.judged.at };
  const unseen = unseenChallenges({ ...champion, scores: challenger.scores }, [better], leads);
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
      `told of leads that came after ${day}, until when one of the two was learnt.`,
    );
    const text = flat(reviewText(told, { colour: false }).join('\n'));
    expect(text).toContain(`on ${leads} leads that came after ${day}`);
    expect(flat(await reviewPage(told))).toMatch(
      new RegExp(`Learnt: better, on ${leads} leads that came after \\d+ \\w+ \\d{4}`),
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

/** A champion that knows who bought of the leads of the earlier time, and nothing of the others. @param learntUntil so many days before the review. */
async function decayed(days?: number) {
  const input = await plantedInput();
  const { judged, model } = input;
  const scores = judged.scores.map((_, lead) =>
    (judged.at[lead] ?? 0) > PERIODS.middle ? (lead % 41) * 2 : (lead % 41) + 40 * (judged.bought[lead] ?? 0),
  );
  const learnt = days === undefined ? {} : { learntUntil: PERIODS.at - days * DAY };
  return review({ ...input, judged: { ...judged, scores }, model: { ...model, ...learnt } }, seededRandom(7));
}

describe('a review of a model that was learnt', () => {
  const DECAY = /tells buyers from others less well|most points buy less often/;

  test('takes no decay from a time of which the model knows the leads, and marks that time', async () => {
    const written = await decayed();
    expect(written.findings.filter((text) => DECAY.test(text))).toHaveLength(2);
    expect(written).not.toHaveProperty('learntUntil');
    const learnt = await decayed(100);
    const { learntUntil = '', findings } = learnt;
    expect(learntUntil).toBe(new Date(PERIODS.at - 101 * DAY).toISOString().slice(0, 10));
    expect(findings.filter((text) => DECAY.test(text))).toEqual([]);
    // The rest is told as ever.
    expect(findings).toEqual(written.findings.filter((text) => !DECAY.test(text)));
    const text = reviewText(learnt, { colour: false }).join('\n');
    expect(text).toMatch(/score +before\* +now\s/);
    expect(flat(text)).toContain('was learnt from leads that had come by');
    const page = flat(await reviewPage(learnt));
    expect(page).toContain('bought before*bought now');
    expect(page).toContain('was learnt from leads that had come by');
    expect(flat(await reviewPage(written))).not.toMatch(/before\*|now\*/);
  });

  test('marks both times where it was learnt since, and none where it was learnt before both', async () => {
    expect(reviewText(await decayed(10), { colour: false }).join('\n')).toMatch(/score +before\* +now\*/);
    const long = await decayed(200);
    expect(long).not.toHaveProperty('learntUntil');
    expect(long.findings.filter((text) => DECAY.test(text))).toHaveLength(2);
  });
});

describe('a review of a challenger with a holdout', () => {
  test('says how many bought in it and outside, and whom a comparison favours', async () => {
    const input = await plantedInput();
    const challenges = input.challenges.map((each) => ({
      ...each,
      holdout: Uint8Array.from(each.bought, (_, lead) => (lead % 5 === 0 ? 1 : 0)),
    }));
    const told = review({ ...input, challenges }, seededRandom(7));
    const { within, outside } = told.challenges[0]?.holdout ?? {};
    expect(within?.leads).toBe(Math.ceil(input.judged.bought.length / 5));
    const text = flat(reviewText(told, { colour: false }).join('\n'));
    expect(text).toContain(`Holdout of Bosses only: ${within?.buyers} of ${within?.leads} leads bought`);
    expect(text).toContain('this favours whichever of the two was in use');
    const page = await reviewPage(told);
    expect(page).toContain(`<span data-figure="challenges.0.holdout.within.buyers">${within?.buyers}</span>`);
    expect(page).toContain(`<span data-figure="challenges.0.holdout.outside.buyers">${outside?.buyers}</span>`);
    expect(flat(page)).toContain('this favours whichever of the two was in use');
    expect(await reviewPage(review(input, seededRandom(7)))).not.toContain('holdout of');
  });
});
