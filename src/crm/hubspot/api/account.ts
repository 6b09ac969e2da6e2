import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';

const accountSchema = z.object({ portalId: z.coerce.string(), uiDomain: z.string() });
export type Account = z.output<typeof accountSchema>;

/** The portal's number, and where people open it; one attempt. No scope is needed. https://developers.hubspot.com/docs/api-reference/latest/account/account-information/guide */
export function readAccount(transport: Transport, options?: CallOptions): Promise<Account> {
  const call = { kind: 'setup', method: 'GET', path: PATHS.account, schema: accountSchema } as const;
  return transport.call({ ...call, once: true }, options);
}
