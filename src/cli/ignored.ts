import { activitiesAsked, asksActivity } from '../analysis/asks-activity.ts';
import type { Feature, History } from '../analysis/history.ts';
import { fieldsAsked } from '../analysis/questions/own-questions.ts';
import { nameOfField } from '../analysis/questions/reading-questions.ts';
import { ConfigError } from '../base/errors.ts';
import { inWords } from '../base/in-words.ts';
import { nearestWord, suggestion } from '../base/nearest-word.ts';
import { ACTIVITY_TYPES } from '../leads/activity.ts';
import { fieldOfColumn } from '../leads/field-of-column.ts';

/** What is left out of a suggestion. */
export interface Ignored {
  readonly fields: ReadonlySet<string>;
  /** Whether a feature asks for such a field or activity, or is left out itself. */
  has(feature: Feature): boolean;
}

interface Known {
  /** Our names of the fields that leads have. */
  readonly fields: readonly string[];
  /** The model's own features. */
  readonly own: readonly Feature[];
}

/**
 * Fields by their names in config, or as people write them; kinds of activity, `Page view`, and single ones, `Page view: /pricing`; criteria
 * of the model by their ids. `Last*` stands for all whose names begin so. @throws ConfigError for a name of none of these.
 */
export function ignoredBy(names: readonly string[], { fields, own }: Known): Ignored {
  const ids = new Set(names.flatMap((name) => own.flatMap(({ id }) => (matches(name, id) ? [id] : []))));
  const leftOut = new Set(names.flatMap((name) => fieldsNamed(name, fields)));
  const types = new Set(ACTIVITY_TYPES.filter((type) => names.some((name) => matches(name, inWords(type)))));
  for (const name of names) {
    if (own.some(({ id }) => matches(name, id)) || fieldsNamed(name, fields).length > 0 || isDoing(name)) continue;
    const known = [...fields.map(nameOfField), ...ACTIVITY_TYPES.map(inWords), ...own.map(({ id }) => id)];
    throw new ConfigError(
      `no lead has a field ${JSON.stringify(name)}, and no activity or criterion is called so${suggestion(name, known)}`,
    );
  }
  return {
    fields: leftOut,
    has: ({ id, name, when, points }) =>
      ids.has(id) ||
      fieldsAsked(when).some((field) => leftOut.has(field)) ||
      activitiesAsked(when).some((type) => types.has(type)) ||
      (points === undefined && asksActivity(when) && names.some((one) => matches(one, name))),
  };
}

/** Names of single things done that nothing in the history is called by, in sentences: only when all is read is it known what leads did. */
export function ignoredInVain(names: readonly string[], history: History): string[] {
  const done = history.features.flatMap(({ name, when, points }) =>
    points === undefined && asksActivity(when) ? [name] : [],
  );
  const vain = names.filter((name) => isSingleDoing(name) && !done.some((one) => matches(name, one)));
  return vain.map((name) => {
    const nearest = nearestWord(name, done);
    const meant = nearest === undefined ? '.' : `: did you mean ${JSON.stringify(nearest)}?`;
    return `--ignore ${JSON.stringify(name)} left nothing out: nothing that enough leads did is called so${meant}`;
  });
}

/** The history without the features that are left out. */
export function withoutIgnored(history: History, { has }: Ignored): History {
  const kept = history.features.flatMap((feature, place) => (has(feature) ? [] : [place]));
  return {
    ...history,
    features: kept.flatMap((place) => history.features[place] ?? []),
    leadsOf: kept.flatMap((place) => history.leadsOf[place] ?? []),
  };
}

function fieldsNamed(name: string, fields: readonly string[]): string[] {
  const field = fieldOfColumn(name.replace(/\*$/, '')) ?? '';
  if (field === '') return [];
  return fields.filter((one) => (name.endsWith('*') ? one.startsWith(field) : one === field));
}

/** Whether it is called as an activity is, be there such a one or not. */
function isDoing(name: string): boolean {
  return isSingleDoing(name) || KINDS.some((kind) => matches(name, kind));
}

function isSingleDoing(name: string): boolean {
  return KINDS.some((kind) => name.toLowerCase().startsWith(`${kind}: `));
}

const KINDS = ACTIVITY_TYPES.map((type) => inWords(type).toLowerCase());

function matches(asked: string, name: string): boolean {
  const [one, other] = [asked.toLowerCase(), name.toLowerCase()];
  return one.endsWith('*') ? other.startsWith(one.slice(0, -1)) : one === other;
}
