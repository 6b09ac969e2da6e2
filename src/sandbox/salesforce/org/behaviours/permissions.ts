import type { Draft } from '../draft.ts';
import type { Org } from '../org.ts';
import { refusal, type WriteError } from '../write-result.ts';
import type { Behaviour } from './behaviour.ts';

export const fieldPermissionsBehaviour: Behaviour = {
  check(org, draft) {
    const name = draft.text('Field');
    const field = org.object(draft.text('SobjectType'))?.field(name.split('.')[1] ?? '');
    if (field === undefined || field.required) {
      const message = `Field Name: bad value for restricted picklist field: ${name}`;
      return refusal('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, ['Field']);
    }
    return thereAlready(draft, 'ParentId', (other) => other.get('Field') === name);
  },
  // Whoever may write a field may read it.
  settle(_org, draft) {
    if (draft.get('PermissionsEdit') === true) draft.set('PermissionsRead', true);
  },
};

export const permissionSetAssignmentBehaviour: Behaviour = {
  check: (_org: Org, draft) =>
    thereAlready(draft, 'AssigneeId', (other) => other.get('PermissionSetId') === draft.get('PermissionSetId')),
};

function thereAlready(
  draft: Draft,
  key: string,
  isSame: (other: { get(field: string): unknown; readonly id: string }) => boolean,
): WriteError | undefined {
  if (draft.before !== undefined) return undefined;
  const other = draft.objectType.where(key, draft.text(key)).find(isSame);
  if (other === undefined) return undefined;
  return refusal('DUPLICATE_VALUE', `duplicate value found: <unknown> duplicates value on record with id: ${other.id}`);
}
