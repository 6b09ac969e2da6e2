import type { PastValue } from '../../leads/lead-at.ts';
import type { CallOptions, PastFields, PastPage, PastRecord } from '../crm.ts';
import type { ModelOutputs } from '../outputs/output-model.ts';
import { mqlNames, pastMqls } from '../outputs/past-mqls.ts';
import { type ContactHistory, listContactHistories } from './api/contact-histories.ts';
import type { Contact } from './api/contacts.ts';
import type { HubspotConfig } from './config.ts';
import { BECAME_CUSTOMER, customerSince, STAGE } from './customer-since.ts';
import type { Beside } from './field-source.ts';
import { createTime } from './leads.ts';
import { readTime } from './outputs.ts';
import { filledPast, pastValues, wasEmptyOnce } from './past-values.ts';
import { type Reading, readBeside } from './read.ts';

/** What reading the past of leads needs. */
export interface PastReading extends Reading {
  readonly config: Pick<HubspotConfig, 'fields' | 'company_fields' | 'lists'>;
  /** HubSpot's own lifecycle stages in the portal's order. */
  readonly stages: readonly string[];
  readonly models: readonly ModelOutputs[];
}

/**
 * A page of the whole portal with the past of each contact, in the order of the records' ids. What came from a contact's company counts as
 * the company has it now: only while the contact's own property was empty.
 */
export async function listPast(
  reading: PastReading,
  after: string | undefined,
  options?: CallOptions,
): Promise<PastPage> {
  const { transport, mapping, sources, config, models } = reading;
  const marks = mqlNames(models).map(({ name }) => name);
  const withHistory = [...new Set([...Object.values(config.fields), STAGE, ...marks])];
  const properties = [...mapping.properties, ...BECAME_CUSTOMER].filter((name) => !withHistory.includes(name));
  const page = await listContactHistories(transport, { properties, withHistory, after }, options);
  const contacts = page.contacts.map((contact) => withPresent(contact, withHistory));
  const asking = contacts.map((contact) => whileEmpty(reading, contact));
  const besideOf = await readBeside(sources, asking, options);
  return { records: contacts.map((contact) => toPastRecord(reading, contact, besideOf(contact))), next: page.next };
}

/**
 * HubSpot knows the past of every property of contacts, but not who was on a list, and of companies leadgauge does not read it. Nobody can
 * do anything about that: what asks for such fields is told with the figures.
 */
export function pastFields({ fields, company_fields, lists }: HubspotConfig): PastFields {
  const others = [...Object.keys(company_fields), ...Object.keys(lists)];
  const known = new Set(Object.keys(fields));
  return { known, partly: new Set(others.filter((field) => known.has(field))), findings: [] };
}

/** HubSpot gives the present values beside the history; where it does not, the newest is the present one. */
function withPresent(contact: ContactHistory, withHistory: readonly string[]): ContactHistory {
  const present = withHistory.map((name) => {
    const value = contact.properties[name];
    return [name, value === undefined ? (contact.propertiesWithHistory?.[name]?.[0]?.value ?? null) : value] as const;
  });
  return { ...contact, properties: { ...contact.properties, ...Object.fromEntries(present) } };
}

/** As the contact was while it lacked most: its company is asked for whatever it ever lacked. */
function whileEmpty({ config }: PastReading, contact: ContactHistory): Contact {
  const createdAt = createTime(contact);
  const lacked = Object.values(config.fields).filter((name) => {
    return wasEmptyOnce(ownPast(contact, name, createdAt) ?? [], createdAt);
  });
  const without = Object.fromEntries(lacked.map((name) => [name, null]));
  return { ...contact, properties: { ...contact.properties, ...without } };
}

function toPastRecord(
  { mapping, config, stages, models }: PastReading,
  contact: ContactHistory,
  beside: readonly Beside[],
): PastRecord {
  const record = mapping.toRecord(contact, beside);
  const { createdAt } = record.lead;
  const instead = Object.fromEntries(beside.flatMap(({ fields }) => Object.entries(fields)));
  const past = Object.entries(config.fields).flatMap(([field, property]) => {
    const own = ownPast(contact, property, createdAt);
    return own === undefined ? [] : [[field, filledPast(own, instead[field], createdAt)] as const];
  });
  const since = customerSince(contact, stages);
  const mqls = pastMqls(mqlNames(models), (name) => {
    const versions = contact.propertiesWithHistory?.[name] ?? [];
    const held = [contact.properties[name], ...versions.map(({ value }) => value)];
    return { times: held.map(readTime), isWhole: versions.length > 0 };
  });
  return { ...record, past: Object.fromEntries(past), mqls, ...(since !== undefined && { customerSince: since }) };
}

/** Undefined where HubSpot tells no history of a value that is there. */
function ownPast(contact: ContactHistory, property: string, createdAt: number): PastValue[] | undefined {
  const versions = contact.propertiesWithHistory?.[property] ?? [];
  if (versions.length > 0) return pastValues(versions, createdAt);
  return contact.properties[property]?.trim() ? undefined : [];
}
