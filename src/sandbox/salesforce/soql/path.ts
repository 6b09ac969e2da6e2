import type { Field, FieldType, FieldValue } from '../org/field.ts';
import type { ObjectType } from '../org/object-type.ts';
import type { SalesforceRecord } from '../org/record.ts';
import type { Scope } from './scope.ts';
import { SoqlError } from './soql-error.ts';

/** A way from a record to one of its values or of its parents': `Email`, `Account.Owner.Name`. */
export interface Path {
  /** As the objects spell it. */
  readonly name: string;
  /** The parents on the way. */
  readonly parents: readonly Parent[];
  /** What is at the end, without its parents. */
  readonly last: PathEnd;
  /** The record's own field, where there is no parent on the way. */
  readonly own: Field | undefined;
  read(record: SalesforceRecord): FieldValue;
}

export interface Parent {
  /** `Account`. */
  readonly name: string;
  /** Whether it can be of several objects. */
  readonly isMixed: boolean;
  from(record: SalesforceRecord): SalesforceRecord | undefined;
}

export interface PathEnd {
  readonly name: string;
  readonly type: FieldType;
  readonly filterable: boolean;
  readonly sortable: boolean;
  read(record: SalesforceRecord): FieldValue;
}

const MOST_PARENTS = 5;

/** What is known of a parent that can be of several objects. */
const NAME_FIELDS: Readonly<Record<string, FieldType>> = {
  Id: 'id',
  Name: 'string',
  FirstName: 'string',
  LastName: 'string',
  Email: 'email',
  Phone: 'phone',
  Title: 'string',
  Username: 'string',
  Alias: 'string',
  IsActive: 'boolean',
  ProfileId: 'reference',
};

/** @throws SoqlError INVALID_FIELD for what is not there, or not for this user */
export function resolvePath(scope: Scope, written: string): Path {
  const names = written.split('.');
  const first = names[0]?.toLowerCase();
  if (names.length > 1 && (first === scope.type.name.toLowerCase() || first === scope.alias?.toLowerCase())) {
    names.shift();
  }
  const last = names.pop() ?? '';
  if (names.length > MOST_PARENTS)
    throw new SoqlError('INVALID_FIELD', 'SOQL relationships can span at most 5 levels.');
  const parents: Parent[] = [];
  let types: readonly ObjectType[] = [scope.type];
  for (const name of names) {
    const [parent, parentTypes] = resolveParent(scope, types, name);
    parents.push(parent);
    types = parentTypes;
  }
  const end = resolveEnd(scope, types, last);
  const read =
    parents.length === 0
      ? end.read
      : (record: SalesforceRecord) => {
          let at: SalesforceRecord | undefined = record;
          for (const parent of parents) at = at === undefined ? undefined : parent.from(at);
          return at === undefined ? null : end.read(at);
        };
  const own = parents.length === 0 ? scope.type.field(last) : undefined;
  return { name: [...parents.map(({ name }) => name), end.name].join('.'), parents, last: end, own, read };
}

function resolveParent(scope: Scope, types: readonly ObjectType[], name: string): [Parent, readonly ObjectType[]] {
  const { org, asking } = scope;
  const [type] = types;
  const field = types.length > 1 ? undefined : type?.fields().find((one) => isNamed(one.relationshipName, name));
  const parents = (field?.referenceTo ?? []).flatMap((one) => org.object(one) ?? []);
  const isSeen = type !== undefined && field !== undefined && org.access.canRead(asking.user, type, field);
  if (!isSeen || !parents.some((parent) => org.access.mayReach(asking.user, parent, 'Read'))) {
    throw new SoqlError(
      'INVALID_FIELD',
      `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  }
  const { slot } = field;
  const parent: Parent = {
    name: field.relationshipName ?? name,
    isMixed: parents.length > 1,
    from(record) {
      const id = record.slots[slot];
      return typeof id === 'string' ? org.findAny(id) : undefined;
    },
  };
  return [parent, parents];
}

function resolveEnd({ org, asking }: Scope, types: readonly ObjectType[], name: string): PathEnd {
  const [type] = types;
  if (types.length > 1) return resolveName(name);
  const field = type?.field(name);
  if (type === undefined || field === undefined || !org.access.canRead(asking.user, type, field)) {
    throw noColumn(name, type?.name ?? '');
  }
  const { slot } = field;
  const { name: spelled, type: fieldType, filterable, sortable } = field;
  return { name: spelled, type: fieldType, filterable, sortable, read: (record) => record.slots[slot] ?? null };
}

function resolveName(name: string): PathEnd {
  const usual = { filterable: true, sortable: true };
  if (isNamed('Type', name)) return { ...usual, name: 'Type', type: 'picklist', read: (record) => record.type.name };
  const known = Object.entries(NAME_FIELDS).find(([one]) => isNamed(one, name));
  if (known === undefined) throw noColumn(name, 'Name');
  const [spelled, type] = known;
  return { ...usual, name: spelled, type, read: (record) => record.get(spelled) };
}

function noColumn(name: string, entity: string): SoqlError {
  return new SoqlError(
    'INVALID_FIELD',
    `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

function isNamed(name: string | undefined, wanted: string): boolean {
  return name?.toLowerCase() === wanted.toLowerCase();
}
