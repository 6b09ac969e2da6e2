import { nearestWord } from '../../base/nearest-word.ts';
import { fieldOfAccount } from './account-fields.ts';
import type { ObjectDescription } from './api/describe.ts';
import type { SalesforceConfig } from './config.ts';
import type { OrgProblem } from './org-problem.ts';

/** What our user sees of each object; of accounts nothing where no field comes from them. */
export type FieldDescriptions = Readonly<Record<'Lead' | 'Contact', ObjectDescription>> & {
  readonly Account?: ObjectDescription | undefined;
};

/** Fields of config that the org does not have, or does not show to our user, which Salesforce does not tell apart. */
export function fieldProblems(
  { fields }: Pick<SalesforceConfig, 'fields'>,
  { Lead, Contact, Account }: FieldDescriptions,
): OrgProblem[] {
  return Object.entries(fields).flatMap(([field, { lead, contact }]) => {
    const ofAccount = contact === undefined ? undefined : fieldOfAccount(contact);
    const path = ['fields', field];
    const problems = [
      ...unknownField(path, Lead, lead),
      ...(ofAccount === undefined ? unknownField(path, Contact, contact) : []),
      ...(Account === undefined ? [] : unknownField(path, Account, ofAccount)),
    ];
    // One name for both that neither has is one mistake.
    return problems.length === 2 && lead === contact ? problems.slice(0, 1) : problems;
  });
}

/** A field that is to be read and that our user does not see. */
export function unknownField(
  path: readonly string[],
  { name: object, fields }: ObjectDescription,
  name: string | undefined,
): OrgProblem[] {
  const names = fields.map((each) => each.name);
  if (name === undefined || names.some((each) => each.toLowerCase() === name.toLowerCase())) return [];
  const nearest = nearestWord(name, names);
  const advice =
    nearest === undefined
      ? `look it up under Setup, Object Manager, ${object}, and grant it to the integration user`
      : `did you mean "${nearest}"?`;
  return [{ path, message: `the integration user sees no field "${name}" of ${object}: ${advice}` }];
}
