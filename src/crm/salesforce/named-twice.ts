import { ownerTwice } from '../named-twice.ts';

interface Named {
  readonly campaigns: Readonly<Record<string, { readonly campaign: string }>>;
  readonly nurture: Readonly<Record<string, { readonly campaign: string }>>;
  readonly tasks: { readonly owners: readonly string[] };
  readonly permission_sets: { readonly sales_users: readonly string[] };
}

interface Twice {
  readonly path: PropertyKey[];
  readonly message: string;
}

/** What config names a second time in the same words. That other words name the same shows in the org. */
export function namedTwice({ campaigns, nurture, tasks, permission_sets }: Named): Twice[] {
  const byKey = Object.entries(campaigns).map(([key, { campaign }]) => [key, campaign.trim()] as const);
  return [
    ...Object.entries(nurture).flatMap(([rule, { campaign }]) => {
      const scored = byKey.find(([, name]) => name.toLowerCase() === campaign.toLowerCase())?.[0];
      const path = ['nurture', rule, 'campaign'];
      return scored === undefined ? [] : [{ path, message: campaignScored(campaign, scored) }];
    }),
    ...repeated(byKey).map(({ key, name, first }) => ({
      path: ['campaigns', key],
      message: campaignTwice(name, first),
    })),
    ...repeated(inLowerCase(tasks.owners)).map(({ key, first }) => ({
      path: ['tasks', 'owners', key],
      message: ownerTwice(key, first),
    })),
    ...repeated(inLowerCase(permission_sets.sales_users)).map(({ key, first }) => ({
      path: ['permission_sets', 'sales_users', key],
      message: `entry ${key + 1} of sales_users is the same user as entry ${first + 1}: keep one of them`,
    })),
  ];
}

export function campaignTwice(name: string, first: string): string {
  return `"${name}" is already ${first}: a campaign has one key, so keep one of them`;
}

/** Whoever is put there would count as somebody who responded, where new members do. */
export function campaignScored(name: string, key: string): string {
  return `"${name}" is already campaigns.${key}, whose responses are scored: name a campaign for the series alone`;
}

function inLowerCase(users: readonly string[]): (readonly [number, string])[] {
  return users.map((user, index) => [index, user.trim().toLowerCase()] as const);
}

function repeated<Key>(entries: readonly (readonly [Key, string])[]) {
  const firsts = new Map<string, Key>();
  return entries.flatMap(([key, name]) => {
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, key);
    return first === undefined ? [] : [{ key, name, first }];
  });
}
