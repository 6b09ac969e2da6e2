import { z } from 'zod';
import type { CallOptions } from '../crm.ts';
import { ownerTwice } from '../named-twice.ts';
import type { SalesforceApi } from './api/api.ts';
import { queryPages } from './api/query.ts';
import { isSalesforceId, longId } from './api/record-id.ts';
import { oneOf, oneOfTexts } from './api/soql.ts';
import type { SalesforceConfig } from './config.ts';
import type { OrgProblem } from './org-problem.ts';

/** A user's id of 18 characters; `'missing'` for whom the org does not have, or no longer active. */
export type FoundUser = string | 'missing';

/**
 * Active users by e-mail address, user name or id, in the order of `wanted`; one query, and none for nobody. Of several users with one
 * address the one whose user name it is, else the one with the lowest id.
 */
export async function findUsers(
  api: SalesforceApi,
  wanted: readonly string[],
  options?: CallOptions,
): Promise<FoundUser[]> {
  const names = wanted.map((name) => name.trim());
  if (names.length === 0) return [];
  const ids = names.filter(isUserId);
  const texts = names.filter((name) => !isUserId(name));
  const byWhat = [
    ...(ids.length === 0 ? [] : [`Id IN ${oneOf(ids)}`]),
    ...(texts.length === 0 ? [] : [`Email IN ${oneOfTexts(texts)}`, `Username IN ${oneOfTexts(texts)}`]),
  ];
  const soql = `SELECT Id,Email,Username FROM User WHERE IsActive = true AND (${byWhat.join(' OR ')}) ORDER BY Id`;
  const users: User[] = [];
  for await (const page of queryPages(api, soql, userSchema, { kind: 'setup', ...options })) users.push(...page);
  return names.map((name) => {
    const same = (text: string | null | undefined) => text?.toLowerCase() === name.toLowerCase();
    const found = isUserId(name)
      ? users.find(({ Id }) => Id === longId(name))
      : (users.find(({ Username }) => same(Username)) ?? users.find(({ Email }) => same(Email)));
    return found?.Id ?? 'missing';
  });
}

/** The people that config names: who gets leads without an owner, in turn, and whose the task of such a lead is. */
export interface FoundOwners {
  readonly inTurn: readonly FoundUser[];
  readonly fallback: FoundUser | undefined;
}

export async function findOwners(
  api: SalesforceApi,
  { tasks }: Pick<SalesforceConfig, 'tasks'>,
  options?: CallOptions,
): Promise<FoundOwners> {
  const { owners, fallback_owner: fallback } = tasks;
  const found = await findUsers(api, [...owners, ...(fallback === undefined ? [] : [fallback])], options);
  return { inTurn: found.slice(0, owners.length), fallback: found[owners.length] };
}

/** An owner is named by the place in the list: an address never goes into a message. */
export function ownerProblems({ inTurn, fallback }: FoundOwners): OrgProblem[] {
  const unknown = (what: string) =>
    `${what} is no active user of the org, neither by e-mail address or user name nor by id: look under Setup, Users`;
  const listed = inTurn.flatMap((owner, index): OrgProblem[] => {
    const first = inTurn.indexOf(owner);
    const path = ['tasks', 'owners', index];
    if (owner === 'missing') return [{ path, message: unknown(`entry ${index + 1} of owners`) }];
    return first === index ? [] : [{ path, message: ownerTwice(index, first) }];
  });
  if (fallback !== 'missing') return listed;
  return [{ path: ['tasks', 'fallback_owner'], message: unknown('fallback_owner') }, ...listed];
}

/** A lead may also belong to a queue (00G...), which can own no task. */
export function isUserId(id: string): boolean {
  return isSalesforceId(id) && id.startsWith('005');
}

const userSchema = z.looseObject({ Id: z.string(), Email: z.string().nullish(), Username: z.string().nullish() });
type User = z.output<typeof userSchema>;
