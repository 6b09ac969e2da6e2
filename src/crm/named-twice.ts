/** Counted from 0. An owner is named by the place in the list: an address never goes into a message. */
export function ownerTwice(index: number, first: number): string {
  return `entry ${index + 1} of owners is the same owner as entry ${first + 1}: keep one of them`;
}

/** Those that name what an earlier one named. */
export function repeated<Key>(entries: readonly (readonly [Key, string])[]) {
  const firsts = new Map<string, Key>();
  return entries.flatMap(([key, text]) => {
    const name = text.trim();
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, key);
    return first === undefined ? [] : [{ key, name, first }];
  });
}
