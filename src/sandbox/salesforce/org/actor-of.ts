import type { Org, Writing } from './org.ts';

/** The id of the user in whose name something is written. */
export function actorOf(org: Org, { by, as }: Writing): string {
  return by ?? as ?? org.users[0]?.id ?? '';
}
