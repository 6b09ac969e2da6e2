import type { Org } from '../org.ts';
import type { VisitorActivity, VisitorActivityTarget, VisitorActivityType } from '../prospects.ts';
import type { SalesforceRecord } from '../record.ts';
import {
  type CallDetails,
  type EmailDetails,
  type EventDetails,
  logCall,
  logEmail,
  logEvent,
  logTask,
  openEmail,
} from './activities.ts';
import { type CampaignDetails, createCampaign, respond } from './campaigns.ts';
import { type Conversion, type Converted, convertLead } from './convert.ts';
import { done, insertBy, updateBy } from './done.ts';
import { merge } from './merge.ts';
import { type Won, winOpportunity } from './opportunities.ts';
import { personValues } from './person-values.ts';
import { recordVisitor } from './visitors.ts';

type Inputs = Readonly<Record<string, unknown>>;

/** What people do in and around the org. Everything takes place now; an act that Salesforce would refuse throws. */
export interface People {
  /** Someone in sales adds a lead; without a last name or company it gets one. */
  createLead(values: Inputs): SalesforceRecord;
  createContact(values: Inputs): SalesforceRecord;
  createAccount(values: Inputs): SalesforceRecord;
  /** An account that is a person, by the values of its contact (`Email`, `LastName` and so on). Gives the contact. */
  createPersonAccount(values: Inputs): SalesforceRecord;
  /** Adds a record of any object. */
  create(type: string, values: Inputs): SalesforceRecord;
  /** Someone edits a record; null and empty text clear. */
  change(id: string, values: Inputs): void;
  remove(id: string): void;
  restore(id: string): void;
  /** For good: a deleted record leaves the recycle bin. */
  purge(id: string): void;
  /** Sales sets the Lead Status, as in the list views where they work their leads. */
  setStatus(leadId: string, status: string): void;
  /** Puts a contact into an account, or out of every one. */
  moveToAccount(contactId: string, accountId?: string): void;
  /** A campaign that runs, with the statuses that its members can have. */
  createCampaign(name: string, details?: CampaignDetails): SalesforceRecord;
  /**
   * A lead or contact fills in the form, registers or turns up: becomes a member of the campaign (by name or id, made where
   * there is none) with this status, or gets it; 'Responded' unless told. Gives the campaign member.
   */
  respond(campaign: string, personId: string, status?: string): SalesforceRecord;
  logTask(personId: string, values?: Inputs): SalesforceRecord;
  logCall(personId: string, details?: CallDetails): SalesforceRecord;
  logEvent(personId: string, details?: EventDetails): SalesforceRecord;
  /** An e-mail between sales and a person: an EmailMessage, its relation to the person, and the task that shows it. */
  logEmail(personId: string, details?: EmailDetails): SalesforceRecord;
  /** The person opens an e-mail that sales sent. */
  openEmail(emailMessageId: string): void;
  /** Makes a contact of a lead, in an account, with an opportunity if wanted. */
  convert(leadId: string, conversion?: Conversion): Converted;
  /** Makes one record of two leads, contacts or accounts: the values of the first win, and the other leads to it. */
  merge(masterId: string, otherId: string): SalesforceRecord;
  /** Sales wins an opportunity in which this contact has a role. */
  winOpportunity(contactId: string, won?: Won): SalesforceRecord;
  /** A visitor that Account Engagement knows, by lead or contact, does something. */
  visitor(personId: string, type: VisitorActivityType, target?: VisitorActivityTarget): VisitorActivity;
}

/** @param as the id of the user who does it; the first user of the org unless told */
export function peopleOf(org: Org, as?: string): People {
  const how = { as };
  const add = (type: string, values: Inputs) => insertBy(org, type, values, how);
  return {
    createLead: (values) => add('Lead', { LastName: 'Doe', Company: 'Unknown', ...values }),
    createContact: (values) => add('Contact', { LastName: 'Doe', ...values }),
    createAccount: (values) => add('Account', { Name: 'Unknown', ...values }),
    createPersonAccount(values) {
      const account = add('Account', personValues(org, { LastName: 'Doe', ...values }));
      return org.get(account.text('PersonContactId') ?? '');
    },
    create: add,
    change: (id, values) => updateBy(org, id, values, how),
    remove: (id) => done(org.delete(id, how)),
    restore: (id) => done(org.undelete(id, how)),
    purge: (id) => org.purge(id),
    setStatus: (leadId, status) => updateBy(org, leadId, { Status: status }, how),
    moveToAccount: (contactId, accountId = undefined) =>
      updateBy(org, contactId, { AccountId: accountId ?? null }, how),
    createCampaign: (name, details = {}) => createCampaign(org, name, details, how),
    respond: (campaign, personId, status = 'Responded') => respond(org, campaign, personId, status, how),
    logTask: (personId, values = {}) => logTask(org, personId, values, how),
    logCall: (personId, details = {}) => logCall(org, personId, details, how),
    logEvent: (personId, details = {}) => logEvent(org, personId, details, how),
    logEmail: (personId, details = {}) => logEmail(org, personId, details, how),
    openEmail: (id) => openEmail(org, id, how),
    convert: (leadId, conversion = {}) => convertLead(org, leadId, conversion, how),
    merge: (masterId, otherId) => merge(org, masterId, otherId, how),
    winOpportunity: (contactId, won = {}) => winOpportunity(org, contactId, won, how),
    visitor: (personId, type, target = {}) => recordVisitor(org, personId, type, target),
  };
}
