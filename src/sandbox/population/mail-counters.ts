import { DAY } from '../../base/clock.ts';
import type { Value } from '../portal/record.ts';
import type { Random } from './random.ts';

/** Counters of marketing mails: the API has no events for them. All before `around`, the person's last visit. */
export function mailCounters(random: Random, interest: number, around: number | undefined): Record<string, Value> {
  const values: Record<string, Value> = {};
  if (random.chance(0.03)) values.hs_email_optout = 'true';
  if (around === undefined || random.chance(0.4)) return values;
  const delivered = 1 + random.poisson(5);
  const opened = Math.min(delivered, random.poisson(1.5 * Math.exp(0.4 * interest)));
  const clicked = Math.min(opened, random.poisson(0.4 * Math.exp(0.6 * interest)));
  const at = around - random.whole(20 * DAY);
  values.hs_email_delivered = delivered;
  values.hs_email_last_send_date = at;
  if (opened > 0) {
    values.hs_email_open = opened;
    values.hs_email_first_open_date = at;
    values.hs_email_last_open_date = at;
  }
  if (clicked > 0) {
    values.hs_email_click = clicked;
    values.hs_email_first_click_date = at;
    values.hs_email_last_click_date = at;
  }
  return values;
}
