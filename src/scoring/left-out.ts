import { SECOND } from '../base/clock.ts';
import type { Activity } from '../leads/activity.ts';
import type { LeftOutWhy } from './score.ts';
import { addressOf } from './url-pattern.ts';

/** A person needs longer to find a letter and read it. */
const TOO_SOON = 10 * SECOND;
/** A person does not click two links in this time. */
const AT_ONCE = SECOND;

/**
 * Why each activity is left out as a machine's, at its place in the list; undefined where none is.
 * A scanner often clicks just before the delivery is recorded, so too soon is within ten seconds of it either way.
 * @param activities as `orderActivities` gives them.
 */
export function leftOut(activities: readonly Activity[]): readonly (LeftOutWhy | undefined)[] | undefined {
  let found: (LeftOutWhy | undefined)[] | undefined;
  const note = (place: number, why: LeftOutWhy): void => {
    found ??= new Array<LeftOutWhy | undefined>(activities.length).fill(undefined);
    found[place] ??= why;
  };
  let clicks = 0;
  let place = 0;
  for (const activity of activities) {
    const { type } = activity;
    const isClick = type === 'email-click';
    if (activity.machine === 'bot') note(place, 'bot');
    else if (isClick || type === 'email-open') {
      const why = whyByItself(activity);
      if (why !== undefined) note(place, why);
    }
    if (isClick) clicks += 1;
    place += 1;
  }
  if (clicks > 1) {
    noteSeveralLinks(activities, 1, note);
    noteSeveralLinks(activities, -1, note);
  }
  return found;
}

/** Of something done to a letter. */
function whyByItself({ type, machine, at, deliveredAt }: Activity): LeftOutWhy | undefined {
  if (machine === 'privacy-proxy' && type === 'email-open') return 'privacy-proxy';
  return deliveredAt !== undefined && Math.abs(at - deliveredAt) <= TOO_SOON ? 'too-soon' : undefined;
}

/** Notes each click that comes within a second after one on another link, forwards or backwards in time. */
function noteSeveralLinks(
  activities: readonly Activity[],
  step: 1 | -1,
  note: (place: number, why: LeftOutWhy) => void,
): void {
  let before: { readonly link: string; readonly at: number } | undefined;
  /** When the nearest click before that was, on a link other than that one's. */
  let other: number | undefined;
  for (let place = step > 0 ? 0 : activities.length - 1; place >= 0 && place < activities.length; place += step) {
    const click = activities[place];
    const link = click && linkOf(click);
    if (click === undefined || link === undefined) continue;
    if (before !== undefined && before.link !== link) other = before.at;
    if (other !== undefined && Math.abs(click.at - other) <= AT_ONCE) note(place, 'several-links');
    before = { link, at: click.at };
  }
}

/** Without the query, which is not kept with an activity. Undefined where it is no click on a link that is known. */
function linkOf({ type, url, name }: Activity): string | undefined {
  if (type !== 'email-click') return undefined;
  return url === undefined ? name : addressOf(url);
}
