import { SECOND } from '../base/clock.ts';
import type { Activity, ActivityType } from '../leads/activity.ts';
import type { LeftOut } from '../scoring/score.ts';
import { hanging } from './explain-hanging.ts';
import { timeText } from './print.ts';

const MOST = 10;

/** What machines did, the latest of it, each with how one can tell. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const earlier = leftOut.length - MOST;
  return [
    ...(earlier > 0 ? [`  ${earlier} earlier, see --json`] : []),
    ...leftOut.slice(-MOST).map((one) => hanging(`${timeText(one.activity.at)}: ${leftOutText(one)}`, 2)),
  ];
}

/** `a click 2 s after delivery: a scanner's`. */
export function leftOutText({ activity, why }: LeftOut): string {
  const what = WORDS[activity.type] ?? activity.type;
  const named = activity.name === undefined ? what : `${what} (${activity.name})`;
  switch (why) {
    case 'bot':
      return `${named}, marked as a bot's`;
    case 'privacy-proxy':
      return `${named} by a privacy proxy, which opens what nobody reads`;
    case 'too-soon':
      return `${named} ${fromDelivery(activity)}: a scanner's`;
    case 'several-links':
      return `${named} within a second of one on another link: a scanner's`;
  }
}

const WORDS: Readonly<Partial<Record<ActivityType, string>>> = { 'email-click': 'a click', 'email-open': 'an open' };

function fromDelivery({ at, deliveredAt = at }: Activity): string {
  const seconds = Math.round(Math.abs(at - deliveredAt) / SECOND);
  if (seconds === 0) return 'at the moment of delivery';
  return `${seconds} s ${at < deliveredAt ? 'before' : 'after'} delivery`;
}
