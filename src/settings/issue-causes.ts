import type { z } from 'zod';
import { meantWord } from './other-words.ts';
import { type KnownKeys, MOST_EXPLAINED } from './unknown-key.ts';

type Issue = z.core.$ZodIssue;

/**
 * The issues without those that only follow from others. A mistyped or misplaced key is one problem, though it is missing in
 * its right form or place too, and rules about the whole object fail for want of it.
 */
export function causesOf(issues: readonly Issue[], known: KnownKeys): Issue[] {
  const missing = Map.groupBy(issues.filter(isMissing), ({ path }) => placeOf(path.slice(0, -1)));
  const wrongType = new Set(issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => placeOf(path)));
  const unknownAt = new Set<string>();
  const unknown = new Set<PropertyKey>();
  const meant = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const place = placeOf(issue.path);
    unknownAt.add(place);
    for (const key of issue.keys) unknown.add(key);
    for (const word of meantBy(issue.keys, known.get(issue.keys) ?? [], missing.get(place) ?? [])) {
      meant.add(placeOf([...issue.path, word]));
    }
  }
  return issues.filter((issue) => {
    const place = placeOf(issue.path);
    if (isMissing(issue)) return !meant.has(place) && !unknown.has(issue.path.at(-1) ?? '');
    if (issue.code === 'custom') return !unknownAt.has(place);
    return !((issue.code === 'too_small' || issue.code === 'too_big') && wrongType.has(place));
  });
}

export function isMissing(issue: Issue): boolean {
  return issue.code !== 'custom' && issue.path.length > 0 && issue.input === undefined;
}

/** The keys that somebody meant who wrote others. */
function meantBy(keys: readonly string[], allowed: readonly string[], missing: readonly Issue[]): PropertyKey[] {
  const meant = keys.slice(0, MOST_EXPLAINED).flatMap((key) => meantWord(key, allowed) ?? []);
  // As many strange keys as are missing: they are these, in words that nobody here knows.
  return meant.length === 0 && missing.length === keys.length ? missing.map(({ path }) => path.at(-1) ?? '') : meant;
}

function placeOf(path: readonly PropertyKey[]): string {
  return JSON.stringify(path);
}
