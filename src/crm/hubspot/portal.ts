import type { ActivityType } from '../../leads/activity.ts';
import type { SalesNeeds } from '../sales-needs.ts';
import { type Form, listForms } from './api/forms.ts';
import { findOwnerIds, readOwner } from './api/owners.ts';
import { listProperties, type Property, type RecordKind } from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import { type CustomEventAccess, customEventAccess } from './custom-event-access.ts';
import { RefusedError } from './refusal.ts';
import { type RelatedAccess, relatedAccess } from './related-access.ts';
import { type StreamStates, streamStates } from './streams/stream-states.ts';
import type { Transport } from './transport.ts';

/** What the portal itself says, as far as the config asks about it. */
export interface Portal {
  /** By internal name. */
  readonly properties: ReadonlyMap<string, Property>;
  /** By internal name; empty where no model has `account`. */
  readonly companyProperties: ReadonlyMap<string, Property>;
  readonly forms: readonly Form[];
  readonly streams: StreamStates;
  readonly customEvents: CustomEventAccess;
  readonly related: RelatedAccess;
  /** The owner who gets tasks of leads without one; `'missing'` where config names one that the portal does not have. */
  readonly fallbackOwner: string | 'missing' | undefined;
  /** Who gets leads without an owner, in turn; as in config, `'missing'` in place of whom the portal does not have. */
  readonly owners: readonly (string | 'missing')[];
}

/** `accounts`: whether companies are written to; `asked`: what is asked for, by models or else. @throws FatalError and its kin where the portal cannot be read at all. */
export async function readPortal(
  transport: Transport,
  config: HubspotConfig,
  { accounts, asked, needs = {} }: WantedOfPortal,
): Promise<Portal> {
  const properties = await readProperties(transport);
  const companyProperties = accounts ? await readProperties(transport, 'companies') : new Map<string, Property>();
  const forms = Object.keys(config.forms).length === 0 ? [] : await listForms(transport);
  const streams = await streamStates(transport, config.streams, asked);
  const customEvents = await customEventAccess(transport, config);
  const related = await relatedAccess(transport, config, needs);
  const fallbackOwner = await findOwner(transport, config.tasks.fallback_owner);
  const owners = await findOwners(transport, config.tasks.owners);
  return { properties, companyProperties, forms, streams, customEvents, related, fallbackOwner, owners };
}

interface WantedOfPortal {
  readonly accounts: boolean;
  readonly asked: ReadonlySet<ActivityType>;
  readonly needs?: SalesNeeds;
}

export async function readProperties(
  transport: Transport,
  of: RecordKind = 'contacts',
): Promise<ReadonlyMap<string, Property>> {
  const properties = await listProperties(transport, of);
  return new Map(properties.map((property) => [property.name, property]));
}

export async function findOwner(
  transport: Transport,
  wanted: string | undefined,
): Promise<string | 'missing' | undefined> {
  if (wanted === undefined) return undefined;
  if (wanted.includes('@')) return (await findOwnerIds(transport, wanted.trim()))[0] ?? 'missing';
  try {
    await readOwner(transport, wanted.trim());
    return wanted.trim();
  } catch (error) {
    if (error instanceof RefusedError) return 'missing';
    throw error;
  }
}

/** In the order of `wanted`. */
export async function findOwners(transport: Transport, wanted: readonly string[]): Promise<(string | 'missing')[]> {
  const owners: string[] = [];
  for (const one of wanted) owners.push((await findOwner(transport, one)) ?? 'missing');
  return owners;
}
