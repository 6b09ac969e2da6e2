const LONGEST = 60;

/** An id for a criterion with this name, in words of its own: `lead-source-is-reference`. It is added to those taken. */
export function featureId(name: string, taken: Set<string>): string {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .match(/[a-z0-9]+/g);
  const id = shortened(words?.join('-') ?? 'value', LONGEST);
  let free = id;
  for (let count = 2; taken.has(free); count++) {
    const end = `-${count}`;
    free = `${shortened(id, LONGEST - end.length)}${end}`;
  }
  taken.add(free);
  return free;
}

/** Whole words, where there is more than one. */
function shortened(id: string, longest: number): string {
  if (id.length <= longest) return id;
  const end = id.lastIndexOf('-', longest);
  return id.slice(0, end > 0 ? end : longest);
}
