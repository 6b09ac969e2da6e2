import { suggestion } from '../../base/nearest-word.ts';
import type { Lead } from '../../leads/lead.ts';
import type { LeadRecord, SalesWord } from '../crm.ts';
import type { ObjectDescription } from './api/describe.ts';
import type { SalesforceConfig } from './config.ts';
import { unknownField } from './field-problems.ts';
import type { Former } from './formers.ts';
import type { OrgProblem } from './org-problem.ts';
import type { PersonKind } from './person-kind.ts';
import { STATUS_KEYS } from './sales-config.ts';

type StatusConfig = Pick<SalesforceConfig, 'sales_status'>;

/** By which field of records of this kind sales say what they make of them; undefined where by none. */
export function statusField(kind: PersonKind, { sales_status: status }: StatusConfig): string | undefined {
  if (status === 'off') return undefined;
  return kind === 'Lead' ? status.lead : status.contact;
}

/** By which field of records of this kind sales say why they gave a lead back; undefined where by none. */
export function reasonField(kind: PersonKind, { sales_status: status }: StatusConfig): string | undefined {
  if (status === 'off') return undefined;
  return kind === 'Lead' ? status.reason.lead : status.reason.contact;
}

/** What a value of that field means; undefined for one that config does not name. */
export function salesWordOf({ sales_status: status }: StatusConfig, value: string | undefined): SalesWord | undefined {
  if (status === 'off' || value === undefined) return undefined;
  const key = STATUS_KEYS.find((each) => status[each].includes(value));
  return key && WORDS[key];
}

/**
 * A Lead that sales converted since it was routed to them is theirs, whatever its status says no longer: the Contact that came of it is
 * as old as the conversion. Routed to them again, it is to be followed up as any other.
 */
export function saidByConversion(
  { createdAt }: Pick<Lead, 'createdAt'>,
  outputs: LeadRecord['outputs'],
  formers: readonly Former[],
): SalesWord | undefined {
  if (!formers.some(({ how }) => how === 'converted')) return undefined;
  const routed = Object.values(outputs).flatMap(({ routedAt }) => routedAt ?? []);
  return routed.length > 0 && Math.max(...routed) <= createdAt ? 'working' : undefined;
}

const WORDS = { working: 'working', not_now: 'not-now', rejected: 'rejected' } as const;

/** Where config names a field or a value of sales that the org does not have. */
export function statusProblems(
  { sales_status: status }: StatusConfig,
  { Lead, Contact }: Readonly<Record<PersonKind, ObjectDescription>>,
): OrgProblem[] {
  if (status === 'off') return [];
  const { lead, contact, reason } = status;
  const reasons = [
    ...reasonProblems(['sales_status', 'reason', 'lead'], Lead, reason.lead),
    ...reasonProblems(['sales_status', 'reason', 'contact'], Contact, reason.contact),
  ];
  const unknown = [
    ...unknownField(['sales_status', 'lead'], Lead, lead),
    ...unknownField(['sales_status', 'contact'], Contact, contact),
  ];
  return [...(unknown.length > 0 ? unknown : valueProblems(status, Lead, Contact)), ...reasons];
}

/** What people type freely may name somebody, and what is typed once each cannot be counted. */
function reasonProblems(path: readonly string[], object: ObjectDescription, name: string | undefined): OrgProblem[] {
  const fields = fieldCalled(object, name);
  if (fields.every(({ type }) => type === 'picklist' || type === 'multipicklist'))
    return unknownField(path, object, name);
  const message = `"${name}" of ${object.name} is no picklist: name a field that is one, for a review counts and shows its values`;
  return [{ path, message }];
}

function valueProblems(
  status: Exclude<SalesforceConfig['sales_status'], 'off'>,
  Lead: ObjectDescription,
  Contact: ObjectDescription,
): OrgProblem[] {
  const { lead, contact } = status;
  const fields = [...fieldCalled(Lead, lead), ...fieldCalled(Contact, contact)];
  // What is no picklist can hold any word.
  if (fields.some(({ type }) => type !== 'picklist')) return [];
  const values = fields.flatMap(({ picklistValues }) =>
    picklistValues.flatMap(({ active, value }) => (active ? value : [])),
  );
  const which = [`Lead.${lead}`, ...(contact === undefined ? [] : [`Contact.${contact}`])].join(' or ');
  return STATUS_KEYS.flatMap((key) =>
    status[key].flatMap((word, place): OrgProblem[] => {
      if (values.includes(word)) return [];
      const message = `the org has no value "${word}" of ${which}${suggestion(word, new Set(values))}`;
      return [{ path: ['sales_status', key, place], message }];
    }),
  );
}

/** Salesforce does not tell names apart by case. */
function fieldCalled({ fields }: ObjectDescription, name: string | undefined) {
  return fields.filter((field) => field.name.toLowerCase() === name?.toLowerCase());
}
