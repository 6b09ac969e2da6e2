import type { Clock } from '../../base/clock.ts';
import type { Company } from './company.ts';
import { COMPANY_PROPERTIES } from './company-properties.ts';
import { CompanyStore } from './company-store.ts';
import type { Contact } from './contact.ts';
import { CONTACT_PROPERTIES } from './contact-properties.ts';
import { ContactStore } from './contact-store.ts';
import { CustomEvents } from './custom-events.ts';
import { Forms } from './forms.ts';
import { stageDateOf } from './lifecycle.ts';
import { Lists } from './lists.ts';
import { MailEvents } from './mail-events.ts';
import { MarketingEvents } from './marketing-events.ts';
import { joinCompany, leaveCompany } from './membership.ts';
import { Owners } from './owners.ts';
import { PageViews } from './page-views.ts';
import type { Property } from './property.ts';
import { PropertyHistory } from './property-history.ts';
import { PropertyRegistry } from './property-registry.ts';
import type { Value, Values } from './record.ts';
import { RecordTable } from './record-table.ts';
import type { RequiredRule } from './required-rules.ts';
import { allOf, createSales, type Sales } from './sales.ts';
import type { SearchIndex } from './search-index.ts';
import { Tasks } from './tasks.ts';

export type Tier = 'free' | 'starter' | 'professional' | 'enterprise';

export interface PortalSettings {
  readonly clock: Clock;
  /** Below enterprise there is no events API, below professional there are no events of marketing e-mails. */
  readonly tier: Tier;
  readonly portalId: number;
  /** IANA name; the daily limit starts anew at midnight there. */
  readonly timeZone: string;
  readonly accountType: 'STANDARD' | 'DEVELOPER_TEST' | 'SANDBOX';
  /** Whether one bad value fails its whole batch with 400, or its row alone with 207: HubSpot does not say which. */
  readonly badValues: 'fail-batch' | 'fail-row';
  /** What apps must fill in from release 2026-09 on; `requiredRules` of the portal begins with them. */
  readonly requiredRules?: readonly RequiredRule[];
  /** Whether a page view or a marketing e-mail moves lastmodifieddate: HubSpot does not say. */
  readonly visitsTouch: boolean;
  /** Whether a merge keeps the primary record's id, as HubSpot's beta does, and mints no new one. */
  readonly mergeKeepsId: boolean;
  /**
   * Whether a contact shows in a marketing event once for every state it reached, or with the last one alone: HubSpot
   * does not say.
   */
  readonly participations: 'every-state' | 'last-state';
  /** ISO 4217. */
  readonly currency: string;
  /** Whether it is kept what properties of contacts held before: memory for each change. */
  readonly keepsHistory: boolean;
  readonly hosting: 'na1' | 'na2' | 'eu1' | 'ap1';
  readonly website: string;
}

export type ChangeSource = 'CRM_UI' | 'FORM' | 'INTEGRATION' | 'ANALYTICS' | 'EMAIL';

/** What happened to a contact, for whoever sends webhooks. */
export type PortalChange = { readonly objectId: string; readonly at: number; readonly source: ChangeSource } & (
  | { readonly type: 'contact.creation' | 'contact.deletion' | 'contact.restore' | 'contact.privacyDeletion' }
  | { readonly type: 'contact.propertyChange'; readonly property: string; readonly value: Value | undefined }
  | {
      readonly type: 'contact.merge';
      readonly primaryObjectId: string;
      readonly mergedObjectIds: readonly string[];
      readonly propertiesMoved: number;
    }
);

/** A HubSpot account: its records, and the rules by which they change. People act on it through `act.ts`. */
export class Portal {
  readonly settings: PortalSettings;
  readonly contacts = new ContactStore();
  readonly contactTable: RecordTable<Contact>;
  readonly history: PropertyHistory;
  readonly companies = new CompanyStore();
  readonly companyTable: RecordTable<Company>;
  readonly views: PageViews;
  readonly forms: Forms;
  readonly lists = new Lists();
  readonly marketingEvents = new MarketingEvents();
  readonly mail: MailEvents;
  readonly customEvents: CustomEvents;
  readonly sales: Sales;
  readonly tasks: Tasks;
  readonly owners = new Owners();
  /** The administrators' rules of what must be filled in. People's own edits in the sandbox do not ask for them. */
  requiredRules: readonly RequiredRule[];
  /** Told of every change of a contact, in order. */
  onChange: ((change: PortalChange) => void) | undefined;

  constructor(settings: PortalSettings) {
    const now = settings.clock.now();
    this.settings = settings;
    this.requiredRules = settings.requiredRules ?? [];
    this.contactTable = new RecordTable(new PropertyRegistry(CONTACT_PROPERTIES, now), 'lastmodifieddate');
    this.history = new PropertyHistory((contact) => this.numberOf(contact, 'createdate') ?? 0);
    this.companyTable = new RecordTable(new PropertyRegistry(COMPANY_PROPERTIES, now), 'hs_lastmodifieddate');
    this.sales = createSales(now);
    this.tasks = new Tasks(this.sales.tasks);
    this.views = new PageViews(this.contacts.all);
    this.forms = new Forms(settings.portalId);
    this.mail = new MailEvents(this.contacts.all, (contact) => this.textOf(contact, 'email'));
    this.customEvents = new CustomEvents(settings.portalId);
  }

  now(): number {
    return this.settings.clock.now();
  }

  /** What search knows of each type of record. */
  get indexes(): SearchIndex[] {
    return [this.index, this.companyTable.index, ...allOf(this.sales).map(({ table }) => table.index)];
  }

  /** Of contacts, as are the four below. */
  get properties(): PropertyRegistry {
    return this.contactTable.properties;
  }

  get index(): SearchIndex {
    return this.contactTable.index;
  }

  valueOf(contact: Contact, property: string): Value | undefined {
    return this.contactTable.valueOf(contact, property);
  }

  textOf(contact: Contact, property: string): string | undefined {
    return this.contactTable.textOf(contact, property);
  }

  numberOf(contact: Contact, property: string): number | undefined {
    return this.contactTable.numberOf(contact, property);
  }

  /** Adds a contact without telling anyone: for the population, which was there before. Its values may come in parts. */
  seed(values: Values | readonly Values[], at: { created: number; modified: number }, bought: boolean): Contact {
    const slots = this.contactTable.slotsOf(isParts(values) ? values : [values], at);
    const contact = this.contacts.add(slots, bought);
    slots[this.properties.slot('hs_object_id')] = contact.number;
    const email = this.textOf(contact, 'email');
    if (email !== undefined) this.contacts.claimEmail(email.toLowerCase(), contact);
    joinCompany(this, contact, this.valueOf(contact, 'associatedcompanyid'), at.modified);
    return contact;
  }

  /** Adds a contact of these values, known to be valid, with a free e-mail address. */
  create(values: Values, source: ChangeSource, at = this.now()): Contact {
    const contact = this.seed({ lifecyclestage: 'lead', ...values }, { created: at, modified: at }, false);
    const stage = this.textOf(contact, 'lifecyclestage');
    if (stage !== undefined) this.#enter(contact, stage, at);
    this.index.added(contact, at);
    this.onChange?.({ type: 'contact.creation', objectId: contact.id, at, source });
    for (const [property, value] of Object.entries(values)) {
      if (value !== undefined)
        this.onChange?.({ type: 'contact.propertyChange', objectId: contact.id, at, source, property, value });
    }
    return contact;
  }

  /** Writes values of a contact, known to be valid, as `RecordTable.write` does. */
  write(contact: Contact, values: Values, source: ChangeSource, options: { at?: number; touch?: boolean } = {}): void {
    const { at = this.now(), touch } = options;
    this.contactTable.write(contact, values, {
      at,
      touch,
      wrote: (property, before, value) => {
        if (this.settings.keepsHistory) this.history.add(contact, property, before, { value, at, source });
        this.#follow(contact, property, before, value, at);
        const change = { objectId: contact.id, at, source, property: property.name, value };
        this.onChange?.({ type: 'contact.propertyChange', ...change });
      },
    });
  }

  /** Keeps in step what hangs on a contact's value. */
  #follow(contact: Contact, { name }: Property, before: Value | undefined, value: Value | undefined, at: number): void {
    if (name === 'lifecyclestage' && typeof value === 'string') this.#enter(contact, value, at);
    if (name === 'email') {
      if (typeof before === 'string') {
        this.contacts.releaseEmail(before.toLowerCase(), contact);
        this.mail.keepAddress(contact, before);
      }
      if (typeof value === 'string') this.contacts.claimEmail(value.toLowerCase(), contact);
    }
    if (name === 'associatedcompanyid') {
      leaveCompany(this, contact, before, at);
      joinCompany(this, contact, value, at);
    }
  }

  #enter(contact: Contact, stage: string, at: number): void {
    const entered = this.properties.get(stageDateOf(stage));
    if (entered !== undefined) contact.values[entered.slot] = at;
  }
}

function isParts(values: Values | readonly Values[]): values is readonly Values[] {
  return Array.isArray(values);
}
