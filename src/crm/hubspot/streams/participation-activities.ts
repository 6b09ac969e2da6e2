import type { Activity } from '../../../leads/activity.ts';
import { normaliseEmail } from '../../../leads/email.ts';
import type { Observation } from '../../crm.ts';
import type { MarketingEvent, Participation } from '../api/marketing-events.ts';

/**
 * What one person did about an event, from all that HubSpot lists of them there. It tells how they stand now and no more: who
 * attended or stayed away had registered, and counts as that too, so that the same comes out whenever we look. What no longer
 * holds is taken back. The id is the event's alone: who is known by address first and by record later, or was merged, did one
 * thing, and no address may stand in the ledger.
 */
export function participationActivities(event: MarketingEvent, rows: readonly Participation[]): Observation[] {
  const latest = rows.reduce<Participation | undefined>((last, row) => (isLater(row, last) ? row : last), undefined);
  const person = latest && personOf(latest);
  if (latest === undefined || person === undefined) return [];
  const { attendanceState: state, occurredAt, attendanceDurationSeconds: seconds } = latest.properties;
  const meaning = STATES[state];
  if (meaning === undefined) return [];
  // How long somebody was there is told after the event, under the same time.
  const revision = occurredAt + (seconds ?? 0);
  const tell = (type: Activity['type'], at: number, holds: boolean, minutes?: number): Observation => {
    const activity = {
      id: event.objectId,
      type,
      at,
      name: event.eventName.trim(),
      ...(minutes !== undefined && { minutes }),
    };
    return { person, activity, revision, ...(!holds && { withdrawn: true }) };
  };
  const registered = rows.find(({ properties }) => properties.attendanceState === 'REGISTERED');
  const registration = tell('event-registration', registered?.properties.occurredAt ?? occurredAt, meaning.registered);
  if (meaning.attended === undefined) return [registration];
  const minutes = meaning.attended && seconds != null ? Math.round(seconds / 6) / 10 : undefined;
  return [registration, tell('event-attendance', occurredAt, meaning.attended, minutes)];
}

/** `attended` is undefined before the event: nothing was ever said of it. */
const STATES: Readonly<Record<string, { readonly registered: boolean; readonly attended?: boolean }>> = {
  REGISTERED: { registered: true },
  ATTENDED: { registered: true, attended: true },
  NO_SHOW: { registered: true, attended: false },
  CANCELLED: { registered: false, attended: false },
};

function isLater({ properties }: Participation, last: Participation | undefined): boolean {
  return last === undefined || properties.occurredAt >= last.properties.occurredAt;
}

/** Nobody, where the contact was deleted meanwhile. */
function personOf({ associations: { contact } }: Participation): Observation['person'] | undefined {
  if (contact?.contactId !== undefined) return { leadId: contact.contactId };
  const email = normaliseEmail(contact?.email ?? undefined);
  return email === undefined ? undefined : { email };
}
