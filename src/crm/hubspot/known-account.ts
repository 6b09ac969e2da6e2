import { LeadgaugeError } from '../../base/errors.ts';
import type { CallOptions } from '../crm.ts';
import { type Account, readAccount } from './api/account.ts';
import type { Transport } from './transport.ts';

/** Whose portal it is: asked for once, and only when somebody wants to know. */
export interface KnownAccount {
  /** Undefined while HubSpot does not tell. */
  ask(options?: CallOptions): Promise<Account | undefined>;
  /** Without a call; undefined until HubSpot has told. */
  known(): Account | undefined;
}

export function knownAccount(transport: Transport): KnownAccount {
  let account: Promise<Account> | undefined;
  let told: Account | undefined;
  return {
    known: () => told,
    async ask(options) {
      account ??= readAccount(transport, options);
      try {
        told = await account;
        return told;
      } catch (error) {
        account = undefined;
        if (!(error instanceof LeadgaugeError)) throw error;
        return undefined;
      }
    },
  };
}
