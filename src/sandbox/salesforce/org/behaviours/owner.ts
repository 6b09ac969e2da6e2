import { actorOf } from '../actor-of.ts';
import type { Draft } from '../draft.ts';
import type { Org, Writing } from '../org.ts';
import { refusal, type WriteError } from '../write-result.ts';

/** A record belongs to whoever made it, unless somebody else is named. */
export function settleOwner(org: Org, draft: Draft, how: Writing): void {
  if (draft.get('OwnerId') === null) draft.set('OwnerId', draft.before?.get('OwnerId') ?? actorOf(org, how));
}

/** Nothing can be given to somebody who left. */
export function checkOwner(org: Org, draft: Draft): WriteError | undefined {
  const ownerId = draft.text('OwnerId');
  if (!draft.isChanged('OwnerId') || ownerId === '') return undefined;
  const owner = org.find(ownerId);
  if (owner?.type.name !== 'User' || owner.flag('IsActive')) return undefined;
  const message = `operation performed with inactive user [${ownerId}] as owner of ${draft.type.toLowerCase()}`;
  return refusal('INACTIVE_OWNER_OR_USER', message, ['OwnerId']);
}
