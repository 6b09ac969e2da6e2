import { DAY, HOUR, MINUTE } from '../../base/clock.ts';
import type { Contact } from '../portal/contact.ts';
import type { MarketingEvent } from '../portal/marketing-events.ts';
import type { Portal } from '../portal/portal.ts';
import type { Behaviour } from './behaviour.ts';
import type { Random } from './random.ts';

/** Two webinars, both over. Whoever sent the form before one of them began is registered for it, and most of those came. */
export function webinarsOf(
  portal: Portal,
  now: number,
): (random: Random, contact: Contact, sent: Behaviour['sent']) => void {
  const hold = (name: string, startsAt: number): MarketingEvent => {
    const event = { name, startsAt, endsAt: startsAt + HOUR };
    const held = portal.marketingEvents.add(event, now - 200 * DAY);
    held.updatedAt = event.endsAt + 2 * HOUR;
    return held;
  };
  const webinars = [
    hold('Webinar: lead scoring in one hour', now - 75 * DAY),
    hold('Webinar: from score to call', now - 18 * DAY),
  ];

  return (random, contact, sent) => {
    for (const { form, at } of sent) {
      const event = form === 'webinar' ? webinars.find(({ startsAt }) => at < startsAt) : undefined;
      if (event !== undefined) takePart(portal, random, contact, event, at);
    }
  };
}

function takePart(
  { marketingEvents }: Portal,
  random: Random,
  contact: Contact,
  event: MarketingEvent,
  at: number,
): void {
  const { startsAt, endsAt } = event;
  marketingEvents.seed(event, contact, 'REGISTERED', at);
  const [fate, late] = [random.next(), random.whole(20 * MINUTE)];
  if (fate < 0.1) marketingEvents.seed(event, contact, 'CANCELLED', at + Math.floor((startsAt - at) / 2));
  else if (fate < 0.42) marketingEvents.seed(event, contact, 'NO_SHOW', endsAt);
  else {
    const seconds = Math.floor((endsAt - startsAt - late - random.whole(15 * MINUTE)) / 1_000);
    marketingEvents.seed(event, contact, 'ATTENDED', startsAt + late, seconds);
  }
}
