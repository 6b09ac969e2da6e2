import type { Finding } from '../crm.ts';
import { fieldOfAccount } from './account-fields.ts';
import type { ObjectDescription } from './api/describe.ts';
import type { SalesforceConfig } from './config.ts';
import type { FieldDescriptions } from './field-problems.ts';

/**
 * One finding for all fields that are formulas or roll-ups: what they say may change while the record stays as it is, and Salesforce
 * keeps no time of that.
 */
export function formulaFindings(
  { fields }: Pick<SalesforceConfig, 'fields'>,
  { Lead, Contact, Account }: FieldDescriptions,
): Finding[] {
  const formulas = Object.values(fields).flatMap(({ lead, contact }) => {
    const ofAccount = contact === undefined ? undefined : fieldOfAccount(contact);
    return [
      ...formula(Lead, lead),
      ...(ofAccount === undefined ? formula(Contact, contact) : []),
      ...(Account === undefined ? [] : formula(Account, ofAccount)),
    ];
  });
  if (formulas.length === 0) return [];
  const message = `${[...new Set(formulas)].join(', ')}: Salesforce calculates these and does not say when they change. A lead has the new value once anything else about it changes, and otherwise by the weekly refresh. For a quicker answer let a flow copy the value into a field of its own`;
  return [{ level: 'warning', message }];
}

function formula({ name: object, fields }: ObjectDescription, name: string | undefined): string[] {
  const field = fields.find((each) => each.name.toLowerCase() === name?.toLowerCase());
  return field?.calculated === true ? [`${object}.${field.name}`] : [];
}
