import type { ActivityType } from '../../../leads/activity.ts';

/** What Account Engagement tells of a visitor activity, as far as its meaning depends on it. */
export interface VisitorActivityKind {
  readonly type: number;
  /** What it is about: `Form`, `Email Tracker`, `Landing Page`, `Page View`. */
  readonly typeName: string | null;
  readonly formId: number | null;
  readonly formHandlerId: number | null;
  readonly landingPageId: number | null;
  readonly fileId: number | null;
  readonly emailId: number | null;
  readonly listEmailId: number | null;
}

/**
 * What somebody did; undefined for what is none of it, such as a letter that was sent, a form that was looked at or filled in
 * wrongly, and an opportunity, of which Salesforce itself tells.
 * https://developer.salesforce.com/docs/marketing/pardot/guide/visitor-activity-v5.html
 */
export function activityTypeOf(activity: VisitorActivityKind): ActivityType | undefined {
  const { type, typeName, formId, formHandlerId, landingPageId, fileId, emailId, listEmailId } = activity;
  const about = typeName?.toLowerCase() ?? '';
  const isEmail = emailId !== null || listEmailId !== null || about.startsWith('email');
  const isFile = fileId !== null || about === 'file';
  if (type === CLICK || type === CLICK_OF_OTHERS) return isEmail ? 'email-click' : isFile ? 'download' : 'page-click';
  if (type === VIEW) {
    if (isFile) return 'download';
    return landingPageId !== null || about.endsWith('page') || about === 'page view' ? 'page-view' : undefined;
  }
  if (type === SUCCESS) {
    const isForm = formId !== null || formHandlerId !== null || landingPageId !== null;
    return isForm ? 'form-submission' : undefined;
  }
  return PLAIN[type];
}

const CLICK = 1;
const VIEW = 2;
const SUCCESS = 4;
/** That an e-mail was sent: what follows within seconds, no person did. */
export const SENT = 6;
const CLICK_OF_OTHERS = 17;

/** Those that mean one thing, whatever they are about. */
const PLAIN: Readonly<Record<number, ActivityType>> = {
  11: 'email-open',
  // The page on which one unsubscribes, a complaint about spam, and one that came by way of another address of the same person.
  12: 'email-unsubscribe',
  14: 'email-unsubscribe',
  35: 'email-unsubscribe',
  13: 'email-bounce',
  36: 'email-bounce',
  20: 'visit',
  21: 'page-click',
  24: 'event-attendance',
  25: 'event-registration',
  26: 'page-click',
  28: 'event-registration',
  29: 'event-attendance',
};

export const VISITOR_ACTIVITY_TYPES: ReadonlySet<ActivityType> = new Set([
  ...Object.values(PLAIN),
  'email-click',
  'download',
  'page-view',
  'form-submission',
]);
