import type { Clock } from '../../base/clock.ts';
import type { Contact, Value, Values } from './contact.ts';
import { ContactStore } from './contact-store.ts';
import { Forms } from './forms.ts';
import { isForward, stageDateOf } from './lifecycle.ts';
import { Owners } from './owners.ts';
import { PageViews } from './page-views.ts';
import { PropertyRegistry } from './property-registry.ts';
import { SearchIndex } from './search-index.ts';
import { Tasks } from './tasks.ts';

export type Tier = 'starter' | 'professional' | 'enterprise';

export interface PortalSettings {
  readonly clock: Clock;
  /** Starter and professional portals have no events API. */
  readonly tier: Tier;
  readonly portalId: number;
  /** IANA name; the daily limit starts anew at midnight there. */
  readonly timeZone: string;
  readonly accountType: 'STANDARD' | 'DEVELOPER_TEST' | 'SANDBOX';
  /** Whether one bad value fails its whole batch with 400, or its row alone with 207: HubSpot does not say which. */
  readonly badValues: 'fail-batch' | 'fail-row';
  /** Whether a page view moves lastmodifieddate: HubSpot does not say. */
  readonly visitsTouch: boolean;
  /** Whether a merge keeps the primary record's id, as HubSpot's beta does, and mints no new one. */
  readonly mergeKeepsId: boolean;
  readonly website: string;
}

export type ChangeSource = 'CRM_UI' | 'FORM' | 'INTEGRATION' | 'ANALYTICS';

/** What happened to a contact, for whoever sends webhooks. */
export type PortalChange = { readonly objectId: string; readonly at: number; readonly source: ChangeSource } & (
  | { readonly type: 'contact.creation' | 'contact.deletion' | 'contact.privacyDeletion' }
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
  readonly properties: PropertyRegistry;
  readonly contacts = new ContactStore();
  readonly index: SearchIndex;
  readonly views: PageViews;
  readonly forms: Forms;
  readonly tasks = new Tasks();
  readonly owners = new Owners();
  /** Told of every change, in order. */
  onChange: ((change: PortalChange) => void) | undefined;

  constructor(settings: PortalSettings) {
    this.settings = settings;
    this.properties = new PropertyRegistry(settings.clock.now());
    this.index = new SearchIndex(this.properties.slot('lastmodifieddate'));
    this.views = new PageViews(this.contacts.all);
    this.forms = new Forms(settings.portalId);
  }

  now(): number {
    return this.settings.clock.now();
  }

  /** A contact's value as stored: a number for numbers and date-times (milliseconds). */
  valueOf(contact: Contact, property: string): Value | undefined {
    const slot = this.properties.get(property)?.slot;
    return slot === undefined ? undefined : contact.values[slot];
  }

  /** As `valueOf`, for text; undefined for all else. */
  textOf(contact: Contact, property: string): string | undefined {
    const value = this.valueOf(contact, property);
    return typeof value === 'string' ? value : undefined;
  }

  /** As `valueOf`, for numbers; undefined for all else. */
  numberOf(contact: Contact, property: string): number | undefined {
    const value = this.valueOf(contact, property);
    return typeof value === 'number' ? value : undefined;
  }

  /** Adds a contact without telling anyone: for the population, which was there before. */
  seed(values: Values, at: { created: number; modified: number }, bought: boolean): Contact {
    const slots: (Value | undefined)[] = new Array(this.properties.slots).fill(undefined);
    for (const [name, value] of Object.entries(values))
      if (value !== undefined) slots[this.properties.slot(name)] = value;
    slots[this.properties.slot('createdate')] = at.created;
    slots[this.properties.slot('lastmodifieddate')] = at.modified;
    const contact = this.contacts.add(slots, bought);
    slots[this.properties.slot('hs_object_id')] = contact.number;
    const email = values.email;
    if (typeof email === 'string') this.contacts.claimEmail(email.toLowerCase(), contact);
    return contact;
  }

  /** Adds a contact of these values, known to be valid, with a free e-mail address. */
  create(values: Values, source: ChangeSource, at = this.now()): Contact {
    const contact = this.seed({ lifecyclestage: 'lead', ...values }, { created: at, modified: at }, false);
    const stage = this.textOf(contact, 'lifecyclestage');
    const entered = stage === undefined ? undefined : this.properties.get(stageDateOf(stage));
    if (entered !== undefined) contact.values[entered.slot] = at;
    this.index.added(contact, at);
    this.onChange?.({ type: 'contact.creation', objectId: contact.id, at, source });
    for (const [property, value] of Object.entries(values)) {
      if (value !== undefined)
        this.onChange?.({ type: 'contact.propertyChange', objectId: contact.id, at, source, property, value });
    }
    return contact;
  }

  /**
   * Writes values, known to be valid. A lifecycle stage that would go backward is left as it is, without a word, as
   * HubSpot does. Moves lastmodifieddate unless everything written is calculated or `touch` is false.
   */
  write(contact: Contact, values: Values, source: ChangeSource, options: { at?: number; touch?: boolean } = {}): void {
    const at = options.at ?? this.now();
    this.index.changing(contact, at);
    let touched = false;
    for (const [name, value] of Object.entries(values)) {
      const property = this.properties.get(name);
      if (property === undefined) continue;
      touched ||= !property.calculated;
      const before = contact.values[property.slot];
      if (before === value) continue;
      if (name === 'lifecyclestage') {
        if (!isForward(property.options, before, value)) continue;
        const entered = typeof value === 'string' ? this.properties.get(stageDateOf(value)) : undefined;
        if (entered !== undefined) contact.values[entered.slot] = at;
      }
      if (name === 'email') {
        if (typeof before === 'string') this.contacts.releaseEmail(before.toLowerCase(), contact);
        if (typeof value === 'string') this.contacts.claimEmail(value.toLowerCase(), contact);
      }
      // A portal that has grown properties since: no holes, they cost memory.
      while (contact.values.length < property.slot) contact.values.push(undefined);
      contact.values[property.slot] = value;
      this.onChange?.({ type: 'contact.propertyChange', objectId: contact.id, at, source, property: name, value });
    }
    if (touched && options.touch !== false) contact.values[this.properties.slot('lastmodifieddate')] = at;
    this.index.changed(contact);
  }
}
