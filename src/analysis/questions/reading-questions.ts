import { inWords } from '../../base/in-words.ts';
import { DOMAIN_KINDS } from '../../leads/email-domain.ts';
import { FUNCTIONS } from '../../leads/job-function-table.ts';
import { SENIORITIES } from '../../leads/seniority-table.ts';
import type { Feature } from '../history.ts';

/** A question that no criterion of a model asks yet; what its feature is called is decided once all of them are known. */
export type Candidate = Omit<Feature, 'id' | 'points'>;

/**
 * What the model language reads out of texts that differ from lead to lead: rank and function of a job title, the kind of an address. As
 * it does so by the config's own words, only the scorer can tell for whom they hold.
 * @param titles the fields that hold job titles.
 */
export function readingQuestions(fields: readonly string[], titles: ReadonlySet<string>): Candidate[] {
  return fields.flatMap((field) => {
    if (field === 'email') return DOMAIN_KINDS.map((kind) => candidate(field, `address is ${kind}`, { domain: kind }));
    if (!titles.has(field)) return [];
    return [
      ...SENIORITIES.map((rank) => candidate(field, `ranks as ${rank}`, { seniority: rank })),
      ...FUNCTIONS.map((one) => candidate(field, `is in ${inWords(one).toLowerCase()}`, { function: one })),
    ];
  });
}

function candidate(field: string, what: string, asked: Readonly<Record<string, string>>): Candidate {
  const source = nameOfField(field);
  return { name: `${source} ${what}`, source, dimension: 'fit', when: { field, ...asked } };
}

/** Which of the fields hold job titles: those that a model asks for a rank or a function, and those that are called so. */
export function titleFields(fields: readonly string[], conditions: readonly unknown[]): ReadonlySet<string> {
  const asked = new Set(conditions.flatMap(readAsTitle));
  return new Set(fields.filter((field) => asked.has(field) || /(?:^|_)(?:job|title|position|role)(?:_|$)/.test(field)));
}

function readAsTitle(when: unknown): string[] {
  if (Array.isArray(when)) return when.flatMap(readAsTitle);
  if (typeof when !== 'object' || when === null) return [];
  if ('field' in when && ('seniority' in when || 'function' in when)) return [String(when.field)];
  return Object.values(when).flatMap(readAsTitle);
}

/** A field for people: `job_title` is `Job title`. */
export function nameOfField(field: string): string {
  return inWords(field.replaceAll('_', '-'));
}
