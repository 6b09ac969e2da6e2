import type { PortalChange } from '../portal/portal.ts';

/** One entry of a delivery's array, without its attemptNumber. */
export type WebhookEvent = Readonly<Record<string, unknown>> & { readonly subscriptionType: string };

export const EVENT_TYPES = [
  'contact.creation',
  'contact.propertyChange',
  'contact.merge',
  'contact.deletion',
  'contact.privacyDeletion',
  'contact.restore',
] as const;

export interface Subscriptions {
  readonly types: readonly (typeof EVENT_TYPES)[number][];
  /** Whose changes are told. */
  readonly properties: readonly string[];
}

export const DEFAULT_SUBSCRIPTIONS: Subscriptions = {
  types: EVENT_TYPES,
  properties: ['email', 'jobtitle', 'company', 'lifecyclestage', 'recent_conversion_date'],
};

/** HubSpot sends no webhook for changes of these, whatever is subscribed. */
const NEVER_TOLD = ['num_unique_conversion_events', 'hs_lastmodifieddate', 'lastmodifieddate'];

export function isSubscribed({ types, properties }: Subscriptions, change: PortalChange): boolean {
  if (!types.includes(change.type)) return false;
  return (
    change.type !== 'contact.propertyChange' ||
    (properties.includes(change.property) && !NEVER_TOLD.includes(change.property))
  );
}

/** The change as a webhook tells it. https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide */
export function webhookEvent(
  change: PortalChange,
  context: { eventId: number; portalId: number; appId: number },
): WebhookEvent {
  const event = {
    eventId: context.eventId,
    subscriptionId: 3_000_000 + EVENT_TYPES.indexOf(change.type),
    portalId: context.portalId,
    appId: context.appId,
    occurredAt: change.at,
    subscriptionType: change.type,
    objectId: Number(change.objectId),
    objectTypeId: '0-1',
    changeSource: change.source,
    sourceId: change.source === 'INTEGRATION' ? String(context.appId) : 'userId:9400011',
  };
  switch (change.type) {
    case 'contact.creation':
      return { ...event, changeFlag: 'CREATED' };
    case 'contact.restore':
      return { ...event, changeFlag: 'RESTORED' };
    case 'contact.deletion':
    case 'contact.privacyDeletion':
      return { ...event, changeFlag: 'DELETED' };
    case 'contact.propertyChange':
      // Date-times go out as milliseconds here, other than in the API.
      return { ...event, propertyName: change.property, propertyValue: String(change.value ?? '') };
    case 'contact.merge':
      return {
        ...event,
        primaryObjectId: Number(change.primaryObjectId),
        mergedObjectIds: change.mergedObjectIds.map(Number),
        newObjectId: Number(change.objectId),
        numberOfPropertiesMoved: change.propertiesMoved,
      };
  }
}
