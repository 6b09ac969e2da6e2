import { isTimeZone } from '../../base/local-time.ts';
import { normaliseEmail } from '../../leads/email.ts';
import type { CallOptions, Owner } from '../crm.ts';
import { type HubspotOwner, listOwners } from './api/owners.ts';
import { readTimeZones } from './api/users.ts';
import { ForbiddenError } from './refusal.ts';
import type { Transport } from './transport.ts';

/**
 * Everybody who owns contacts or did, those who were removed included; whoever is there again counts as active. Nobody where the
 * credential may not read owners, of which `check` tells: that must not keep leads from being scored. HubSpot tells nobody's manager.
 */
export async function allOwners(transport: Transport, options?: CallOptions): Promise<Owner[]> {
  const owners = await unlessForbidden(async () => {
    const removed = await listOwners(transport, { archived: true }, options);
    const active = await listOwners(transport, { archived: false }, options);
    return [
      ...removed.map((owner) => ({ owner, isThere: false })),
      ...active.map((owner) => ({ owner, isThere: true })),
    ];
  });
  if (owners === undefined) {
    transport.log?.warn(
      'the credential may not read owners: who left, and whom an e-mail address means, is not known. Run "leadgauge check"',
    );
    return [];
  }
  const zones = (await unlessForbidden(() => readTimeZones(transport, options))) ?? new Map<string, string>();
  const people = owners.filter(({ owner }) => owner.type !== 'QUEUE');
  return [...new Map(people.map(({ owner, isThere }) => [owner.id, toOwner(owner, isThere, zones)])).values()];
}

async function unlessForbidden<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ForbiddenError)) throw error;
    return undefined;
  }
}

function toOwner(
  { id, email, userId, userIdIncludingInactive }: HubspotOwner,
  isThere: boolean,
  zones: ReadonlyMap<string, string>,
): Owner {
  const address = normaliseEmail(email ?? undefined);
  // A user who was deactivated goes on owning contacts, and has an id among the inactive ones alone.
  const isActive = isThere && !(userId == null && userIdIncludingInactive != null);
  const timeZone = zones.get(userId ?? userIdIncludingInactive ?? '');
  return {
    id,
    isActive,
    ...(address !== undefined && { email: address }),
    ...(timeZone !== undefined && isTimeZone(timeZone) && { timeZone }),
  };
}
