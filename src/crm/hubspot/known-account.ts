import { LeadgaugeError } from '../../base/errors.ts';
import type { CallOptions } from '../crm.ts';
import { type Account, readAccount } from './api/account.ts';
import type { Transport } from './transport.ts';

/** Whose portal it is; undefined while HubSpot does not tell. Asked for once, and only when somebody wants to know. */
export type KnownAccount = (options?: CallOptions) => Promise<Account | undefined>;

export function knownAccount(transport: Transport): KnownAccount {
  let account: Promise<Account> | undefined;
  return async (options) => {
    account ??= readAccount(transport, options);
    try {
      return await account;
    } catch (error) {
      account = undefined;
      if (!(error instanceof LeadgaugeError)) throw error;
      return undefined;
    }
  };
}
