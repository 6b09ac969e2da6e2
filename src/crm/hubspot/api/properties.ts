import { z } from 'zod';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';

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
  type: z.string(),
  fieldType: z.string().nullish(),
  options: z.array(optionSchema).nullish(),
  calculated: z.boolean().nullish(),
  modificationMetadata: z.object({ readOnlyValue: z.boolean().nullish() }).nullish(),
});
export type Property = z.output<typeof propertySchema>;

export interface NewProperty {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly type: 'string' | 'number' | 'bool' | 'datetime' | 'enumeration';
  readonly fieldType: 'text' | 'textarea' | 'number' | 'booleancheckbox' | 'date' | 'checkbox';
  readonly options?: readonly NewOption[];
}

export interface NewOption {
  readonly label: string;
  readonly value: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
}

const anything = z.unknown();

/** All contact properties, in one answer. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function listProperties(transport: Transport): Promise<Property[]> {
  const schema = z.object({ results: z.array(propertySchema) });
  return (await transport.call({ kind: 'setup', method: 'GET', path: PATHS.properties, schema })).results;
}

/** https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function createProperty(transport: Transport, body: NewProperty): Promise<void> {
  await transport.call({ kind: 'setup', method: 'POST', path: PATHS.properties, body, schema: anything });
}

/** Returns the names of those made: HubSpot leaves out the ones whose name is taken. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function createProperties(transport: Transport, inputs: readonly NewProperty[]): Promise<string[]> {
  const path = `${PATHS.properties}/batch/create`;
  const schema = z.object({ results: z.array(z.object({ name: z.string() })) });
  const answer = await transport.call({ kind: 'setup', method: 'POST', path, body: { inputs }, schema });
  return answer.results.map(({ name }) => name);
}

/** Replaces what the body names; `options` are all of them, old and new. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function updateProperty(
  transport: Transport,
  name: string,
  body: { readonly options?: readonly object[] },
): Promise<void> {
  const path = `${PATHS.properties}/${encodeURIComponent(name)}`;
  await transport.call({ kind: 'setup', method: 'PATCH', path, body, schema: anything });
}

/** The names of all groups. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function listGroups(transport: Transport): Promise<string[]> {
  const schema = z.object({ results: z.array(z.object({ name: z.string() })) });
  const answer = await transport.call({ kind: 'setup', method: 'GET', path: PATHS.propertyGroups, schema });
  return answer.results.map((group) => group.name);
}

/** https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function createGroup(
  transport: Transport,
  body: { readonly name: string; readonly label: string },
): Promise<void> {
  await transport.call({ kind: 'setup', method: 'POST', path: PATHS.propertyGroups, body, schema: anything });
}
