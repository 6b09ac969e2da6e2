import { z } from 'zod';
import { MINUTE } from '../../../base/clock.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { instant } from '../api/soql.ts';
import { leadIdOf } from './lead-id.ts';
import { dateTime, day, recordId, stamped } from './row-fields.ts';
import type { FirstPage } from './shared-poll.ts';
import { STAMPED_LATENESS, type StampedSource, stampedPages } from './stamped-pages.ts';
import type { StreamKind } from './stream-kind.ts';
import { tryQueries } from './try-query.ts';

export const eventsKind: StreamKind = {
  key: 'events',
  what: 'meetings in the calendar',
  needs: 'Read on the leads and contacts that the events are about, and access to activities',
  delivers: () => ['meeting'],
  probe: ({ api }) => tryQueries(api, [EVENTS]),
  open: ({ api, poll }) => [events(api, poll.join(EVENTS))],
};

/**
 * Meetings in the calendars of sales, each told again with every edit. One that is still to come counts from when it is booked,
 * and begins to fade at its time. One that was deleted was called off: Salesforce's events have no other way to say so.
 */
function events(api: SalesforceApi, first: FirstPage<Meeting>): ActivityStream {
  async function* pull(window: StreamWindow, options?: CallOptions): AsyncIterable<Observation[]> {
    const begun = await first(window, options);
    for await (const rows of stampedPages({ api, source: EVENTS, window, options }, begun)) {
      const observations = rows.flatMap(observe);
      if (observations.length > 0) yield observations;
    }
  }

  return { name: 'meeting', ...STAMPED_LATENESS, pull };
}

const meetingRow = z.object({
  ...stamped,
  WhoId: recordId.nullable(),
  Subject: z.string().nullable(),
  StartDateTime: dateTime.nullable(),
  EndDateTime: dateTime.nullable(),
  ActivityDate: day.nullable(),
  IsAllDayEvent: z.boolean(),
});
type Meeting = z.output<typeof meetingRow>;

/**
 * Without the copies that invited colleagues have of a meeting, and without what stands for a whole series beside its meetings.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_event.htm
 */
const EVENTS: StampedSource<Meeting> = {
  object: 'Event',
  fields: [
    'WhoId',
    'Subject',
    'StartDateTime',
    'EndDateTime',
    'ActivityDate',
    'IsAllDayEvent',
    'IsChild',
    'IsRecurrence',
  ],
  where: 'WhoId != null AND IsChild = false AND IsRecurrence = false',
  happened: (since) => `StartDateTime >= ${instant(since)}`,
  row: meetingRow,
};

function observe(meeting: Meeting): Observation[] {
  const { Id: id, SystemModstamp: revision, StartDateTime, EndDateTime, ActivityDate, IsAllDayEvent } = meeting;
  const leadId = leadIdOf(meeting.WhoId);
  if (leadId === undefined) return [];
  // Of a whole day the time says midnight in UTC, which is the day before for half of the world.
  const at = IsAllDayEvent && ActivityDate !== null ? Date.parse(`${ActivityDate}T12:00:00Z`) : StartDateTime;
  const minutes =
    StartDateTime === null || EndDateTime === null || IsAllDayEvent ? 0 : (EndDateTime - StartDateTime) / MINUTE;
  const activity = { id, type: 'meeting', at: at ?? revision, ...(minutes > 0 && { minutes }) } as const;
  // What has no time (any more) cannot count at any.
  const withdrawn = meeting.IsDeleted || at === null || CALLED_OFF.test(meeting.Subject ?? '');
  return [{ person: { leadId }, activity, revision, ...(withdrawn && { withdrawn }) }];
}

/** What calendars write before the subject of a meeting that its organiser called off, in place of deleting it; nothing else of it is read. */
const CALLED_OFF = /^\s*(?:cancel(?:l?ed|ado)|abgesagt|annul[ée]e?|annullat[oa]|geannuleerd)\s*:/i;
