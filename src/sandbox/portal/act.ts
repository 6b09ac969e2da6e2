import type { Contact, Value, Values } from './contact.ts';
import { conversionName, type Form, type Submission } from './forms.ts';
import type { Portal } from './portal.ts';
import { recordView } from './record-view.ts';

/** Properties as a person types them: text, or what the type holds. */
export type TypedValues = Readonly<Record<string, Value>>;

/** What people do in and around the portal: visitors, sales, administrators. Everything takes place now. */
export interface People {
  /** Someone in sales adds a contact. */
  createContact(values: TypedValues): Contact;
  /** Someone in sales edits a contact. */
  update(id: string, values: Readonly<Record<string, Value | undefined>>): void;
  /** A known visitor looks at a page: a path on the portal's website, or a whole address. */
  visit(id: string, path: string): void;
  /**
   * A visitor sends a form, given by guid, key or name. Whoever is not known by this e-mail address becomes a contact.
   * Fields that are contact properties are written to the contact; all are in the submission as typed.
   */
  submitForm(form: string, fields: Readonly<Record<string, string>>): { contact: Contact; submission: Submission };
  /** Makes one contact of two; the values of the first win. Both ids lead to the contact returned. */
  merge(primaryId: string, otherId: string): Contact;
  /** Deletes a contact: it can be restored for 90 days and shows in archived lists. */
  remove(id: string): void;
  /** Deletes a contact for good, and what it typed into forms. */
  eraseForPrivacy(id: string): void;
}

export function peopleOf(portal: Portal): People {
  return {
    createContact(values) {
      const email = typeof values.email === 'string' ? values.email.toLowerCase() : undefined;
      if (email !== undefined && portal.contacts.findByEmail(email) !== undefined) {
        throw new Error('The sandbox portal already has a contact with this e-mail address');
      }
      return portal.create(known(portal, email === undefined ? values : { ...values, email }), 'CRM_UI');
    },
    update(id, values) {
      portal.write(contactOf(portal, id), known(portal, values), 'CRM_UI');
    },
    visit(id, path) {
      recordView(portal, contactOf(portal, id), pageUrl(portal, path));
    },
    submitForm(name, fields) {
      const form = portal.forms.find(name);
      if (form === undefined) throw new Error(`The sandbox portal has no form "${name}"`);
      return submit(portal, form, fields);
    },
    merge: (primaryId, otherId) => merge(portal, contactOf(portal, primaryId), contactOf(portal, otherId)),
    remove(id) {
      const contact = contactOf(portal, id);
      const at = portal.now();
      portal.index.changing(contact, at);
      portal.contacts.archive(contact, at);
      for (const email of emailsOf(portal, contact)) portal.contacts.releaseEmail(email, contact);
      portal.onChange?.({ type: 'contact.deletion', objectId: contact.id, at, source: 'CRM_UI' });
    },
    eraseForPrivacy(id) {
      const contact = portal.contacts.find(id) ?? portal.contacts.findArchived(id);
      if (contact === undefined) throw new Error(`The sandbox portal has no contact ${id}`);
      const emails = emailsOf(portal, contact);
      for (const email of emails) portal.contacts.releaseEmail(email, contact);
      portal.forms.erase(new Set(emails));
      portal.contacts.erase(contact);
      const at = portal.now();
      portal.onChange?.({ type: 'contact.privacyDeletion', objectId: contact.id, at, source: 'CRM_UI' });
      // HubSpot reports the ordinary deletion as well.
      portal.onChange?.({ type: 'contact.deletion', objectId: contact.id, at, source: 'CRM_UI' });
    },
  };
}

/** Every address of a contact in lower case, the primary one first. */
export function emailsOf(portal: Portal, contact: Contact): string[] {
  const additional = portal.textOf(contact, 'hs_additional_emails')?.split(';') ?? [];
  return [portal.textOf(contact, 'email') ?? '', ...additional]
    .map((email) => email.toLowerCase())
    .filter((email) => email !== '');
}

function submit(portal: Portal, form: Form, fields: Readonly<Record<string, string>>) {
  const at = portal.now();
  const email = fields.email?.trim().toLowerCase() ?? '';
  if (email === '') throw new Error(`A submission of "${form.name}" needs an e-mail address`);
  const url = pageUrl(portal, form.path);
  const submission = portal.forms.submit(form, at, url, Object.entries(fields));
  const typed = known(portal, { ...fields, email });
  let contact = portal.contacts.findByEmail(email);
  if (contact === undefined) contact = portal.create(typed, 'FORM', at);
  else {
    // The address that was typed may be an additional one: the primary one stays.
    const { email: _, ...rest } = typed;
    if (Object.keys(rest).length > 0) portal.write(contact, rest, 'FORM', { at });
  }
  recordView(portal, contact, url, at);
  recordConversion(portal, contact, form, at);
  return { contact, submission };
}

function recordConversion(portal: Portal, contact: Contact, form: Form, at: number): void {
  const name = conversionName(form);
  const before = portal.numberOf(contact, 'num_conversion_events') ?? 0;
  const first = before === 0 ? { first_conversion_date: at, first_conversion_event_name: name } : {};
  portal.write(
    contact,
    {
      recent_conversion_date: at,
      recent_conversion_event_name: name,
      num_conversion_events: before + 1,
      num_unique_conversion_events: portal.forms.formsSentFrom(emailsOf(portal, contact)),
      ...first,
    },
    'FORM',
    { at },
  );
}

/** Adds up what both did and keeps the primary's values where it has any. */
function merge(portal: Portal, primary: Contact, other: Contact): Contact {
  if (primary === other) throw new Error(`Contact ${primary.id} cannot be merged with itself`);
  const at = portal.now();
  const values: Record<string, Value | undefined> = {};
  let moved = 0;
  for (const property of portal.properties.all()) {
    const own = primary.values[property.slot];
    const theirs = other.values[property.slot];
    if (own === undefined && theirs !== undefined) moved++;
    values[property.name] = combine(property.name, own, theirs);
  }
  const primaryEmail = portal.textOf(primary, 'email') ?? portal.textOf(other, 'email');
  const additional = new Set([...emailsOf(portal, primary), ...emailsOf(portal, other)]);
  if (primaryEmail !== undefined) additional.delete(primaryEmail.toLowerCase());
  const formerOf = (contact: Contact) => portal.textOf(contact, 'hs_merged_object_ids')?.split(';') ?? [];
  const keep = portal.settings.mergeKeepsId;
  const merged = [...(keep ? [] : [primary.id]), other.id, ...formerOf(primary), ...formerOf(other)];
  values.hs_merged_object_ids = merged.join(';');
  values.hs_additional_emails = additional.size === 0 ? undefined : [...additional].join(';');
  const { hs_object_id: _id, createdate: _created, lastmodifieddate: _modified, ...moveable } = values;

  const created = Math.min(portal.numberOf(primary, 'createdate') ?? at, portal.numberOf(other, 'createdate') ?? at);
  let result = primary;
  if (keep) portal.write(primary, moveable, 'CRM_UI', { at });
  else {
    result = portal.seed(moveable, { created, modified: at }, primary.bought || other.bought);
    portal.index.added(result, at);
  }
  for (const old of keep ? [other] : [primary, other]) {
    old.state = 'merged';
    portal.contacts.redirect(old, formerOf(old), result);
    portal.views.move(old, result);
    portal.tasks.move(old, result);
  }
  result.bought = primary.bought || other.bought;
  for (const email of emailsOf(portal, result)) portal.contacts.claimEmail(email, result);
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

const SUMMED = new Set(['hs_analytics_num_page_views', 'hs_analytics_num_visits', 'num_conversion_events']);
const LATEST = /(last|recent)_.*(timestamp|date)$/;
const EARLIEST = /first_.*(timestamp|date)$/;

function combine(name: string, own: Value | undefined, theirs: Value | undefined): Value | undefined {
  if (typeof own !== 'number' || typeof theirs !== 'number') return own ?? theirs;
  if (SUMMED.has(name)) return own + theirs;
  if (LATEST.test(name)) return Math.max(own, theirs);
  if (EARLIEST.test(name)) return Math.min(own, theirs);
  return own;
}

function contactOf(portal: Portal, id: string): Contact {
  const contact = portal.contacts.find(id);
  if (contact === undefined) throw new Error(`The sandbox portal has no contact ${id}`);
  return contact;
}

/** What of it is a contact property: a form has fields that are none. */
function known(portal: Portal, values: Readonly<Record<string, Value | undefined>>): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => portal.properties.get(name) !== undefined));
}

function pageUrl(portal: Portal, path: string): string {
  return path.startsWith('/') ? `${portal.settings.website}${path}` : path;
}
