import { MINUTE } from '../../../base/clock.ts';
import { listOneSalesRecord } from '../api/sales-records.ts';
import { readTime } from '../outputs.ts';
import { type SalesSource, salesStream } from './sales-stream.ts';
import type { StreamKind } from './stream-kind.ts';

export const meetingsKind: StreamKind = {
  key: 'meetings',
  what: 'meetings',
  scopes: ['crm.objects.contacts.read'],
  delivers: ['meeting'],
  probe: (transport) => listOneSalesRecord(transport, 'meetings'),
  open: ({ transport }) => salesStream(transport, MEETINGS),
};

/**
 * One that is still to come counts from when it is booked, and begins to fade at its time. One whose outcome is "rescheduled"
 * stands: HubSpot's calendar and the tools that book into it move the record itself, which then says the new time.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/activities/meetings/guide
 */
const MEETINGS: SalesSource = {
  type: 'meetings',
  name: 'meeting',
  properties: ['hs_meeting_end_time', 'hs_meeting_outcome'],
  times: ['hs_meeting_start_time', 'hs_timestamp'],
  reader:
    () =>
    ({ properties }, at) => {
      const minutes = ((readTime(properties.hs_meeting_end_time) ?? at) - at) / MINUTE;
      return {
        activity: { type: 'meeting', ...(minutes > 0 && { minutes }) },
        withdrawn: DID_NOT_TAKE_PLACE.has(properties.hs_meeting_outcome?.toUpperCase() ?? ''),
      };
    },
};

const DID_NOT_TAKE_PLACE: ReadonlySet<string> = new Set(['CANCELED', 'CANCELLED', 'NO_SHOW']);
