import { normaliseEmail } from '../../leads/email.ts';
import type { Lead } from '../../leads/lead.ts';
import type { RelatedVersion } from '../crm.ts';
import { ACCOUNT, accountVersion } from './account-fields.ts';
import type { FieldColumn } from './field-columns.ts';
import type { Former } from './formers.ts';
import { type Column, columnText, flagOf, type Row, textOf, timeOf } from './row.ts';
import type { ContactPlace } from './write.ts';

/** A Lead or a Contact as a lead, with the addresses of what lives on in it: what was done under them counts for it. */
export function toLead(row: Row, fields: readonly FieldColumn[], formers: readonly Former[]): Lead {
  const values = fields.flatMap(({ field, column }) => {
    const value = columnText(row, column);
    return value === undefined ? [] : [[field, value] as const];
  });
  const emails = [textOf(row, 'Email'), ...formers.map(({ email }) => email)].map(normaliseEmail);
  const owner = userOf(row, 'OwnerId');
  const { accountId, isPersonAccount } = placeOf(row);
  return {
    id: textOf(row, 'Id') ?? '',
    formerIds: formers.map(({ id }) => id),
    emails: [...new Set(emails)].filter((email) => email !== undefined),
    fields: Object.fromEntries(values),
    createdAt: timeOf(row, 'CreatedDate') ?? 0,
    ...(owner === undefined ? {} : { ownerId: owner }),
    // A person account is a person and no company: nobody else's score goes with theirs.
    ...(accountId === undefined || isPersonAccount ? {} : { accountId }),
  };
}

/** Only orgs that have person accounts have this field of Contacts. */
export const PERSON_ACCOUNT = 'IsPersonAccount';

export function placeOf(row: Row): ContactPlace {
  return { accountId: textOf(row, 'AccountId'), isPersonAccount: flagOf(row, PERSON_ACCOUNT) };
}

/** The account of a Contact, as far as fields come from it: from these columns. */
export function accountOf(row: Row, columns: readonly Column[]): RelatedVersion | undefined {
  const id = textOf(row, 'AccountId');
  if (id === undefined || columns.length === 0) return undefined;
  return { source: ACCOUNT, id, version: accountVersion(columns, row, 'Account.') };
}

/** Who owns the account of a Contact; a person account is no company, and its owner is the person's own. */
export function accountOwner(row: Row): string | undefined {
  const { accountId, isPersonAccount } = placeOf(row);
  return accountId === undefined || isPersonAccount ? undefined : userOf(row, 'Account.OwnerId');
}

/** A Lead may also be a queue's, which is nobody. */
function userOf(row: Row, name: string): string | undefined {
  const id = textOf(row, name);
  return id?.startsWith(USER) ? id : undefined;
}

/** What the ids of users begin with. */
const USER = '005';
