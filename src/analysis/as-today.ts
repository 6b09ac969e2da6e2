import type { Feature } from './history.ts';
import { nameOfField } from './questions/reading-questions.ts';
import { fieldsOf } from './source-facts.ts';

/** The feature with those of its fields that count as they are now. @param asToday all fields of which that is so. */
export function markAsToday(feature: Feature, asToday: ReadonlySet<string>): Feature {
  const own = fieldsOf(feature).filter((field) => asToday.has(field));
  return own.length === 0 ? feature : { ...feature, asToday: own };
}

/** What to say beside a criterion that asks for such fields; nothing of any other. */
export function asTodayText({ asToday = [] }: Pick<Feature, 'asToday'>): string[] {
  if (asToday.length === 0) return [];
  const counts = asToday.length === 1 ? 'counts' : 'count';
  return [`${listed(asToday.map(nameOfField))} ${counts} as today: what was there before is not known of every lead.`];
}

/** Which criteria ask for such fields, by the fields; nothing where none does. @param what they rest on: `points`, `verdicts`. */
export function asTodayWarning(criteria: readonly Pick<Feature, 'id' | 'asToday'>[], what: string): string[] {
  const fields = [...new Set(criteria.flatMap(({ asToday = [] }) => asToday))];
  if (fields.length === 0) return [];
  const each = fields.map((field) => {
    const ids = criteria.filter(({ asToday = [] }) => asToday.includes(field)).map(({ id }) => id);
    return `${nameOfField(field)} (${ids.join(', ')})`;
  });
  return [
    `What these fields held before is not known, or not of all leads, so that they count as today: ${each.join('; ')}. The ${what} of the ` +
      'criteria in brackets flatter where such a field is filled in with the purchase or after it.',
  ];
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
