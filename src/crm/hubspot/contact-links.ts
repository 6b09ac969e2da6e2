import { LeadgaugeError } from '../../base/errors.ts';
import type { CallOptions } from '../crm.ts';
import { type Account, readAccount } from './api/account.ts';
import type { Transport } from './transport.ts';

/** The address of a contact's page in HubSpot; undefined while HubSpot does not tell where that is. */
export type ContactLinks = (contactId: string, options?: CallOptions) => Promise<string | undefined>;

/** The account is asked for once, and only when the first link is wanted. No link is worth failing for. */
export function contactLinks(transport: Transport): ContactLinks {
  let account: Promise<Account> | undefined;
  return async (contactId, options) => {
    account ??= readAccount(transport, options);
    try {
      const { portalId, uiDomain } = await account;
      if (!isDomain(uiDomain)) return undefined;
      return `https://${uiDomain}/contacts/${encodeURIComponent(portalId)}/record/0-1/${encodeURIComponent(contactId)}`;
    } catch (error) {
      if (!(error instanceof LeadgaugeError)) throw error;
      account = undefined;
      transport.log?.warn('HubSpot did not tell its account: a task has no link to its contact', { lead: contactId });
      return undefined;
    }
  };
}

/** It goes into the text of a task as it is. */
const isDomain = (text: string) => /^[a-z0-9.-]{1,100}$/i.test(text);
