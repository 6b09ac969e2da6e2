import { z } from 'zod';
import { hubspotId } from './hubspot-id.ts';
import { shortHash } from './short-hash.ts';

/** The contact of a workflow's webhook. */
export interface WorkflowContact {
  readonly leadId: string;
  /** Stands for all that the body says: equal bodies, equal keys. */
  readonly key: string;
}

const valued = z.object({ value: hubspotId }).transform(({ value }) => value);

/** Of the whole contact that a workflow sends, only who it is. */
const schema = z.object({
  // Workflows on contacts call it so, as HubSpot's first API did.
  vid: hubspotId.optional(),
  objectId: hubspotId.optional(),
  hs_object_id: hubspotId.optional(),
  objectType: z.string().optional(),
  objectTypeId: z.string().optional(),
  properties: z
    .object({ hs_object_id: z.union([hubspotId, valued]).optional() })
    .optional()
    .catch(undefined),
  // By these it is known that the properties are those of another record.
  companyId: z.unknown().optional(),
  dealId: z.unknown().optional(),
  ticketId: z.unknown().optional(),
});

const NO_CONTACT = 'it names no contact: use a workflow on contacts, or send the record ID as hs_object_id';

/** `malformed` says what is wrong, and never a value. */
export function parseWorkflowContact(content: unknown): WorkflowContact | { readonly malformed: string } {
  const result = schema.safeParse(content);
  if (!result.success) {
    const [key] = result.error.issues[0]?.path ?? [];
    return { malformed: key === undefined ? 'send a contact as a JSON object' : `its ${String(key)} is unusable` };
  }
  const { vid, objectId, hs_object_id, properties, objectTypeId, objectType, ...others } = result.data;
  const type = objectTypeId ?? objectType ?? 'contact';
  const isOther = Object.values(others).some((id) => id !== undefined);
  const leadId = vid ?? objectId ?? hs_object_id ?? (isOther ? undefined : properties?.hs_object_id);
  if (leadId === undefined || !['0-1', 'contact'].includes(type.toLowerCase())) return { malformed: NO_CONTACT };
  return { leadId, key: shortHash(`${leadId}\n${JSON.stringify(content)}`) };
}
