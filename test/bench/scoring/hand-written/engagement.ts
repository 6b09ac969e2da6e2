import { DAY, MINUTE } from '../../../../src/base/clock.ts';
import type { Activity } from '../../../../src/leads/activity.ts';
import { normaliseText } from '../../../../src/leads/text.ts';
import type { Decay } from '../../../../src/scoring/decay.ts';
import { leftOut as machinesAmong } from '../../../../src/scoring/left-out.ts';
import type { FastTrack, LeftOut } from '../../../../src/scoring/score.ts';
import { pathOf } from '../../../../src/scoring/url-pattern.ts';
import type { Notes } from './fit.ts';
import type { Profile } from './read.ts';
import { countDaily, countEach, countOnce, countWeekly, scoreTally, type Tally, type Worth } from './tally.ts';

export interface Engagement {
  readonly points: number;
  readonly fastTracks: readonly FastTrack[];
  readonly leftOut: readonly LeftOut[];
}

/** The engagement of the model: one pass over the activities, then the criteria from top to bottom. */
export function scoreEngagement(
  profile: Profile,
  createdAt: number,
  activities: readonly Activity[],
  at: number,
  notes: Notes,
): Engagement {
  const machines = machinesAmong(activities);
  const fastTracks: FastTrack[] = [];
  const leftOut: LeftOut[] = [];
  const later: number[] = [];
  let last = Number.isNaN(createdAt) ? Number.NEGATIVE_INFINITY : createdAt;
  const known = Math.max(at, last);

  let pricing: Tally | undefined;
  let pricingOfBuyer: Tally | undefined;
  let product: Tally | undefined;
  let docs: Tally | undefined;
  let views: Tally | undefined;
  let ebook: Tally | undefined;
  let webinar: Tally | undefined;
  let attended: Tally | undefined;
  let request: Tally | undefined;
  let opens: Tally | undefined;
  let clicks: Tally | undefined;
  let meetings: Tally | undefined;
  let careers: Tally | undefined;

  for (let place = 0; place < activities.length; place++) {
    const activity = activities[place];
    if (activity === undefined) continue;
    const why = machines?.[place];
    const age = at - activity.at;
    if (why === undefined) {
      if (activity.at <= known) last = Math.max(last, activity.at);
      else later.push(activity.at);
    }
    switch (activity.type) {
      case 'page-view': {
        if (why !== undefined) {
          leftOut.push({ activity, why });
          break;
        }
        if (age >= HALF_YEAR) break;
        if (age < QUARTER) views = countEach(views, activity);
        if (activity.url === undefined) break;
        const path = pathOf(activity.url);
        if (path.startsWith('/pricing')) {
          pricing = countDaily(pricing, activity);
          if (profile.persona === 'buyer') pricingOfBuyer = countWeekly(pricingOfBuyer, activity);
        } else if (path.startsWith('/docs/')) docs = countEach(docs, activity);
        else if (path.startsWith('/careers') && age < QUARTER) careers = countOnce(careers, activity);
        if (path.startsWith('/product') || path.endsWith('/features')) product = countDaily(product, activity);
        break;
      }
      case 'form-submission': {
        if (why !== undefined) {
          leftOut.push({ activity, why });
          break;
        }
        const form = normaliseText(activity.name);
        if (form === 'demo-request' || form === 'contact-sales') {
          if (age < HALF_YEAR) request = countOnce(request, activity);
          if (profile.mail !== 'disposable')
            fastTracks.push({ rule: 'demo-request', activity, followUpWithin: 5 * MINUTE });
        } else if (form === 'ebook' || form === 'whitepaper') {
          if (age < HALF_YEAR) ebook = countOnce(ebook, activity);
        } else if (form === 'webinar' && age < QUARTER) webinar = countWeekly(webinar, activity);
        break;
      }
      case 'event-attendance':
        if (why !== undefined) leftOut.push({ activity, why });
        else if (age < HALF_YEAR && activity.minutes !== undefined && activity.minutes >= 20)
          attended = countEach(attended, activity);
        break;
      case 'email-open':
        if (why !== undefined) leftOut.push({ activity, why });
        else if (age < HALF_YEAR) opens = countDaily(opens, activity);
        break;
      case 'email-click':
        if (why !== undefined) leftOut.push({ activity, why });
        else if (age < HALF_YEAR) clicks = countDaily(clicks, activity);
        break;
      case 'meeting':
        if (why !== undefined) leftOut.push({ activity, why });
        else if (age < HALF_YEAR) meetings = countWeekly(meetings, activity);
        break;
    }
  }

  const web = capped(
    'Web',
    scoreTally(pricing, PRICING, at, notes) +
      scoreTally(pricingOfBuyer, PRICING_OF_BUYER, at, notes) +
      scoreTally(product, PRODUCT, at, notes) +
      scoreTally(docs, DOCS, at, notes) +
      scoreTally(views, VIEWS, at, notes),
    30,
    notes,
  );
  const content = capped(
    'Content',
    scoreTally(ebook, EBOOK, at, notes) +
      scoreTally(webinar, WEBINAR, at, notes) +
      scoreTally(attended, ATTENDED, at, notes),
    40,
    notes,
  );
  const requests = scoreTally(request, REQUEST, at, notes);
  const conversation = capped(
    'Conversation',
    scoreTally(opens, OPENS, at, notes) +
      scoreTally(clicks, CLICKS, at, notes) +
      scoreTally(meetings, MEETINGS, at, notes),
    40,
    notes,
  );
  const poor = scorePoorSigns(profile, careers, { last, later }, at, notes);

  const { reasons } = notes;
  let points = web + content + requests + conversation + poor;
  if (points > 80) {
    reasons.push({ ...WHOLE, kind: 'dimension-cap', points: 80 - points, limit: 80 });
    points = 80;
  }
  if (points < 0) {
    reasons.push({ ...WHOLE, kind: 'floor', points: -points, limit: 0 });
    points = 0;
  }
  return { points, fastTracks, leftOut };
}

function scorePoorSigns(
  profile: Profile,
  careers: Tally | undefined,
  { last, later }: { readonly last: number; readonly later: readonly number[] },
  at: number,
  notes: Notes,
): number {
  const { reasons, flags } = notes;
  let poor = 0;
  if (careers !== undefined) {
    poor += scoreTally(careers, CAREERS, at, notes);
    flags.push('careers-visitor');
  }
  if (profile.unsubscribed === 'true') {
    poor -= 25;
    reasons.push(UNSUBSCRIBED);
    flags.push('unsubscribed');
  }
  let inactiveFrom = last + MONTH;
  let inactiveUntil = Number.POSITIVE_INFINITY;
  for (const time of later) {
    if (Math.ceil(inactiveFrom) < Math.ceil(time)) {
      inactiveUntil = Math.ceil(time);
      break;
    }
    inactiveFrom = time + MONTH;
  }
  inactiveFrom = Math.ceil(inactiveFrom);
  if (inactiveFrom <= at) {
    poor -= 10;
    reasons.push(INACTIVE);
    flags.push('inactive');
    notes.next = Math.min(notes.next, inactiveUntil);
  } else notes.next = Math.min(notes.next, inactiveFrom);
  return poor;
}

function capped(group: string, points: number, limit: number, { reasons }: Notes): number {
  if (points <= limit) return points;
  const over = limit - points;
  reasons.push({ kind: 'group-cap', dimension: 'engagement', id: group, label: group, points: over, limit });
  return limit;
}

const MONTH = 30 * DAY;
const QUARTER = 90 * DAY;
const HALF_YEAR = 180 * DAY;
const NO_CAP = Number.POSITIVE_INFINITY;
const FADING: Decay = { kind: 'half-life', halfLife: 45 * DAY };
const SLOWLY: Decay = { kind: 'half-life', halfLife: 90 * DAY };
const QUICKLY: Decay = { kind: 'half-life', halfLife: 30 * DAY };
const IN_STEPS: Decay = { kind: 'steps', every: 30 * DAY, percent: 25 };

const PRICING = worth('pricing-page', 'Pricing page', 10, { max: 20 });
const PRICING_OF_BUYER = worth('pricing-page-buyer', 'Pricing page buyer', 5);
const PRODUCT = worth('product-page', 'Product page', 5, { max: 10 });
const DOCS = worth('docs', 'Docs', 2, { max: 4 });
const VIEWS = worth('page-views', 'Page views', 1, { max: 10, window: QUARTER });
const EBOOK = worth('ebook', 'Ebook', 15);
const WEBINAR = worth('webinar', 'Webinar', 10, { max: 20, window: QUARTER });
const ATTENDED = worth('webinar-attended', 'Webinar attended', 10, { max: 20 });
const REQUEST = worth('demo-or-contact', 'Demo or contact', 50, { decay: SLOWLY });
const OPENS = worth('email-open', 'Email open', 1, { max: 2, decay: QUICKLY });
const CLICKS = worth('email-click', 'Email click', 3, { max: 6, decay: QUICKLY });
const MEETINGS = worth('meeting', 'Meeting', 20, { decay: IN_STEPS });
const CAREERS = worth('careers-page', 'Careers page', -20, { window: QUARTER, decay: undefined });
const UNSUBSCRIBED = {
  kind: 'criterion',
  dimension: 'engagement',
  id: 'unsubscribed',
  label: 'Unsubscribed',
  points: -25,
} as const;
const INACTIVE = {
  kind: 'criterion',
  dimension: 'engagement',
  id: 'inactive',
  label: 'Inactive',
  points: -10,
} as const;
const WHOLE = { dimension: 'engagement', id: 'engagement', label: 'Engagement' } as const;

function worth(id: string, label: string, points: number, own: Partial<Worth> = {}): Worth {
  return { id, label, points, max: NO_CAP, window: HALF_YEAR, decay: FADING, ...own };
}
