import { SECOND } from '../../../base/clock.ts';
import { Access } from './access.ts';
import { DailyRequests } from './daily-requests.ts';
import type { Field, NewField, Values } from './field.ts';
import { type ObjectDefinition, ObjectType } from './object-type.ts';
import { OBJECTS } from './objects/objects.ts';
import { Prospects } from './prospects.ts';
import type { SalesforceRecord } from './record.ts';
import { removeRecord, restoreRecord } from './remove.ts';
import { type AssignmentRule, type DuplicateRule, Refusals, type ValidationRule } from './rules.ts';
import { saveNew, saveOver } from './save.ts';
import { seedOrg } from './seed-org.ts';
import { type SeedTime, seedRecord } from './seed-record.ts';
import type { OrgSettings } from './settings.ts';
import { refusal, type WriteResult } from './write-result.ts';

export interface Writing {
  /** The id of the user who writes through the API: their access and what an API may write count. */
  readonly by?: string;
  /** The id of the user in whose name it is done where nobody writes through the API. The first of the users unless told. */
  readonly as?: string;
  /** Whether the lead assignment rule runs; through the API it does unless told (`Sforce-Auto-Assign`), else it does not. */
  readonly autoAssign?: boolean;
  /** `Sforce-Duplicate-Rule-Header: allowSave=true`. */
  readonly allowDuplicates?: boolean;
}

export interface OrgChange {
  readonly kind: 'created' | 'updated' | 'deleted' | 'undeleted';
  readonly record: SalesforceRecord;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The user's id. */
  readonly by: string;
  /** Names of the fields that have another value than before. */
  readonly fields: readonly string[];
}

/** A Salesforce org: its objects and records, and the rules by which they change. People act on it through `acts.ts`. */
export class Org {
  readonly settings: OrgSettings;
  readonly access: Access;
  readonly dailyRequests: DailyRequests;
  /** Locks and other failures that a test orders. */
  readonly refusals = new Refusals();
  /** Account Engagement's. */
  readonly prospects: Prospects;
  /** The id of the user as whom leadgauge signs in. */
  readonly integrationUserId: string;
  validationRules: readonly ValidationRule[] = [];
  duplicateRules: readonly DuplicateRule[] = [];
  assignmentRule: AssignmentRule | undefined;
  /** Custom fields of a lead by name, and those of the contact that they go to when it is converted. Set by an administrator alone. */
  leadMapping: Readonly<Record<string, string>> = {};
  /** The leads to which the assignment rule was applied, in order; each time once. */
  readonly assignments: { readonly id: string; readonly ownerId: string; readonly at: number }[] = [];
  readonly #objects = new Map<string, ObjectType>();
  readonly #prefixes = new Map<string, ObjectType>();
  readonly #listeners = new Set<(change: OrgChange) => void>();

  constructor(settings: OrgSettings) {
    this.settings = settings;
    for (const definition of OBJECTS) this.addObject(definition);
    this.access = new Access(this);
    this.dailyRequests = new DailyRequests(settings.clock, settings.dailyRequests);
    this.prospects = new Prospects(settings.clock);
    this.integrationUserId = seedOrg(this);
  }

  /** Milliseconds since 1970, at a whole second: a record knows no finer time. */
  now(): number {
    return Math.floor(this.settings.clock.now() / SECOND) * SECOND;
  }

  addObject(definition: ObjectDefinition): ObjectType {
    const type = new ObjectType(definition);
    this.#objects.set(definition.name.toLowerCase(), type);
    this.#prefixes.set(definition.keyPrefix, type);
    return type;
  }

  /** All of them, by their API names in order of the alphabet. */
  objects(): ObjectType[] {
    return [...this.#objects.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** By its API name in any case. */
  object(name: string): ObjectType | undefined {
    return this.#objects.get(name.toLowerCase());
  }

  /** The object whose records' ids begin as this one does. */
  objectOf(id: string): ObjectType | undefined {
    return this.#prefixes.get(id.slice(0, 3));
  }

  /** As `object`, for a name that is known to be there. */
  type(name: string): ObjectType {
    const type = this.object(name);
    if (type === undefined) throw new Error(`The sandbox org has no object ${name}`);
    return type;
  }

  /** The live record of this id, of 15 or 18 characters. */
  find(id: string): SalesforceRecord | undefined {
    const record = this.findAny(id);
    return record?.isDeleted === true ? undefined : record;
  }

  /** As `find`, in the recycle bin too. */
  findAny(id: string): SalesforceRecord | undefined {
    return this.objectOf(id)?.find(id);
  }

  /** The live record of this id, for acts: whoever acts sees it. */
  get(id: string): SalesforceRecord {
    const record = this.find(id);
    if (record === undefined) throw new Error(`The sandbox org has no record ${id}`);
    return record;
  }

  /** Every user, the integration user among them. */
  get users(): SalesforceRecord[] {
    return this.type('User').live();
  }

  /** Every active user but the integration user. */
  get sellers(): SalesforceRecord[] {
    return this.users.filter((user) => user.id !== this.integrationUserId && user.flag('IsActive'));
  }

  /** By username or e-mail address in any case. */
  findUser(name: string): SalesforceRecord | undefined {
    const users = this.type('User');
    return users.where('Username', name)[0] ?? users.where('Email', name)[0];
  }

  /**
   * Adds a record. Values are as JSON or CSV brings them: text, numbers, booleans and null; dates `2026-11-22`, date-times
   * in ISO 8601 or milliseconds since 1970.
   */
  insert(type: string, values: Readonly<Record<string, unknown>>, writing: Writing = {}): WriteResult {
    return saveNew(this, type, values, writing);
  }

  /** Writes values over those of a record, as `insert` reads them; null and empty text clear. */
  update(id: string, values: Readonly<Record<string, unknown>>, writing: Writing = {}): WriteResult {
    return saveOver(this, id, values, writing);
  }

  /** Puts a record into the recycle bin, and what cannot be without it. */
  delete(id: string, writing: Writing = {}): WriteResult {
    return removeRecord(this, id, writing);
  }

  /** Brings it back, and what went with it. */
  undelete(id: string, writing: Writing = {}): WriteResult {
    return restoreRecord(this, id, writing);
  }

  /** Empties the recycle bin of one record: no query shows it any more. */
  purge(id: string): void {
    const record = this.findAny(id);
    if (record !== undefined) record.type.purge(record);
  }

  /** Adds a record that was there before, with neither rules nor listeners. What is not told is as the fields' defaults say. */
  seed(type: ObjectType, values: Values, at: SeedTime, id?: string): SalesforceRecord {
    return seedRecord(type, values, at, id);
  }

  /** Adds a custom field, which nobody sees until a permission set grants it. One of Contact is one of person accounts, too. */
  addField(type: string, field: NewField): Field {
    const added = this.type(type).addField(field);
    if (type === 'Contact' && added.custom && this.settings.personAccounts) {
      const name = added.name.replace(/__c$/, '__pc');
      this.type('Account').addField({ ...field, name, required: false, mirrors: added.name });
    }
    return added;
  }

  /** Takes a custom field away with its values and what permission sets say of it. */
  removeField(type: string, field: string): void {
    this.type(type).removeField(field);
    if (type === 'Contact') this.type('Account').removeField(field.replace(/__c$/, '__pc'));
    for (const grant of this.type('FieldPermissions').where('Field', `${type}.${field}`)) grant.type.purge(grant);
    this.access.forget();
  }

  /** The next `times` writes of this record, or of one that belongs to it, find it locked. */
  lock(id: string, times = 1): () => void {
    const message = 'unable to obtain exclusive access to this record or 1 records: ';
    return this.refusals.add({ id, times, error: refusal('UNABLE_TO_LOCK_ROW', `${message}${id}`) });
  }

  /** Told of every change of every record, in order, once it is made. Call the function returned to hear no more. */
  onChange(listener: (change: OrgChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For `save.ts` and `remove.ts` alone. */
  changed(change: OrgChange): void {
    if (ACCESS_OBJECTS.has(change.record.type.name)) this.access.forget();
    for (const listener of this.#listeners) listener(change);
  }
}

const ACCESS_OBJECTS = new Set([
  'User',
  'PermissionSet',
  'PermissionSetAssignment',
  'FieldPermissions',
  'ObjectPermissions',
]);
