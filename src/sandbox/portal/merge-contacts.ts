import type { Contact } from './contact.ts';
import { emailsOf } from './emails-of.ts';
import { isForward } from './lifecycle.ts';
import { moveMarketing } from './marketing.ts';
import { leaveCompany } from './membership.ts';
import type { Portal } from './portal.ts';
import type { Value } from './record.ts';
import { hasDealings, moveContact } from './sales.ts';
import { recount } from './sales-counters.ts';

/**
 * Makes one contact of two: the primary's values where it has any, the further stage, what both did added up. A new id
 * is minted unless the portal keeps the primary's; every old id leads to the contact returned.
 */
export function mergeContacts(portal: Portal, primary: Contact, other: Contact): Contact {
  if (primary === other) throw new Error(`Contact ${primary.id} cannot be merged with itself`);
  const at = portal.now();
  const keep = portal.settings.mergeKeepsId;
  const { values, moved } = combine(portal, primary, other);
  const formerOf = (contact: Contact) => portal.textOf(contact, 'hs_merged_object_ids')?.split(';') ?? [];
  const former = [...(keep ? [] : [primary.id]), other.id, ...formerOf(primary), ...formerOf(other)];
  values.hs_merged_object_ids = former.join(';');

  const created = Math.min(portal.numberOf(primary, 'createdate') ?? at, portal.numberOf(other, 'createdate') ?? at);
  let result = primary;
  if (keep) portal.write(primary, values, 'CRM_UI', { at });
  else {
    result = portal.seed(values, { created, modified: at }, false);
    if (portal.settings.keepsHistory) portal.history.merge(portal.properties.all(), [primary, other], result, at);
    portal.index.added(result, at);
  }
  result.bought = primary.bought || other.bought;
  for (const old of keep ? [other] : [primary, other]) {
    old.state = 'merged';
    leaveCompany(portal, old, portal.valueOf(old, 'associatedcompanyid'), at);
    portal.contacts.redirect(old, formerOf(old), result);
    portal.views.move(old, result);
    moveMarketing(portal, old, result);
    moveContact(portal.sales, old, result);
  }
  for (const email of emailsOf(portal, result)) portal.contacts.claimEmail(email, result);
  if (hasDealings(portal.sales, result)) recount(portal, result);
  portal.onChange?.({
    type: 'contact.merge',
    objectId: result.id,
    at,
    source: 'CRM_UI',
    primaryObjectId: primary.id,
    mergedObjectIds: [other.id],
    propertiesMoved: moved,
  });
  return result;
}

const NEVER_MERGED = new Set(['hs_object_id', 'createdate', 'lastmodifieddate']);
const SUMMED = new Set(['hs_analytics_num_page_views', 'hs_analytics_num_visits', 'num_conversion_events']);
const LATEST = /(last|recent)_.*(timestamp|date)$/;
const EARLIEST = /first_.*(timestamp|date)$/;
/** Text that belongs to a date: it comes from whoever has that date after the merge. */
const GOES_WITH: Readonly<Record<string, string>> = {
  hs_analytics_first_url: 'hs_analytics_first_timestamp',
  hs_analytics_last_url: 'hs_analytics_last_timestamp',
  first_conversion_event_name: 'first_conversion_date',
  recent_conversion_event_name: 'recent_conversion_date',
};

function combine(portal: Portal, primary: Contact, other: Contact) {
  const values: Record<string, Value | undefined> = {};
  let moved = 0;
  for (const { name, slot, options } of portal.properties.all()) {
    if (NEVER_MERGED.has(name)) continue;
    const [own, theirs] = [primary.values[slot], other.values[slot]];
    if (own === undefined && theirs !== undefined) moved++;
    values[name] = pick(name, own, theirs);
    if (name === 'lifecyclestage' && own !== undefined && isForward(options, own, theirs)) values[name] = theirs ?? own;
  }
  for (const [name, date] of Object.entries(GOES_WITH)) {
    const holder = values[date] === portal.valueOf(primary, date) ? primary : other;
    values[name] = portal.valueOf(holder, name);
  }
  const emails = new Set([...emailsOf(portal, primary), ...emailsOf(portal, other)]);
  values.num_unique_conversion_events = portal.forms.formsSentFrom([...emails]) || undefined;
  const views = values.hs_analytics_num_page_views;
  const visits = values.hs_analytics_num_visits;
  if (typeof views === 'number' && typeof visits === 'number')
    values.hs_analytics_average_page_views = Math.round(views / visits);
  if (typeof values.email === 'string') emails.delete(values.email.toLowerCase());
  values.hs_additional_emails = emails.size === 0 ? undefined : [...emails].join(';');
  return { values, moved };
}

function pick(name: string, own: Value | undefined, theirs: Value | undefined): Value | undefined {
  if (typeof own !== 'number' || typeof theirs !== 'number') return own ?? theirs;
  if (SUMMED.has(name)) return own + theirs;
  if (LATEST.test(name)) return Math.max(own, theirs);
  if (EARLIEST.test(name)) return Math.min(own, theirs);
  return own;
}
