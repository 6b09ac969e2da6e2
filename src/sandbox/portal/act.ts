import { createCompany, removeCompany, writeCompany } from './companies.ts';
import type { Company } from './company.ts';
import type { Contact } from './contact.ts';
import { contactOf } from './contact-of.ts';
import { emailsOf } from './emails-of.ts';
import type { Submission } from './forms.ts';
import { eraseMarketing } from './marketing.ts';
import { type MarketingPeople, marketingPeopleOf } from './marketing-people.ts';
import { leaveCompany } from './membership.ts';
import { mergeCompanies } from './merge-companies.ts';
import { mergeContacts } from './merge-contacts.ts';
import type { NewOwner, Owner } from './owners.ts';
import type { Portal } from './portal.ts';
import type { Value } from './record.ts';
import { recordView } from './record-view.ts';
import { restoreContact } from './restore-contact.ts';
import { type SalesPeople, salesPeopleOf } from './sales-acts.ts';
import { submitForm } from './submit-form.ts';
import { readTyped, type TypedValues } from './typed-values.ts';

/** What people do in and around the portal: visitors, sales, administrators. Everything takes place now. */
export interface People extends SalesPeople, MarketingPeople {
  /** Someone in sales adds a contact. Text is read as the property's type; read-only properties can be set, too. */
  createContact(values: TypedValues): Contact;
  /** Someone in sales edits a contact; undefined or empty text clears. */
  update(id: string, values: TypedValues): void;
  /** A known visitor looks at a page: a path on the portal's website, or a whole address. */
  visit(id: string, path: string): void;
  /**
   * A visitor sends a form, given by guid, key or name. Whoever is not known by this e-mail address becomes a contact.
   * Fields that are contact properties are written to the contact; all are in the submission as typed.
   */
  submitForm(form: string, fields: Readonly<Record<string, string>>): { contact: Contact; submission: Submission };
  /** Makes one contact of two; the values of the first win. Both ids lead to the contact returned. */
  merge(primaryId: string, otherId: string): Contact;
  /** Deletes a contact: it shows in archived lists from now on. */
  remove(id: string): void;
  /** Brings a deleted contact back, with its id and all that it did. */
  restore(id: string): void;
  /** Deletes a contact for good, and what it typed into forms. */
  eraseForPrivacy(id: string): void;
  /** Someone in sales adds a company. Text is read as the property's type; read-only properties can be set, too. */
  createCompany(values: TypedValues): Company;
  /** Someone in sales edits a company; undefined or empty text clears. */
  updateCompany(id: string, values: TypedValues): void;
  /** Makes this the contact's primary company, whichever it was before; without one, the contact has none. */
  moveToCompany(contactId: string, companyId?: string): void;
  /** Makes one company of two; the values of the first win, and the people of both are its own. Both ids lead to it. */
  mergeCompanies(primaryId: string, otherId: string): Company;
  /** Deletes a company: it shows in archived lists from now on, and nobody has it as company any more. */
  removeCompany(id: string): void;
  /** Someone joins sales. */
  addOwner(person: NewOwner): Owner;
  /** Someone leaves: what they own stays theirs, and nothing more can be given to them. */
  removeOwner(id: string): void;
  /** Someone in sales says how they stand with a contact, by a lead status such as CONNECTED; without one, they say nothing. */
  setStatus(id: string, status?: string): void;
}

export function peopleOf(portal: Portal): People {
  return {
    createContact(typed) {
      const values = readContact(portal, typed);
      if (typeof values.email === 'string' && portal.contacts.findByEmail(values.email) !== undefined) {
        throw new Error('The sandbox portal already has a contact with this e-mail address');
      }
      return portal.create(values, 'CRM_UI');
    },
    update(id, typed) {
      portal.write(contactOf(portal, id), readContact(portal, typed), 'CRM_UI');
    },
    visit(id, path) {
      recordView(portal, contactOf(portal, id), path.startsWith('/') ? portal.settings.website + path : path);
    },
    submitForm(name, fields) {
      const form = portal.forms.find(name);
      if (form === undefined) throw new Error(`The sandbox portal has no form "${name}"`);
      return submitForm(portal, form, fields);
    },
    merge: (primaryId, otherId) => mergeContacts(portal, contactOf(portal, primaryId), contactOf(portal, otherId)),
    remove: (id) => remove(portal, contactOf(portal, id)),
    restore(id) {
      const contact = portal.contacts.findArchived(id, portal.now());
      if (contact === undefined) throw new Error(`The sandbox portal has no deleted contact ${id}`);
      restoreContact(portal, contact);
    },
    eraseForPrivacy(id) {
      const contact = portal.contacts.find(id) ?? portal.contacts.findArchived(id, portal.now());
      if (contact === undefined) throw new Error(`The sandbox portal has no contact ${id}`);
      eraseForPrivacy(portal, contact);
    },
    createCompany: (typed) => createCompany(portal, readTyped(portal.companyTable.properties, typed)),
    updateCompany(id, typed) {
      writeCompany(portal, companyOf(portal, id), readTyped(portal.companyTable.properties, typed));
    },
    moveToCompany(contactId, companyId) {
      portal.write(contactOf(portal, contactId), readContact(portal, { associatedcompanyid: companyId }), 'CRM_UI');
    },
    mergeCompanies: (primaryId, otherId) =>
      mergeCompanies(portal, companyOf(portal, primaryId), companyOf(portal, otherId)),
    removeCompany: (id) => removeCompany(portal, companyOf(portal, id)),
    addOwner: (person) => portal.owners.add(person, portal.now()),
    removeOwner(id) {
      const owner = portal.owners.find(id);
      if (owner === undefined) throw new Error(`The sandbox portal has no owner ${id}`);
      owner.archivedAt = portal.now();
    },
    setStatus(id, status) {
      portal.write(contactOf(portal, id), readContact(portal, { hs_lead_status: status }), 'CRM_UI');
    },
    ...salesPeopleOf(portal),
    ...marketingPeopleOf(portal),
  };
}

function remove(portal: Portal, contact: Contact): void {
  const at = portal.now();
  for (const email of emailsOf(portal, contact)) portal.contacts.releaseEmail(email, contact);
  leaveCompany(portal, contact, portal.valueOf(contact, 'associatedcompanyid'), at);
  portal.lists.leaveAll(contact, at);
  portal.contacts.archive(contact, at);
  portal.onChange?.({ type: 'contact.deletion', objectId: contact.id, at, source: 'CRM_UI' });
}

function eraseForPrivacy(portal: Portal, contact: Contact): void {
  const at = portal.now();
  const emails = emailsOf(portal, contact);
  for (const email of emails) portal.contacts.releaseEmail(email, contact);
  portal.forms.erase(new Set(emails));
  leaveCompany(portal, contact, portal.valueOf(contact, 'associatedcompanyid'), at);
  eraseMarketing(portal, contact, at);
  portal.history.erase(contact);
  portal.contacts.erase(contact);
  portal.onChange?.({ type: 'contact.privacyDeletion', objectId: contact.id, at, source: 'CRM_UI' });
  // HubSpot reports the ordinary deletion as well.
  portal.onChange?.({ type: 'contact.deletion', objectId: contact.id, at, source: 'CRM_UI' });
}

function readContact(portal: Portal, typed: TypedValues): Record<string, Value | undefined> {
  const values = readTyped(portal.properties, typed);
  const companyId = values.associatedcompanyid;
  // The id may be one from before a merge.
  if (companyId !== undefined) values.associatedcompanyid = companyOf(portal, String(companyId)).number;
  return values;
}

function companyOf(portal: Portal, id: string): Company {
  const company = portal.companies.find(id);
  if (company === undefined) throw new Error(`The sandbox portal has no company ${id}`);
  return company;
}
