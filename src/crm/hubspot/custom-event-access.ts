import { suggestion } from '../../base/nearest-word.ts';
import { listEventTypes, listOccurrences, PAGE_VISIT } from './api/events.ts';
import type { HubspotConfig } from './config.ts';
import type { PortalProblem } from './portal-problem.ts';
import { isNotAllowed } from './streams/stream-states.ts';
import type { Transport } from './transport.ts';

/** The internal names of the portal's events, or that it does not let them be read; empty where config names none. */
export type CustomEventAccess = readonly string[] | 'refused';

/** HubSpot lists the names of events in any edition: whether they can be read shows only when one is. */
export async function customEventAccess(
  transport: Transport,
  { custom_events: events }: HubspotConfig,
): Promise<CustomEventAccess> {
  if (Object.keys(events).length === 0) return [];
  try {
    await listOccurrences(transport, { eventType: PAGE_VISIT, limit: 1 });
    return await listEventTypes(transport);
  } catch (error) {
    if (isNotAllowed(error)) return 'refused';
    throw error;
  }
}

/** Where the custom events of config and the portal do not fit. */
export function customEventProblems(
  { custom_events: events }: HubspotConfig,
  access: CustomEventAccess,
): PortalProblem[] {
  const keys = Object.entries(events);
  if (access === 'refused') {
    const message =
      'HubSpot does not give custom events: it needs an Enterprise edition and the scope business-intelligence. Without them, take custom_events out';
    return keys.length === 0 ? [] : [{ about: 'custom_events', path: ['custom_events'], message }];
  }
  const own = access.filter((name) => name.startsWith('pe'));
  return keys
    .filter(([, { event }]) => !access.includes(event))
    .map(([key, { event }]): PortalProblem => {
      const hint = suggestion(event, own) || ': look it up under Data Management, Event Management';
      return {
        about: 'custom_events',
        path: ['custom_events', key],
        message: `the portal has no event "${event}"${hint}`,
      };
    });
}
