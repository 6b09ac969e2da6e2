import { isSalesforceId, longId } from './api/record-id.ts';

/** A lead of ours is a record of either kind: a Lead, or once sales took it on a Contact of an account. */
export const PERSON_KINDS = ['Lead', 'Contact'] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

/** What the ids of an object's records begin with, the same in every org. */
const PREFIXES = { Lead: '00Q', Contact: '003', Account: '001' } as const;

/** Those that are ids of the object's records, in their form of 18 characters and each once; anything else is nobody's id. */
export function idsOf(object: keyof typeof PREFIXES, ids: readonly string[]): string[] {
  const own = ids.flatMap((id) => {
    if (!id.startsWith(PREFIXES[object]) || !isSalesforceId(id)) return [];
    // The last three of 18 follow from the others: where they do not, the case of a letter is wrong.
    const long = longId(id);
    return long.startsWith(id) ? [long] : [];
  });
  return [...new Set(own)];
}
