/** `Ada Lovelace`; null for somebody without a name. */
export function fullName(first: string, last: string): string | null {
  return `${first} ${last}`.trim().slice(0, 121) || null;
}
