import type { Org, Writing } from '../org.ts';
import type { SalesforceRecord } from '../record.ts';
import type { WriteResult } from '../write-result.ts';

/** The id of what was written. @throws Error where the org refused it */
export function done(result: WriteResult): string {
  if (result.success) return result.id;
  throw new Error(result.errors.map(({ statusCode, message }) => `${statusCode}: ${message}`).join('\n'));
}

export function insertBy(
  org: Org,
  type: string,
  values: Readonly<Record<string, unknown>>,
  how: Writing,
): SalesforceRecord {
  return org.get(done(org.insert(type, values, how)));
}

export function updateBy(org: Org, id: string, values: Readonly<Record<string, unknown>>, how: Writing): void {
  done(org.update(id, values, how));
}
