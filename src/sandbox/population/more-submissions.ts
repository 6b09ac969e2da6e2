import { MINUTE, SECOND } from '../../base/clock.ts';
import { FORMS, type FormKey } from '../portal/forms.ts';
import type { Behaviour } from './behaviour.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';

type More = Pick<Behaviour, 'views' | 'sent'>;

/**
 * What a person sent through the forms that came to the sandbox later, and the views of their pages. All of it lies
 * between two page views that the person has anyway, so that nothing is first or last that was not before.
 */
export function moreSubmissions(random: Random, { kind, mail }: Person, { views, interest }: Behaviour): More {
  const [from, to] = [(views[0]?.at ?? 0) + MINUTE, (views.at(-1)?.at ?? 0) - MINUTE];
  if (mail === 'none' || kind === 'job-seeker' || from >= to) return { views: [], sent: [] };
  const keen = Math.exp(0.9 * Math.min(2.5, interest));
  const shares: readonly (readonly [FormKey, number])[] = [
    ['whitepaper', Math.min(0.12, 0.025 * Math.sqrt(keen))],
    ['calculator', Math.min(0.1, 0.01 * keen)],
    ['event', Math.min(0.1, 0.012 * keen)],
  ];
  const sent = shares
    .flatMap(([form, share]) => (random.chance(share) ? [form] : []))
    .map((form) => ({ at: Math.floor(from + random.next() * (to - from)), form }))
    .sort((a, b) => a.at - b.at);
  return { sent, views: sent.map(({ at, form }) => ({ at: at - 20 * SECOND, path: FORMS[form].path })) };
}
