import { ConfigError } from '../../base/errors.ts';
import { listOneCompany, tryUpdateCompanies } from './api/companies.ts';
import { listProperties, updateProperty } from './api/properties.ts';
import { NO_PROPERTY, type Probe } from './probes.ts';
import { ForbiddenError, RefusedError } from './refusal.ts';
import type { Transport } from './transport.ts';

/** What account scores need besides; asked for only where a model has `account`. */
export function companyProbes(transport: Transport): readonly Probe<unknown>[] {
  return [
    {
      what: 'companies can be read',
      scope: 'crm.objects.companies.read',
      call: () => listOneCompany(transport),
    },
    {
      what: 'companies can be written',
      scope: 'crm.objects.companies.write',
      empty: true,
      call: () => tryUpdateCompanies(transport),
    },
    {
      what: 'company properties can be created',
      scope: 'crm.schemas.companies.write',
      empty: true,
      setupOnly: true,
      call: () => updateProperty(transport, NO_PROPERTY, {}, 'companies'),
    },
  ];
}

/**
 * Looks whether companies may be read and written, so that the lack is told at the start and not once all leads are scored.
 * @throws ConfigError that names all scopes that are missing.
 */
export async function requireCompanies(transport: Transport): Promise<void> {
  const missing: string[] = [];
  const needed = [
    { scope: 'crm.schemas.companies.read', call: () => listProperties(transport, 'companies') },
    ...companyProbes(transport).filter(({ setupOnly }) => setupOnly !== true),
  ];
  for (const { call, scope } of needed) {
    try {
      await call();
    } catch (error) {
      if (error instanceof ForbiddenError) missing.push(scope);
      // The update of nothing is refused as empty where it is allowed.
      else if (!(error instanceof RefusedError)) throw error;
    }
  }
  if (missing.length === 0) return;
  throw new ConfigError(
    `the account score needs companies, and HubSpot does not allow them: give the credential the scopes ${missing.join(', ')}, or take "account" out of the model`,
  );
}
