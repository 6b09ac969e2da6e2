import { idsOf } from './person-kind.ts';
import type { ContactPlace } from './write.ts';

/**
 * The page of a lead where people of the org read it; undefined for what is no id of a Lead or a Contact. A person account is read as
 * its account. Hosts of another form than My Domain's own, as in clouds of governments, show a record by its id alone.
 * @param instanceUrl the org's own address, without a slash at the end
 */
export function recordLink(instanceUrl: string, leadId: string, place?: ContactPlace): string | undefined {
  const [lead] = idsOf('Lead', [leadId]);
  const [contact] = idsOf('Contact', [leadId]);
  const account = place?.isPersonAccount === true ? place.accountId : undefined;
  const id = lead ?? (contact && account) ?? contact;
  if (id === undefined) return undefined;
  const object = lead !== undefined ? 'Lead' : id === contact ? 'Contact' : 'Account';
  const { origin, hostname } = new URL(instanceUrl);
  if (!hostname.endsWith(MY_DOMAIN)) return `${origin}/${id}`;
  return `https://${hostname.slice(0, -MY_DOMAIN.length)}.lightning.force.com/lightning/r/${object}/${id}/view`;
}

const MY_DOMAIN = '.my.salesforce.com';
