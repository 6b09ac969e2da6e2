import type { Log } from '../../base/log.ts';
import type { CallOptions } from '../crm.ts';
import type { Account } from './api/account.ts';
import type { KnownAccount } from './known-account.ts';

/** The address of a contact's page in HubSpot; undefined while HubSpot does not tell where that is. */
export type ContactLinks = (contactId: string, options?: CallOptions) => Promise<string | undefined>;

/** No link is worth failing for. */
export function contactLinks(account: KnownAccount, log: Log | undefined): ContactLinks {
  return async (contactId, options) => {
    const link = contactLink(await account.ask(options), contactId);
    if (link === undefined)
      log?.warn('HubSpot did not tell its account: a task has no link to its contact', { lead: contactId });
    return link;
  };
}

/** The same of an account that is known already. */
export function contactLink(account: Account | undefined, contactId: string): string | undefined {
  if (account === undefined || !isDomain(account.uiDomain)) return undefined;
  const portal = encodeURIComponent(account.portalId);
  return `https://${account.uiDomain}/contacts/${portal}/record/0-1/${encodeURIComponent(contactId)}`;
}

/** It goes into the text of a task as it is. */
const isDomain = (text: string) => /^[a-z0-9.-]{1,100}$/i.test(text);
