import { commit, writeValue } from '../commit.ts';
import { Draft } from '../draft.ts';
import { fullName } from '../full-name.ts';
import type { Org, OrgChange, Writing } from '../org.ts';
import type { SalesforceRecord } from '../record.ts';
import type { Behaviour } from './behaviour.ts';
import { checkOwner, settleOwner } from './owner.ts';

/** An account that is given a last name is a person; each has a contact, and what is written to the one shows on the other. */
export const accountBehaviour: Behaviour = {
  check: checkOwner,
  settle(org, draft, how) {
    settleOwner(org, draft, how);
    if (draft.before === undefined && draft.get('LastName') !== null) draft.set('IsPersonAccount', true);
    if (draft.get('IsPersonAccount') === true)
      draft.set('Name', fullName(draft.text('FirstName'), draft.text('LastName')));
  },
  follow(org, change, how) {
    const { record, kind } = change;
    if (!record.flag('IsPersonAccount')) return;
    if (kind === 'created') addContact(org, record, how);
    else if (kind === 'updated') followAccount(org, change, how);
  },
};

/** What an act wrote to the contact shows on its account. */
export function followContact(org: Org, { record, kind, fields }: OrgChange, how: Writing): void {
  if (kind !== 'updated' || !record.flag('IsPersonAccount')) return;
  const account = org.find(record.text('AccountId') ?? '');
  if (account === undefined) return;
  const draft = new Draft(account.type, account);
  for (const { name, mirrors } of account.type.fields()) {
    if (mirrors !== undefined && fields.includes(mirrors)) draft.set(name, record.get(mirrors));
  }
  draft.set('Name', record.get('Name'));
  commitChanged(org, draft, how);
}

function followAccount(org: Org, { record, fields }: OrgChange, how: Writing): void {
  const contact = org.find(record.text('PersonContactId') ?? '');
  if (contact === undefined) return;
  const draft = new Draft(contact.type, contact);
  for (const { name, mirrors } of record.type.fields()) {
    if (mirrors !== undefined && fields.includes(name)) draft.set(mirrors, record.get(name));
  }
  if (fields.includes('OwnerId')) draft.set('OwnerId', record.get('OwnerId'));
  draft.set('Name', record.get('Name'));
  commitChanged(org, draft, how);
}

function addContact(org: Org, account: SalesforceRecord, how: Writing): void {
  const draft = new Draft(org.type('Contact'));
  for (const { name, mirrors } of account.type.fields())
    if (mirrors !== undefined) draft.set(mirrors, account.get(name));
  draft.set('AccountId', account.id);
  draft.set('IsPersonAccount', true);
  draft.set('Name', account.get('Name'));
  draft.set('OwnerId', account.get('OwnerId'));
  const contact = commit(org, draft, how);
  writeValue(account, 'PersonContactId', contact.id);
}

/** Each follows the other: what is the same already goes no further. */
function commitChanged(org: Org, draft: Draft, how: Writing): void {
  if ([...draft.changes].some(([{ name }]) => draft.isChanged(name))) commit(org, draft, how);
}
