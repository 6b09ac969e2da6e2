import type { Behaviour } from './behaviour.ts';
import type { Random } from './random.ts';

/** Where sales have put a person: customers are nearly always marked as such, the rest says little about interest. */
export function stageOf(random: Random, { bought, interest, views, sent }: Behaviour): string | undefined {
  if (bought) {
    return random.weighted([
      [92, 'customer'],
      [4, 'evangelist'],
      [4, 'opportunity'],
    ]);
  }
  if (views.length === 0 && sent.length === 0) {
    return random.weighted<string | undefined>([
      [6, 'subscriber'],
      [3, 'lead'],
      [1, undefined],
    ]);
  }
  const keen = interest > 1.2;
  return random.weighted([
    [60, 'lead'],
    [keen ? 0 : 32, 'subscriber'],
    [keen ? 22 : 4, 'marketingqualifiedlead'],
    [keen ? 10 : 1, 'salesqualifiedlead'],
    [keen ? 5 : 0, 'opportunity'],
    [keen ? 3 : 1, 'other'],
  ]);
}

/** What a person answers when the form asks for it. */
export function timeframeOf(random: Random, bought: boolean): string {
  return random.weighted([
    [bought ? 5 : 1, 'now'],
    [bought ? 5 : 2, '0-3 months'],
    [2, '3-6 months'],
    [1, '6-12 months'],
    [bought ? 0 : 3, 'just looking'],
  ]);
}
