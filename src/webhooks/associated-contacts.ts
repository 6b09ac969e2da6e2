/** The two records that an association joins or parts. */
export interface Association {
  /** Such as `CONTACT_TO_COMPANY`, in events of the older names. */
  readonly associationType?: string | undefined;
  readonly fromObjectId?: string | undefined;
  /** Such as `0-1` for a contact, in events of the newer names. */
  readonly fromObjectTypeId?: string | undefined;
  readonly toObjectId?: string | undefined;
  readonly toObjectTypeId?: string | undefined;
}

/**
 * The contacts at either end of an association, whichever record the event is about: with its company, the contact may have
 * changed. An end that is a contact and has no id is undefined.
 */
export function associatedContacts(eventType: string, association: Association): (string | undefined)[] {
  const { associationType = '', fromObjectId, fromObjectTypeId, toObjectId, toObjectTypeId } = association;
  const isFrom =
    eventType.startsWith('contact.') || fromObjectTypeId === '0-1' || /^contact_to_/i.test(associationType);
  const isTo = toObjectTypeId === '0-1' || /_to_contact(_|$)/i.test(associationType);
  return [...(isFrom ? [fromObjectId] : []), ...(isTo ? [toObjectId] : [])];
}
