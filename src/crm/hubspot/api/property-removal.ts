import { z } from 'zod';
import { PATHS } from '../paths.ts';
import { RefusedError } from '../refusal.ts';
import type { Transport } from '../transport.ts';
import type { RecordKind } from './properties.ts';

const anything = z.unknown();

/**
 * HubSpot keeps it, with its values, for 90 days. One that is gone already is as good as deleted.
 * @throws RefusedError where something uses it. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/delete-property
 */
export async function deleteProperty(transport: Transport, name: string, of: RecordKind): Promise<void> {
  await unlessGone(() => remove(transport, `${PATHS.properties}/${of}/${encodeURIComponent(name)}`));
}

/** @throws RefusedError where it is not empty. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function deleteGroup(transport: Transport, name: string, of: RecordKind): Promise<void> {
  await unlessGone(() => remove(transport, groupPath(name, of)));
}

/** The label of a group; undefined where there is none of this name. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function groupLabel(transport: Transport, name: string, of: RecordKind): Promise<string | undefined> {
  const schema = z.object({ label: z.string() });
  const path = groupPath(name, of);
  const group = await unlessGone(() => transport.call({ kind: 'setup', method: 'GET', path, schema }));
  return group?.label;
}

const groupPath = (name: string, of: RecordKind) => `${PATHS.properties}/${of}/groups/${encodeURIComponent(name)}`;

async function remove(transport: Transport, path: string): Promise<void> {
  await transport.call({ kind: 'setup', method: 'DELETE', path, schema: anything });
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof RefusedError && error.status === 404) return undefined;
    throw error;
  }
}
