import { behaviourOf } from './behaviours/behaviours.ts';
import { checkRules, orderedRefusal } from './checks.ts';
import { commit } from './commit.ts';
import { Draft } from './draft.ts';
import type { Field } from './field.ts';
import { fullId } from './ids.ts';
import type { ObjectType } from './object-type.ts';
import type { Org, Writing } from './org.ts';
import { readInput } from './read-input.ts';
import type { SalesforceRecord } from './record.ts';
import { refusal, refused, type WriteError, type WriteResult } from './write-result.ts';

/** `Org.insert`. */
export function saveNew(
  org: Org,
  typeName: string,
  values: Readonly<Record<string, unknown>>,
  how: Writing,
): WriteResult {
  const type = org.object(typeName);
  if (type === undefined || !org.access.mayReach(how.by, type, 'Read')) {
    return refused(refusal('INVALID_TYPE', `sObject type '${typeName}' is not supported.`));
  }
  if (!mayWrite(org, type, how, 'Create'))
    return refused(refusal('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${type.label}`));
  const draft = new Draft(type);
  for (const field of type.fields()) if (field.defaultValue !== null) draft.changes.set(field, field.defaultValue);
  return save(org, draft, values, how);
}

/** `Org.update`. */
export function saveOver(org: Org, id: string, values: Readonly<Record<string, unknown>>, how: Writing): WriteResult {
  const record = org.findAny(id);
  const missing = missingError(id, record);
  if (missing !== undefined) return refused(missing);
  if (record === undefined) return refused();
  const { type } = record;
  if (!org.access.mayReach(how.by, type, 'Read'))
    return refused(refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'));
  if (!mayWrite(org, type, how, 'Edit')) {
    return refused(refusal('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id'));
  }
  return save(org, new Draft(type, record), values, how);
}

/** Why a record of this id cannot be written; undefined where it is there. */
export function missingError(id: string, record: SalesforceRecord | undefined): WriteError | undefined {
  if (record?.isDeleted === true) return refusal('ENTITY_IS_DELETED', 'entity is deleted');
  if (record !== undefined) return undefined;
  return fullId(id) === undefined
    ? refusal('MALFORMED_ID', `bad id ${id}`)
    : refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
}

/** Of the objects of setup, only who may set up may write. */
export function mayWrite(
  org: Org,
  type: ObjectType,
  { by }: Writing,
  permission: 'Create' | 'Edit' | 'Delete',
): boolean {
  if (by === undefined) return true;
  if (!type.writable) return false;
  return SETUP_OBJECTS.has(type.name) ? org.access.maySetUp(by) : org.access.mayReach(by, type, permission);
}

const SETUP_OBJECTS = new Set([
  'User',
  'Group',
  'PermissionSet',
  'PermissionSetAssignment',
  'FieldPermissions',
  'ObjectPermissions',
]);

function save(org: Org, draft: Draft, values: Readonly<Record<string, unknown>>, how: Writing): WriteResult {
  const errors = [...readValues(org, draft, values, how)];
  if (errors.length > 0) return refused(...errors);
  const behaviour = behaviourOf(draft.type);
  const early = orderedRefusal(org, draft) ?? behaviour.check?.(org, draft, how);
  if (early !== undefined) return refused(early);
  const isAssigned = assign(org, draft, how);
  behaviour.settle?.(org, draft, how);
  const error = checkRules(org, draft, how);
  if (error !== undefined) return refused(error);
  const record = commit(org, draft, how);
  if (isAssigned) org.assignments.push({ id: record.id, ownerId: record.text('OwnerId') ?? '', at: org.now() });
  return { success: true, id: record.id };
}

function* readValues(
  org: Org,
  draft: Draft,
  values: Readonly<Record<string, unknown>>,
  { by }: Writing,
): Iterable<WriteError> {
  const { objectType: type, before } = draft;
  const unwritable: string[] = [];
  for (const [name, input] of Object.entries(values)) {
    if (name === 'attributes' || (before !== undefined && name.toLowerCase() === 'id')) continue;
    const field = type.field(name);
    if (field === undefined || !org.access.canRead(by, type, field)) {
      yield refusal('INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`);
      continue;
    }
    const isWritable = by === undefined || (before === undefined ? field.createable : field.updateable);
    if (!isWritable || !org.access.canEdit(by, type, field)) {
      unwritable.push(field.name);
      continue;
    }
    const read = readInput(field, input);
    if ('error' in read) yield read.error;
    else {
      const wrong = typeof read.value === 'string' ? wrongReference(org, field, read.value) : undefined;
      if (wrong !== undefined) yield wrong;
      draft.changes.set(field, read.value);
    }
  }
  if (unwritable.length > 0) {
    yield refusal(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${unwritable.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      unwritable,
    );
  }
}

function wrongReference(org: Org, field: Field, id: string): WriteError | undefined {
  if (field.type !== 'reference') return undefined;
  const type = org.objectOf(id);
  if (type === undefined || !field.referenceTo.includes(type.name)) {
    return refusal('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
  }
  const record = type.find(id);
  if (record === undefined) return refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
  if (record.isDeleted) return refusal('ENTITY_IS_DELETED', 'entity is deleted', [field.name]);
  return undefined;
}

/** A lead goes where the rule says, whatever owner the caller named. */
function assign(org: Org, draft: Draft, { by, autoAssign = by !== undefined }: Writing): boolean {
  if (draft.type !== 'Lead' || !autoAssign) return false;
  const ownerId = org.assignmentRule?.(draft);
  if (ownerId === undefined) return false;
  draft.set('OwnerId', ownerId);
  return true;
}
