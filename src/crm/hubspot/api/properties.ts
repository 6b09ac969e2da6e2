import { z } from 'zod';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';

/** The records that have a property. */
export type RecordKind = 'contacts' | 'companies';

const optionSchema = z.object({
  label: z.string(),
  value: z.string(),
  displayOrder: z.number().nullish(),
  hidden: z.boolean().nullish(),
  description: z.string().nullish(),
});
export type PropertyOption = z.output<typeof optionSchema>;

const propertySchema = z.object({
  name: z.string(),
  label: z.string().nullish(),
  description: z.string().nullish(),
  groupName: z.string().nullish(),
  type: z.string(),
  fieldType: z.string().nullish(),
  options: z.array(optionSchema).nullish(),
  calculated: z.boolean().nullish(),
  hubspotDefined: z.boolean().nullish(),
  hasUniqueValue: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  modificationMetadata: z.object({ readOnlyValue: z.boolean().nullish() }).nullish(),
});
export type Property = z.output<typeof propertySchema>;

export interface NewProperty {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly type: 'string' | 'number' | 'bool' | 'datetime' | 'enumeration';
  readonly fieldType: 'text' | 'textarea' | 'number' | 'booleancheckbox' | 'date' | 'checkbox' | 'select';
  readonly options?: readonly NewOption[];
}

export interface NewOption {
  readonly label: string;
  readonly value: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
}

const anything = z.unknown();

const propertiesSchema = z.object({ results: z.array(propertySchema) });

/** All properties of contacts or of companies, in one answer. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function listProperties(transport: Transport, of: RecordKind = 'contacts'): Promise<Property[]> {
  return (await transport.call({ kind: 'setup', method: 'GET', path: pathOf(of), schema: propertiesSchema })).results;
}

/** https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function createProperty(
  transport: Transport,
  body: NewProperty,
  of: RecordKind = 'contacts',
): Promise<void> {
  await transport.call({ kind: 'setup', method: 'POST', path: pathOf(of), body, schema: anything });
}

/** Returns the names of those made: HubSpot leaves out the ones whose name is taken. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function createProperties(
  transport: Transport,
  inputs: readonly NewProperty[],
  of: RecordKind = 'contacts',
): Promise<string[]> {
  const path = `${pathOf(of)}/batch/create`;
  const schema = z.object({ results: z.array(z.object({ name: z.string() })) });
  const answer = await transport.call({ kind: 'setup', method: 'POST', path, body: { inputs }, schema });
  return answer.results.map(({ name }) => name);
}

/** Replaces what the body names; `options` are all of them, old and new. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function updateProperty(
  transport: Transport,
  name: string,
  body: { readonly options?: readonly object[] },
  of: RecordKind = 'contacts',
): Promise<void> {
  const path = `${pathOf(of)}/${encodeURIComponent(name)}`;
  await transport.call({ kind: 'setup', method: 'PATCH', path, body, schema: anything });
}

/** The names of all groups. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function listGroups(transport: Transport, of: RecordKind = 'contacts'): Promise<string[]> {
  const schema = z.object({ results: z.array(z.object({ name: z.string() })) });
  const answer = await transport.call({ kind: 'setup', method: 'GET', path: groupsOf(of), schema });
  return answer.results.map((group) => group.name);
}

/** https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function createGroup(
  transport: Transport,
  body: { readonly name: string; readonly label: string },
  of: RecordKind = 'contacts',
): Promise<void> {
  await transport.call({ kind: 'setup', method: 'POST', path: groupsOf(of), body, schema: anything });
}

const pathOf = (of: RecordKind) => `${PATHS.properties}/${of}`;
const groupsOf = (of: RecordKind) => `${pathOf(of)}/groups`;
