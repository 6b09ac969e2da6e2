/** Whether a condition, as YAML has it, is about something done: an activity stands alone, or in `all`. */
export function asksActivity(when: unknown): boolean {
  if (typeof when !== 'object' || when === null) return false;
  if ('activity' in when) return true;
  return 'all' in when && Array.isArray(when.all) && when.all.some(asksActivity);
}
