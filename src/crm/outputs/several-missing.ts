/** As many as one line names. */
const MOST_NAMED = 5;

/** `11 properties are missing on contacts (leadgauge_route, … and 6 more)`, of more than one. */
export function severalMissing(things: string, on: string, names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  const named = names.slice(0, MOST_NAMED).join(', ');
  return `${names.length} ${things} are missing on ${on} (${named}${more > 0 ? ` and ${more} more` : ''})`;
}

/** Where config names them: the key that they share, or that of the first. */
export function placeOfAll(paths: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = paths;
  const parent = first.slice(0, -1);
  const isShared = paths.every((path) => path.slice(0, -1).join('.') === parent.join('.'));
  return isShared ? parent : first.slice(0, 1);
}
