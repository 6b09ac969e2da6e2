import type { Clock } from '../../../base/clock.ts';

/** A person as Account Engagement knows them, beside the lead or contact. */
export interface Prospect {
  readonly id: number;
  email: string;
  /** The ids of the records that it is synced with, 18 characters. */
  leadId: string | undefined;
  contactId: string | undefined;
  readonly createdAt: number;
  updatedAt: number;
  isDeleted: boolean;
}

/** The kinds of visitor activities by their numbers. https://developer.salesforce.com/docs/marketing/pardot/guide/visitor-activity-v5.html */
export const VISITOR_ACTIVITY_TYPES = {
  1: 'Click',
  2: 'View',
  3: 'Error',
  4: 'Success',
  5: 'Session',
  6: 'Sent',
  7: 'Search',
  8: 'New Opportunity',
  9: 'Opportunity Won',
  10: 'Opportunity Lost',
  11: 'Open',
  12: 'Unsubscribe Page',
  13: 'Bounced',
  14: 'Spam Complaint',
  15: 'Email Preference Page',
  16: 'Resubscribed',
  17: 'Click (Third Party)',
  18: 'Opportunity Reopened',
  19: 'Opportunity Linked',
  20: 'Visit',
  21: 'Custom URL Click',
  24: 'Webinar Attended',
  25: 'Webinar Registered',
  28: 'Event Registered',
  29: 'Event Checked In',
  35: 'Indirect Unsubscribe Open',
  36: 'Indirect Bounce',
  37: 'Indirect Resubscribe',
  38: 'Opportunity Unlinked',
} as const;

export type VisitorActivityType = keyof typeof VISITOR_ACTIVITY_TYPES;

/** What it was done to, by the ids of Account Engagement's own things. */
export interface VisitorActivityTarget {
  /** The name of the form, file, e-mail or page. */
  readonly details?: string;
  readonly formId?: number;
  readonly formHandlerId?: number;
  readonly landingPageId?: number;
  readonly customRedirectId?: number;
  readonly fileId?: number;
  readonly emailId?: number;
  readonly listEmailId?: number;
  readonly campaignId?: number;
}

export interface VisitorActivity extends VisitorActivityTarget {
  readonly id: number;
  readonly prospectId: number;
  readonly visitorId: number;
  readonly type: VisitorActivityType;
  /** Milliseconds since 1970, at a whole second. */
  readonly createdAt: number;
}

/** Account Engagement's prospects and what they did, in order of their ids. */
export class Prospects {
  readonly all: Prospect[] = [];
  readonly activities: VisitorActivity[] = [];
  readonly #clock: Clock;
  readonly #byEmail = new Map<string, Prospect>();
  readonly #byRecord = new Map<string, Prospect>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param at milliseconds since 1970; now unless told */
  add(person: { email: string; leadId?: string; contactId?: string }, at = this.#clock.now()): Prospect {
    const { email, leadId, contactId } = person;
    const id = 41_000_000 + this.all.length * 3;
    const prospect = { id, email, leadId, contactId, createdAt: at, updatedAt: at, isDeleted: false };
    this.all.push(prospect);
    this.#byEmail.set(email.toLowerCase(), prospect);
    for (const recordId of [leadId, contactId]) if (recordId !== undefined) this.#byRecord.set(recordId, prospect);
    return prospect;
  }

  find(id: number): Prospect | undefined {
    const prospect = this.all[(id - 41_000_000) / 3];
    return prospect?.id === id ? prospect : undefined;
  }

  findByEmail(email: string): Prospect | undefined {
    return this.#byEmail.get(email.toLowerCase());
  }

  /** The one that is synced with this lead or contact. */
  ofRecord(recordId: string): Prospect | undefined {
    return this.#byRecord.get(recordId);
  }

  /** A lead that became a contact, or a record that went into another: the prospect goes with it. */
  move(fromId: string, to: { leadId?: string; contactId?: string }): void {
    const prospect = this.#byRecord.get(fromId);
    if (prospect === undefined) return;
    prospect.leadId = to.leadId ?? prospect.leadId;
    prospect.contactId = to.contactId ?? prospect.contactId;
    prospect.updatedAt = this.#clock.now();
    for (const id of [to.leadId, to.contactId]) if (id !== undefined) this.#byRecord.set(id, prospect);
  }

  /** @param at milliseconds since 1970; now unless told. Ids rise in the order of the calls. */
  record(
    prospect: Prospect,
    type: VisitorActivityType,
    target: VisitorActivityTarget = {},
    at = this.#clock.now(),
  ): VisitorActivity {
    const activity = {
      ...target,
      id: 900_000_000 + this.activities.length * 5,
      prospectId: prospect.id,
      visitorId: prospect.id + 7,
      type,
      createdAt: Math.floor(at / 1_000) * 1_000,
    };
    this.activities.push(activity);
    return activity;
  }
}
