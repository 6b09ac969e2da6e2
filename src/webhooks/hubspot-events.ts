import { z } from 'zod';
import { associatedContacts } from './associated-contacts.ts';
import { hubspotId as id } from './hubspot-id.ts';
import { shortHash } from './short-hash.ts';

/** One event of HubSpot's, as far as it matters here. */
export interface HubspotEvent {
  /** The leads that may have changed. */
  readonly leadIds: readonly string[];
  /** Stands for the event: HubSpot's own id alone is not unique. */
  readonly key: string;
  /** The contact was deleted for privacy: what is known of it must go. */
  readonly erase: boolean;
  /** Somebody sent a form. */
  readonly formSent: boolean;
}

export type ParsedEvent = HubspotEvent | { readonly malformed: string } | 'not ours';

/** Every property that moves when a form is sent: there is no webhook for the form itself. */
const FORM_PROPERTIES = new Set(['recent_conversion_date', 'recent_conversion_event_name', 'num_conversion_events']);

const schema = z.object({
  eventId: id.optional(),
  portalId: id.optional(),
  occurredAt: z.number().optional(),
  // HubSpot's documentation says eventType, its deliveries subscriptionType.
  subscriptionType: z.string().optional(),
  eventType: z.string().optional(),
  objectId: id.optional(),
  objectTypeId: z.string().optional(),
  propertyName: z.string().optional(),
  primaryObjectId: id.optional(),
  newObjectId: id.optional(),
  // No `.max()`: zod asks anything for its length that has such a key, and fails over one that is no number.
  mergedObjectIds: z
    .array(id)
    .refine((ids) => ids.length <= 1_000)
    .optional(),
  associationType: z.string().optional(),
  fromObjectId: id.optional(),
  fromObjectTypeId: z.string().optional(),
  toObjectId: id.optional(),
  toObjectTypeId: z.string().optional(),
});

/** https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide */
export function parseHubspotEvent(raw: unknown): ParsedEvent {
  const result = schema.safeParse(raw);
  if (!result.success) return { malformed: problemOf(result.error) };
  const event = result.data;
  const type = event.subscriptionType ?? event.eventType;
  if (type === undefined) return { malformed: 'it has neither subscriptionType nor eventType' };
  const isAssociation = type.endsWith('.associationChange');
  if (!isAssociation && !isAboutContacts(type, event.objectTypeId)) return 'not ours';
  const leadIds = isAssociation
    ? associatedContacts(type, event)
    : [event.objectId, event.primaryObjectId, event.newObjectId, ...(event.mergedObjectIds ?? [])];
  const known = [...new Set(leadIds.filter((leadId) => leadId !== undefined))];
  // Of an association between two other records, it is none of ours.
  if (known.length === 0)
    return isAssociation && leadIds.length === 0 ? 'not ours' : { malformed: 'it names no contact' };
  const { portalId, propertyName, eventId, occurredAt } = event;
  return {
    leadIds: known,
    key: shortHash([portalId, type, known.join(), propertyName, eventId, occurredAt].join('\n')),
    erase: type.toLowerCase().endsWith('.privacydeletion'),
    formSent: propertyName !== undefined && FORM_PROPERTIES.has(propertyName),
  };
}

/** The newer subscriptions say `object.…` and name the type of the object by its number, 0-1 for a contact. */
function isAboutContacts(type: string, objectTypeId: string | undefined): boolean {
  return type.startsWith('contact.') || (type.startsWith('object.') && objectTypeId === '0-1');
}

/** Which key is wrong; never its value. */
function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined || issue.path.length === 0
    ? 'it is not an object'
    : `its ${issue.path.join('.')} is unusable`;
}
