import { MINUTE } from '../../../base/clock.ts';
import type { Activity } from '../../../leads/activity.ts';
import { normaliseEmail } from '../../../leads/email.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import { isSalesforceId, longId } from '../api/record-id.ts';
import { engagementTimes } from './engagement-time.ts';
import { leadIdOf } from './lead-id.ts';
import type { Probing, StreamKind } from './stream-kind.ts';
import { activityTypeOf, SENT, VISITOR_ACTIVITY_TYPES } from './visitor-activity.ts';
import {
  type Engagement,
  probeVisitorActivities,
  type VisitorActivity,
  visitorActivityPages,
} from './visitor-activity-pages.ts';

export const visitorActivitiesKind: StreamKind = {
  key: 'visitor_activities',
  what: 'visitor activities of Account Engagement',
  needs:
    'the scope pardot_api for the app, a user of Account Engagement who may view visitors, and the business unit and host of the org under account_engagement',
  delivers: ({ account_engagement: unit }) => (unit === undefined ? [] : [...VISITOR_ACTIVITY_TYPES]),
  probe: async (probing) => {
    const engagement = engagementOf(probing);
    if (engagement !== undefined) await probeVisitorActivities(engagement);
  },
  open: (context) => {
    const engagement = engagementOf(context);
    const zone = context.config.account_engagement?.time_zone ?? 'UTC';
    return engagement === undefined ? [] : [visitorActivities(engagement, zone)];
  },
};

function engagementOf({ api, config, engagementUrl }: Probing): Engagement | undefined {
  const unit = config.account_engagement;
  return unit && { api, host: engagementUrl ?? `https://${unit.host}`, businessUnit: unit.business_unit };
}

/**
 * What people did on the site and with e-mails, as Account Engagement saw it. Its answers may be a minute old. What somebody did
 * before anybody knew them is told once it is known whose it was. Account Engagement leaves out the machines that it knows;
 * others give themselves away by how soon they follow a letter.
 */
export function visitorActivities(engagement: Engagement, timeZone: string): ActivityStream {
  const timeOf = engagementTimes(timeZone);

  async function* pull(window: StreamWindow, options?: CallOptions): AsyncIterable<Observation[]> {
    if (window.from >= window.to) return;
    const { from, filter } = reach(window);
    const sent = sentLately();
    for await (const rows of visitorActivityPages(engagement, filter, options)) {
      const observations: Observation[] = [];
      for (const row of rows) {
        const at = timeOf(row.createdAt);
        const updated = row.updatedAt === null ? at : timeOf(row.updatedAt);
        if (Number.isNaN(at) || Number.isNaN(updated)) continue;
        if (row.type === SENT) sent.note(row, at);
        else if ((filter.by === 'createdAt' ? at : updated) >= from)
          observations.push(...observe(row, { at, revision: updated, deliveredAt: sent.of(row, at) }));
      }
      if (observations.length > 0) yield observations;
    }
  }

  return { name: 'visitor-activity', overlap: 15 * MINUTE, lag: 0, pull };
}

/** How long after a letter was sent what is done with it may still be a machine's, generously. */
const SOON = 10 * MINUTE;

/** A little more than the window, so that what was sent just before it is known. */
function reach({ from, to, since }: StreamWindow) {
  if (since !== undefined) return { from: since, filter: { by: 'createdAt', from: since - SOON } } as const;
  return { from, filter: { by: 'updatedAt', from: from - SOON, to } } as const;
}

function observe(
  row: VisitorActivity,
  {
    at,
    revision,
    deliveredAt,
  }: { readonly at: number; readonly revision: number; readonly deliveredAt: number | undefined },
): Observation[] {
  const type = activityTypeOf(row);
  const person = personOf(row);
  if (type === undefined || person === undefined) return [];
  const activity: Activity = {
    id: String(row.id),
    type,
    at,
    ...whatOf(row),
    ...(deliveredAt !== undefined && (type === 'email-open' || type === 'email-click') && { deliveredAt }),
  };
  // Somebody who is known by address first and by record later did it once: the ledger tells by the revision.
  return [{ person, activity, revision }];
}

function personOf({ prospect }: VisitorActivity): Observation['person'] | undefined {
  const id = prospect?.salesforceId ?? '';
  const leadId = isSalesforceId(id) ? leadIdOf(longId(id)) : undefined;
  if (leadId !== undefined) return { leadId };
  const email = normaliseEmail(prospect?.email ?? undefined);
  return email === undefined ? undefined : { email };
}

/** The details are the name of what it is about, or its address, for a page of one's own site perhaps without the site. */
function whatOf({ form, formHandler, details }: VisitorActivity): Pick<Activity, 'name' | 'url'> {
  const name = (form?.name ?? formHandler?.name ?? details)?.trim();
  if (!name) return {};
  return /^(?:https?:\/)?\//i.test(name) ? { url: name } : { name };
}

/** Remembers when letters were sent, for as long as it matters. */
function sentLately() {
  const times = new Map<string, number>();
  const keyOf = ({ prospectId, emailId, listEmailId }: VisitorActivity) => `${prospectId} ${emailId ?? listEmailId}`;
  return {
    note(row: VisitorActivity, at: number): void {
      if (times.size >= MOST_SENT) for (const [key, before] of times) if (before < at - SOON) times.delete(key);
      times.set(keyOf(row), at);
    },
    of(row: VisitorActivity, at: number): number | undefined {
      const sentAt = times.get(keyOf(row));
      return sentAt !== undefined && sentAt <= at && at - sentAt <= SOON ? sentAt : undefined;
    },
  };
}

/** So many are kept before the old ones go; of a mailing, more may have been sent within minutes. */
const MOST_SENT = 10_000;
