import { DAY, HOUR, MINUTE } from '../../base/clock.ts';
import type { Value } from '../portal/record.ts';
import type { Random } from './random.ts';

/** A marketing e-mail that somebody got. Times are milliseconds since 1970. */
export interface Mail {
  readonly sentAt: number;
  readonly openedAt: number | undefined;
  readonly clickedAt: number | undefined;
}

export interface Mailed {
  /** The counters and dates that HubSpot keeps on the contact. */
  readonly counters: Record<string, Value>;
  /** Newest first: every mail that was opened, or the last one where none was. The counters count the others, too. */
  readonly mails: readonly Mail[];
}

/** Marketing e-mails of a person, all before `around`, the person's last visit. */
export function mailCounters(
  random: Random,
  aside: Random,
  interest: number,
  { created, around }: { created: number; around: number | undefined },
): Mailed {
  const counters: Record<string, Value> = {};
  if (random.chance(0.03)) counters.hs_email_optout = 'true';
  if (around === undefined || random.chance(0.4)) return { counters, mails: [] };
  const delivered = 1 + random.poisson(5);
  const opened = Math.min(delivered, random.poisson(1.5 * Math.exp(0.4 * interest)));
  const clicked = Math.min(opened, random.poisson(0.4 * Math.exp(0.6 * interest)));
  const at = around - random.whole(20 * DAY);
  const mails = makeMails(aside, at, opened, clicked, created);
  const [last, first] = [mails[0], mails.at(-1)];
  counters.hs_email_delivered = delivered;
  counters.hs_email_last_send_date = last?.sentAt ?? at;
  if (opened > 0) {
    counters.hs_email_open = opened;
    counters.hs_email_first_open_date = first?.openedAt ?? at;
    counters.hs_email_last_open_date = at;
  }
  if (clicked > 0) {
    counters.hs_email_click = clicked;
    counters.hs_email_first_click_date = mails[clicked - 1]?.clickedAt ?? at;
    counters.hs_email_last_click_date = at;
  }
  return { counters, mails };
}

/** The last is opened at `at`, the others some days apart before it. The latest are the ones that were clicked. */
function makeMails(aside: Random, at: number, opened: number, clicked: number, created: number): Mail[] {
  if (opened === 0) return [{ sentAt: at, openedAt: undefined, clickedAt: undefined }];
  const apart = Math.max(HOUR, Math.min(5 * DAY, Math.floor((at - created) / (opened + 1))));
  return Array.from({ length: opened }, (_, index) => {
    const openedAt = at - index * apart;
    return {
      sentAt: openedAt - 5 * MINUTE - aside.whole(apart - 10 * MINUTE),
      openedAt,
      clickedAt: index < clicked ? openedAt : undefined,
    };
  });
}
