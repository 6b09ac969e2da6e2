import type { CrmRecord, Value, Values } from './record.ts';
import type { RecordTable } from './record-table.ts';

/** A rule of the portal's administrators: once `when.property` has that value, the properties of `require` must have one. */
export interface RequiredRule {
  /** As in paths: `contacts`. */
  readonly objectType: string;
  readonly when: { readonly property: string; readonly value: string };
  readonly require: readonly string[];
}

/** The first release of the API in which writes of apps must keep the rules. */
const FIRST_ENFORCED = '2026-09';

/**
 * Which properties this write would leave empty against the rules. HubSpot does not say whether a write that leaves the
 * properties of a rule alone can break it; here it can, the stricter of the two.
 * @param version as in the path: `v3`, `2026-09`
 */
export function missingByRules<T extends CrmRecord>(
  rules: readonly RequiredRule[],
  { objectType, version, table }: { objectType: string; version: string; table: RecordTable<T> },
  values: Values,
  record: T | undefined,
): string[] {
  if (!version.startsWith('20') || version < FIRST_ENFORCED) return [];
  const afterwards = (property: string): Value | undefined =>
    Object.hasOwn(values, property) ? values[property] : record && table.valueOf(record, property);
  const broken = rules.filter(
    ({ objectType: of, when }) => of === objectType && String(afterwards(when.property) ?? '') === when.value,
  );
  return [...new Set(broken.flatMap(({ require }) => require))].filter(
    (property) => afterwards(property) === undefined,
  );
}
