import { FatalError, LeadgaugeError, messageOf } from '../../base/errors.ts';
import type { Finding } from '../crm.ts';
import { batchUpdateContacts, listContacts } from './api/contacts.ts';
import { findOwnerIds } from './api/owners.ts';
import { updateProperty } from './api/properties.ts';
import { createNoTasks } from './api/tasks.ts';
import { tryUsers } from './api/users.ts';
import { ForbiddenError, RefusedError } from './refusal.ts';
import type { Transport } from './transport.ts';

export interface Probe<T> {
  /** Said of it when it works: `contacts can be read`. */
  readonly what: string;
  /** Said of it when it is not allowed, where that is more than a "not". */
  readonly denied?: string;
  /** What it needs, for when HubSpot does not say. */
  readonly scope: string;
  readonly call: () => Promise<T>;
  /** The call is one that HubSpot refuses as empty once it has found it allowed. */
  readonly empty?: true;
  /** Only `setup` needs it. */
  readonly setupOnly?: true;
  /** What is the case while it is lacking, where leadgauge can do without. */
  readonly without?: string;
}

export interface Tried<T> {
  readonly finding: Finding;
  /** What the call gave; undefined where it failed. */
  readonly value: T | undefined;
}

/** A property that no portal has: a credential that may change properties is told so, any other that it may not. */
export const NO_PROPERTY = 'leadgauge_permission_check';

const CONTACTS_READ = 'crm.objects.contacts.read';
export const OWNERS_READ = 'crm.objects.owners.read';

/**
 * One probe for each permission among these, the one that tells whether the token works at all first. None of them writes
 * anything.
 */
export function accessProbes(transport: Transport, scopes: ReadonlySet<string>): readonly Probe<unknown>[] {
  const probes: readonly Probe<unknown>[] = [
    {
      what: 'the token works and contacts can be read',
      denied: 'the token works, but contacts cannot be read',
      scope: CONTACTS_READ,
      call: () => listContacts(transport, { properties: ['email'], after: undefined, limit: 1 }),
    },
    {
      what: 'contacts can be written',
      scope: 'crm.objects.contacts.write',
      empty: true,
      call: () => batchUpdateContacts(transport, []),
    },
    {
      what: 'contact properties can be created',
      scope: 'crm.schemas.contacts.write',
      empty: true,
      setupOnly: true,
      call: () => updateProperty(transport, NO_PROPERTY, {}),
    },
    {
      what: 'owners can be read',
      scope: OWNERS_READ,
      without: 'nobody knows who has left, nor whom an e-mail address in config/sales.yaml means',
      call: () => findOwnerIds(transport),
    },
    {
      what: 'users can be read, for the time zones of owners',
      scope: 'crm.objects.users.read',
      without: 'only the time zones in config/sales.yaml count',
      call: () => tryUsers(transport),
    },
    {
      what: 'tasks can be created',
      scope: 'crm.objects.contacts.write',
      empty: true,
      call: () => createNoTasks(transport),
    },
  ];
  return probes.filter(({ scope }) => scopes.has(scope));
}

/** @throws what is none of our errors, such as the reason of an abort. */
export async function tryOut<T>(probe: Probe<T>): Promise<Tried<T>> {
  const { what, call, empty } = probe;
  try {
    const value = await call();
    return { finding: { level: 'ok', message: what }, value };
  } catch (error) {
    if (error instanceof RefusedError && empty === true)
      return { finding: { level: 'ok', message: what }, value: undefined };
    if (!(error instanceof LeadgaugeError)) throw error;
    return { finding: { level: 'problem', message: problemOf(error, probe) }, value: undefined };
  }
}

function problemOf(error: LeadgaugeError, { what, denied, scope }: Probe<unknown>): string {
  if (error instanceof ForbiddenError) {
    const cannot = denied ?? what.replace(' can be ', ' cannot be ');
    return `${cannot}: give the credential the scope ${lackingScopes(error).join(' or ') || scope}`;
  }
  return error instanceof FatalError ? messageOf(error) : unknown(what, error);
}

/** What is said where HubSpot gave no answer to go by. */
export function unknown(what: string, error: LeadgaugeError): string {
  return `it is not known whether ${what}: ${messageOf(error)}`;
}

/** HubSpot names all the scopes that a call needs: that contacts can be read was tried before all else. */
export function lackingScopes({ scopes }: ForbiddenError): readonly string[] {
  const others = scopes.filter((scope) => scope !== CONTACTS_READ);
  return others.length > 0 ? others : scopes;
}
