import { MINUTE, SECOND } from '../../base/clock.ts';
import type { FormKey } from '../portal/forms.ts';
import type { Behaviour } from './behaviour.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';

/**
 * What a person sent through a pop-up or below an article, on a page that was being looked at anyway. Never on the first
 * or the last page, so that nothing is first or last that was not before.
 */
export function popupSubmissions(
  random: Random,
  { mail, kind }: Person,
  { views, sent }: Behaviour,
): Behaviour['sent'] {
  if (mail === 'none' || kind === 'job-seeker' || views.length < 3) return [];
  const shares: readonly (readonly [FormKey, number])[] = [
    ['popup', 0.02],
    ['comment', 0.005],
  ];
  return shares.flatMap(([form, share]) => {
    const view = views[1 + random.whole(views.length - 2)];
    if (!random.chance(share) || view === undefined) return [];
    const at = view.at + 20 * SECOND;
    const between = sent.length === 0 || (at > (sent[0]?.at ?? at) && at < (sent.at(-1)?.at ?? at));
    return at < (views.at(-1)?.at ?? 0) - MINUTE && between ? [{ at, form }] : [];
  });
}
