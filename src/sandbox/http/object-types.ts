/** Object type ids and singular names, as calls may give them, with the name that the sandbox's routes have. */
const NAMES: Readonly<Record<string, string>> = {
  '0-1': 'contacts',
  contact: 'contacts',
  '0-2': 'companies',
  company: 'companies',
  '0-3': 'deals',
  deal: 'deals',
  '0-27': 'tasks',
  task: 'tasks',
  '0-47': 'meetings',
  meeting: 'meetings',
  '0-48': 'calls',
  call: 'calls',
  '0-49': 'emails',
  email: 'emails',
};

/** `contacts` for `0-1`, `contact` and `contacts`; what is no type of record stays as it is. */
export function nameOfType(given: string): string {
  return NAMES[given] ?? given;
}

/** A path with the types of records in it by their usual names. Only where a type can stand: properties are called `email`, too. */
export function withTypeNames(segments: readonly string[]): string[] {
  const [area, part] = segments;
  if (area !== 'crm') return [...segments];
  return segments.map((one, place) => {
    const before = segments[place - 1];
    const isType =
      place === 3 ||
      (place === 4 && part === 'associations') ||
      (part === 'objects' && place > 4 && (before === 'associations' || before === 'default'));
    return isType ? nameOfType(one) : one;
  });
}
