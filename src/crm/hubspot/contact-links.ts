import type { Log } from '../../base/log.ts';
import type { CallOptions } from '../crm.ts';
import type { KnownAccount } from './known-account.ts';

/** The address of a contact's page in HubSpot; undefined while HubSpot does not tell where that is. */
export type ContactLinks = (contactId: string, options?: CallOptions) => Promise<string | undefined>;

/** No link is worth failing for. */
export function contactLinks(account: KnownAccount, log: Log | undefined): ContactLinks {
  return async (contactId, options) => {
    const known = await account(options);
    if (known === undefined || !isDomain(known.uiDomain)) {
      log?.warn('HubSpot did not tell its account: a task has no link to its contact', { lead: contactId });
      return undefined;
    }
    const portal = encodeURIComponent(known.portalId);
    return `https://${known.uiDomain}/contacts/${portal}/record/0-1/${encodeURIComponent(contactId)}`;
  };
}

/** It goes into the text of a task as it is. */
const isDomain = (text: string) => /^[a-z0-9.-]{1,100}$/i.test(text);
