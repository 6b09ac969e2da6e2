import type { Org, Writing } from '../org.ts';
import { updateBy } from './done.ts';

/** Makes every record that names one id name another. @param places `Task.WhoId` and the like */
export function repoint(org: Org, fromId: string, toId: string, places: readonly string[], how: Writing): void {
  for (const place of places) {
    const [type = '', field = ''] = place.split('.');
    for (const record of org.type(type).where(field, fromId)) updateBy(org, record.id, { [field]: toId }, how);
  }
}
