import { salesforceId } from './salesforce-id.ts';

/** What a record that changed means for us. */
export interface ChangedRecord {
  /** The leads and contacts that may have changed with it. */
  readonly leadIds: readonly string[];
  /** It is somebody in a campaign, who may have asked for a demo. */
  readonly inCampaign: boolean;
  /** Stands for the notification: what comes with the same key again changes nothing. Without one, every time counts. */
  readonly key?: string;
}

export type ParsedRecord = ChangedRecord | { readonly malformed: string } | 'not ours';

/** The fields that name a lead or a contact, in small letters: of campaign members, of tasks and events, of person accounts. */
const NAMING = ['leadid', 'contactid', 'whoid', 'personcontactid'];

/**
 * A record of any object, by its fields: what it is, its id begins with (00Q a lead, 003 a contact, 00v a campaign member).
 * The case of the names does not matter, as a flow, Apex and SOAP each have their own. `malformed` never holds a value.
 */
export function parseSalesforceRecord(raw: unknown): ParsedRecord {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { malformed: 'it is no record with fields' };
  const ids: string[] = [];
  let own: string | undefined;
  for (const [name, value] of Object.entries(raw)) {
    const field = name.toLowerCase();
    if (field !== 'id' && !NAMING.includes(field)) continue;
    // A field that is empty is left out, null or an empty element.
    if (value === null || value === '') continue;
    const id = salesforceId.safeParse(value);
    if (!id.success) return { malformed: `its ${name} is no id of Salesforce` };
    ids.push(id.data);
    if (field === 'id') own = id.data;
  }
  if (own === undefined) return { malformed: 'it has no Id' };
  const leadIds = [...new Set(ids.filter((id) => /^(?:00Q|003)/.test(id)))];
  const inCampaign = own.startsWith('00v');
  return leadIds.length > 0 || inCampaign ? { leadIds, inCampaign } : 'not ours';
}
