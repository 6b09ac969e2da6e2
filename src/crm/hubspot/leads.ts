import { createHash } from 'node:crypto';
import { normaliseEmail } from '../../leads/email.ts';
import type { Lead, Override } from '../../leads/lead.ts';
import type { LeadRecord, Outputs, Stage } from '../crm.ts';
import { accountModels, type ModelOutputs, namesOf, overrideNames } from '../outputs/output-model.ts';
import { stageByMarks } from '../outputs/stage-by-marks.ts';
import type { Contact } from './api/contacts.ts';
import type { HubspotConfig } from './config.ts';
import type { Counter } from './counters.ts';
import type { Beside } from './field-source.ts';
import { beforeLead, recycledStage } from './lifecycle.ts';
import { decodeAll, decodeOverrides, readTime } from './outputs.ts';
import { statusReader } from './sales-status.ts';

type Properties = Contact['properties'];

/** How contacts of this portal become leads, fixed once the portal has been read. */
export interface LeadMapping {
  /** Everything to ask for when a lead is read. */
  readonly properties: readonly string[];
  /** What the fingerprint is made of, in its order. */
  readonly inputs: readonly string[];
  /** Whether there are some among them that HubSpot calculates, which do not move the record's time of change. */
  readonly readsCalculated: boolean;
  /** `beside` is what other records and lists tell of the contact: its own values go before it. */
  toRecord(contact: Contact, beside?: readonly Beside[]): LeadRecord;
  /** As in LeadRecord. */
  fingerprint(properties: Properties): string;
}

export interface MappingOptions {
  readonly config: HubspotConfig;
  readonly models: readonly ModelOutputs[];
  /** The id of the model with which the stage goes. */
  readonly main: string | undefined;
  /** The lifecycle stages' internal values in the portal's order. */
  readonly stages: readonly string[];
  /** What the contact's own counters tell of. */
  readonly counters: readonly Counter[];
  /** Whether fields come from the contact's company, or its owner is asked for. */
  readonly asksCompany?: boolean;
  /** As in LeadMapping. */
  readonly readsCalculated?: boolean;
}

/**
 * The contact's primary company. HubSpot keeps it in step with the associations, in either direction, and the contact's time of
 * change moves with it. https://developers.hubspot.com/docs/api-reference/latest/crm/associations/guide
 */
export const COMPANY_ID = 'associatedcompanyid';

export function createMapping({
  config,
  models,
  main,
  stages,
  counters,
  asksCompany = false,
  readsCalculated = false,
}: MappingOptions): LeadMapping {
  const fields = Object.entries(config.fields);
  const company = asksCompany || accountModels(models).length > 0 ? [COMPANY_ID] : [];
  const always = ['email', 'hs_additional_emails', 'hs_merged_object_ids', 'hubspot_owner_id', ...company];
  const counted = counters.flatMap((counter) => counter.properties);
  const overrides = overrideNames(models);
  const status = config.sales_status === 'off' ? [] : [config.sales_status.property];
  // It tells of no lead what another score would, so that it is none of the inputs.
  const reason = config.sales_status === 'off' ? undefined : config.sales_status.reason;
  const read = [...fields.map(([, property]) => property), ...always, ...counted, ...overrides, ...status];
  const inputs = [...new Set(read)].sort();
  const saidBy = statusReader(config);
  const isBeforeLead = beforeLead(config, stages);
  const movesBack = recycledStage(config, stages) !== undefined;
  const stageProperty = config.lifecycle === 'off' ? [] : [config.lifecycle.property];
  const outputs = models.flatMap(namesOf);

  function fingerprint(properties: Properties): string {
    const values = inputs.map((name) => properties[name]?.trim() || null);
    return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 16);
  }

  return {
    properties: [
      ...new Set([...inputs, ...stageProperty, ...present(reason), ...outputs, 'createdate', 'lastmodifieddate']),
    ],
    inputs,
    readsCalculated,
    fingerprint,
    toRecord(contact, beside = []) {
      const { properties } = contact;
      const related = beside.flatMap((each) => each.related ?? []);
      const accountOwnerId = beside.find((each) => each.ownerId !== undefined)?.ownerId;
      const written = decodeAll(models, properties);
      const [salesStatus] = status.map((name) => properties[name]?.trim());
      const salesSay = saidBy(salesStatus);
      const salesReasons = present(reason).flatMap((name) => splitList(properties[name]));
      const byMarks = stageByMarks(main === undefined ? undefined : written[main]);
      const [stageValue] = stageProperty.map((name) => properties[name]);
      const stage =
        config.lifecycle === 'off' ? byMarks : stageOf(stageValue, stages, { mql: config.lifecycle.mql, byMarks });
      const isHalfBack =
        movesBack && !stageValue && stage === 'before-mql' && Object.values(written).some(wasGivenBack);
      return {
        lead: toLead(contact, { fields, beside }, decodeOverrides(models, properties)),
        counters: counters.flatMap((counter) => counter.read(properties)),
        outputs: written,
        stage,
        ...(isHalfBack && { isHalfBack }),
        ...(isBeforeLead && { isBeforeLead: stage === 'before-mql' && !isHalfBack && isBeforeLead(stageValue) }),
        ...(salesSay && { salesSay }),
        ...(salesSay && salesStatus && { salesStatus }),
        ...(salesReasons.length > 0 && { salesReasons }),
        ...(accountOwnerId && { accountOwnerId }),
        fingerprint: fingerprint(properties),
        ...(related.length > 0 ? { related } : {}),
        changedAt: changeTime(contact) ?? 0,
      };
    },
  };
}

const present = (name: string | undefined) => (name === undefined ? [] : [name]);

/** When HubSpot says that the record last changed. */
export function changeTime({ properties, updatedAt }: Contact): number | undefined {
  return readTime(properties.lastmodifieddate) ?? readTime(updatedAt);
}

/** When HubSpot says that the record was made. */
export function createTime({ properties, createdAt }: Contact): number {
  return readTime(properties.createdate) ?? readTime(createdAt) ?? 0;
}

function toLead(
  contact: Contact,
  { fields, beside }: { readonly fields: readonly (readonly [string, string])[]; readonly beside: readonly Beside[] },
  overrides: Readonly<Record<string, Override>> | undefined,
): Lead {
  const { id, properties } = contact;
  const values = fields.flatMap(([field, property]) => {
    const value = properties[property]?.trim();
    return value ? [[field, value] as const] : [];
  });
  const emails = [properties.email, ...splitList(properties.hs_additional_emails)].map((text) =>
    normaliseEmail(text ?? undefined),
  );
  const ownerId = properties.hubspot_owner_id?.trim();
  const accountId = properties[COMPANY_ID]?.trim();
  return {
    id,
    formerIds: splitList(properties.hs_merged_object_ids).filter((former) => former !== id),
    emails: [...new Set(emails)].filter((email) => email !== undefined),
    fields: Object.fromEntries([...beside.flatMap((each) => Object.entries(each.fields)), ...values]),
    createdAt: createTime(contact),
    ...(ownerId ? { ownerId } : {}),
    ...(accountId ? { accountId } : {}),
    ...(overrides ? { overrides } : {}),
  };
}

/** HubSpot joins several values with semicolons. */
export function splitList(text: string | null | undefined): string[] {
  const parts = (text ?? '').split(';').map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

/**
 * A stage that the portal does not list (any more) counts as beyond MQL: nobody is moved out of a stage we do not know. No stage at all
 * is also what a move back leaves that stopped half way: then our own marks tell.
 */
function stageOf(
  value: string | null | undefined,
  stages: readonly string[],
  { mql, byMarks }: { readonly mql: string; readonly byMarks: Stage },
): Stage {
  if (!value) return byMarks;
  if (value === mql) return 'mql';
  const place = stages.indexOf(value);
  return place !== -1 && place < stages.indexOf(mql) ? 'before-mql' : 'beyond-mql';
}

/** Whether sales gave the lead back by what a model wrote, and it was not passed on to them since. */
function wasGivenBack({ mqlAt = 0, recycledAt = 0 }: Partial<Outputs>): boolean {
  return recycledAt > mqlAt;
}
