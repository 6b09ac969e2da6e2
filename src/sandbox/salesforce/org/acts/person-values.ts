import type { Org } from '../org.ts';

/** Values of a contact under the names that they have on a person account: `PersonEmail` for `Email`. */
export function personValues(org: Org, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = new Map<string, string>();
  for (const { name, mirrors } of org.type('Account').fields()) if (mirrors !== undefined) names.set(mirrors, name);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [names.get(name) ?? name, value]));
}
