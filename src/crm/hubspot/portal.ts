import { listPageVisits } from './api/events.ts';
import { type Form, listForms } from './api/forms.ts';
import { listOwners, readOwner } from './api/owners.ts';
import { listProperties, type Property, type RecordKind } from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import { ForbiddenError, RefusedError } from './refusal.ts';
import type { Transport } from './transport.ts';

/** What the portal itself says, as far as the config asks about it. */
export interface Portal {
  /** By internal name. */
  readonly properties: ReadonlyMap<string, Property>;
  /** By internal name; empty where no model has `account`. */
  readonly companyProperties: ReadonlyMap<string, Property>;
  readonly forms: readonly Form[];
  readonly pageViews: PageViewSource;
  /** The owner who gets tasks of leads without one; `'missing'` where config names one that the portal does not have. */
  readonly fallbackOwner: string | 'missing' | undefined;
}

/** `refused`: config wants the events, and the portal does not give them. */
export type PageViewSource = 'events' | 'counters' | 'refused';

/** `accounts`: whether companies are written to. @throws FatalError and its kin where the portal cannot be read at all. */
export async function readPortal(
  transport: Transport,
  config: HubspotConfig,
  { accounts }: { readonly accounts: boolean },
): Promise<Portal> {
  const properties = await readProperties(transport);
  const companyProperties = accounts ? await readProperties(transport, 'companies') : new Map<string, Property>();
  const forms = Object.keys(config.forms).length === 0 ? [] : await listForms(transport);
  const pageViews = await pageViewSource(transport, config.page_views);
  const fallbackOwner = await findOwner(transport, config.tasks.fallback_owner);
  return { properties, companyProperties, forms, pageViews, fallbackOwner };
}

export async function readProperties(
  transport: Transport,
  of: RecordKind = 'contacts',
): Promise<ReadonlyMap<string, Property>> {
  const properties = await listProperties(transport, of);
  return new Map(properties.map((property) => [property.name, property]));
}

/** The events API answers 403 (or, where it was never there, 404) unless the portal has an Enterprise edition. */
export async function pageViewSource(
  transport: Transport,
  wanted: HubspotConfig['page_views'],
): Promise<PageViewSource> {
  if (wanted === 'counters') return 'counters';
  try {
    await listPageVisits(transport, { limit: 1 });
    return 'events';
  } catch (error) {
    const absent = error instanceof ForbiddenError || (error instanceof RefusedError && error.status === 404);
    if (!absent) throw error;
    return wanted === 'events' ? 'refused' : 'counters';
  }
}

export async function findOwner(
  transport: Transport,
  wanted: string | undefined,
): Promise<string | 'missing' | undefined> {
  if (wanted === undefined) return undefined;
  if (wanted.includes('@')) return (await listOwners(transport, wanted.trim()))[0] ?? 'missing';
  try {
    await readOwner(transport, wanted.trim());
    return wanted.trim();
  } catch (error) {
    if (error instanceof RefusedError) return 'missing';
    throw error;
  }
}
