import { createHash } from 'node:crypto';
import { normaliseEmail } from '../../leads/email.ts';
import type { Lead } from '../../leads/lead.ts';
import type { LeadRecord, Stage } from '../crm.ts';
import type { Contact } from './api/contacts.ts';
import type { HubspotConfig } from './config.ts';
import { ENGAGEMENT_COUNTERS, engagementCounters } from './engagement-counters.ts';
import { decodeOutputs, OUTPUT_KEYS, propertyOf, readTime } from './outputs.ts';
import { PAGE_VIEW_COUNTERS, pageViewCounters } from './page-view-counters.ts';

type Properties = Contact['properties'];

/** How contacts of this portal become leads, fixed once the portal has been read. */
export interface LeadMapping {
  /** Everything to ask for when a lead is read. */
  readonly properties: readonly string[];
  /** What the fingerprint is made of, in its order. */
  readonly inputs: readonly string[];
  toRecord(contact: Contact): LeadRecord;
  /** As in LeadRecord. */
  fingerprint(properties: Properties): string;
}

export interface MappingOptions {
  readonly config: HubspotConfig;
  /** The lifecycle stages' internal values in the portal's order. */
  readonly stages: readonly string[];
  /** Whether page views come from the record's counters, and not from the events. */
  readonly counters: boolean;
}

export function createMapping({ config, stages, counters }: MappingOptions): LeadMapping {
  const fields = Object.entries(config.fields);
  const always = ['email', 'hs_additional_emails', 'hs_merged_object_ids', 'hubspot_owner_id'];
  const counted = [...ENGAGEMENT_COUNTERS, ...(counters ? PAGE_VIEW_COUNTERS : [])];
  const inputs = [...new Set([...fields.map(([, property]) => property), ...always, ...counted])].sort();
  const stageProperty = config.lifecycle === 'off' ? [] : [config.lifecycle.property];
  const outputs = OUTPUT_KEYS.map((key) => propertyOf(config, key));

  function fingerprint(properties: Properties): string {
    const values = inputs.map((name) => properties[name]?.trim() || null);
    return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 16);
  }

  return {
    properties: [...new Set([...inputs, ...stageProperty, ...outputs, 'createdate', 'lastmodifieddate'])],
    inputs,
    fingerprint,
    toRecord(contact) {
      const { properties } = contact;
      const written = decodeOutputs(config, properties);
      return {
        lead: toLead(contact, fields),
        counters: [...engagementCounters(properties), ...(counters ? pageViewCounters(properties) : [])],
        outputs: written,
        stage:
          config.lifecycle === 'off'
            ? stageOfOwn(written.mqlAt)
            : stageOf(properties[config.lifecycle.property], stages, config.lifecycle.mql),
        fingerprint: fingerprint(properties),
        changedAt: changeTime(contact) ?? 0,
      };
    },
  };
}

/** When HubSpot says that the record last changed. */
export function changeTime({ properties, updatedAt }: Contact): number | undefined {
  return readTime(properties.lastmodifieddate) ?? readTime(updatedAt);
}

function toLead(contact: Contact, fields: readonly (readonly [string, string])[]): Lead {
  const { id, properties } = contact;
  const values = fields.flatMap(([field, property]) => {
    const value = properties[property]?.trim();
    return value ? [[field, value] as const] : [];
  });
  const emails = [properties.email, ...list(properties.hs_additional_emails)].map((text) =>
    normaliseEmail(text ?? undefined),
  );
  const ownerId = properties.hubspot_owner_id?.trim();
  return {
    id,
    formerIds: list(properties.hs_merged_object_ids).filter((former) => former !== id),
    emails: [...new Set(emails)].filter((email) => email !== undefined),
    fields: Object.fromEntries(values),
    createdAt: readTime(properties.createdate) ?? readTime(contact.createdAt) ?? 0,
    ...(ownerId ? { ownerId } : {}),
  };
}

/** HubSpot joins several values with semicolons. */
function list(text: string | null | undefined): string[] {
  const parts = (text ?? '').split(';').map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

/** A stage that the portal does not list (any more) counts as beyond MQL: nobody is moved out of a stage we do not know. */
function stageOf(value: string | null | undefined, stages: readonly string[], mql: string): Stage {
  if (!value) return 'before-mql';
  if (value === mql) return 'mql';
  const place = stages.indexOf(value);
  return place !== -1 && place < stages.indexOf(mql) ? 'before-mql' : 'beyond-mql';
}

/** With the lifecycle off, our own mark tells who has been passed to sales already. */
function stageOfOwn(mqlAt: number | undefined): Stage {
  return mqlAt === undefined ? 'before-mql' : 'mql';
}
