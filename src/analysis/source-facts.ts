import { asksActivity } from './asks-activity.ts';
import type { ChangedAfter } from './changed-after.ts';
import type { Feature, History } from './history.ts';
import type { ColumnFacts } from './leakage.ts';
import { fieldsAsked } from './questions/own-questions.ts';
import { nameOfField } from './questions/reading-questions.ts';
import { aucOfCategories } from './statistics/auc-of-categories.ts';
import { isNoAnswer } from './table/no-answer.ts';

export interface SourceFactsOptions {
  /** By field, for whom it was changed after the purchase, where that is known. */
  readonly changed?: ReadonlyMap<string, ChangedAfter>;
  /** Fields that a model asks for, to be told of even where they held nothing that a feature is about. */
  readonly asked?: readonly string[];
}

/**
 * What each source of a history's features tells alone, for `leakageOf`: each question of a model, each thing that was done, and each column
 * or field, of which leads are alike while the same of its features hold. Where one of these asks for leads without a value, also for whom
 * the source is filled in.
 */
export function sourceFacts(history: History, { changed, asked = [] }: SourceFactsOptions = {}): ColumnFacts[] {
  const { features } = history;
  const bySource = Map.groupBy(features.keys(), (place) => standingAlone(features[place]));
  const facts = [...bySource].map(([name, places]) => factsOf(name, places, history));
  const told = facts.map((fact): ColumnFacts => {
    const { fields = [], isQuestion } = fact;
    const changedAfter = isQuestion || fields.length !== 1 ? undefined : changed?.get(fields[0] ?? '');
    return changedAfter === undefined ? fact : { ...fact, changedAfter };
  });
  const columns = new Set(told.flatMap(({ fields = [], isQuestion }) => (isQuestion ? [] : fields)));
  const silent = [...new Set(asked)].flatMap((field): ColumnFacts[] => {
    const changedAfter = columns.has(field) ? undefined : changed?.get(field);
    return changedAfter === undefined ? [] : [{ name: nameOfField(field), auc: 0.5, fields: [field], changedAfter }];
  });
  return [...told, ...silent];
}

/** Our names of the fields that a feature asks for. */
export function fieldsOf({ fields, when }: Pick<Feature, 'fields' | 'when'>): readonly string[] {
  return fields ?? [...new Set(fieldsAsked(when))];
}

/** Under which name it is looked at alone, as people leave it out. */
function standingAlone(feature: Feature | undefined): string {
  if (feature === undefined) return '';
  const { id, name, source, when } = feature;
  if (isOfModel(feature)) return id;
  return asksActivity(when) && !asksAnyOfIts(when) ? name : source;
}

/** What a model gives points for, or a flag. */
function isOfModel({ points, when }: Feature): boolean {
  return points !== undefined || when === undefined;
}

/** `{ activity: page-view }`, whichever page. */
function asksAnyOfIts(when: unknown): boolean {
  return typeof when === 'object' && when !== null && Object.keys(when).length === 1;
}

function factsOf(name: string, places: readonly number[], { bought, features, leadsOf }: History): ColumnFacts {
  const own = places.flatMap((place) => features[place] ?? []);
  const lists = places.map((place) => leadsOf[place] ?? NOBODY);
  const [only = NOBODY, ...others] = lists;
  const empty = places.find((place) => asksForNothing(features[place]));
  const isQuestion = own.some((feature) => isOfModel(feature) || asksActivity(feature.when));
  const fields = [...new Set(own.flatMap(fieldsOf))];
  return {
    name,
    auc: others.length === 0 ? aucOfOne(only, bought) : aucOfCategories(alike(lists, bought.length), bought),
    ...(empty !== undefined && !isQuestion && filledIn(leadsOf[empty] ?? NOBODY, bought)),
    ...(fields.length > 0 && { fields }),
    ...(isQuestion && { isQuestion }),
  };
}

const NOBODY = new Uint32Array();

/** The AUC of a single question, on whichever side of 0.5 it is: two rates can be told from few leads, and need no other ones. */
function aucOfOne(leads: Uint32Array, bought: Uint8Array): number {
  const buyers = bought.reduce((sum, each) => sum + each, 0);
  const held = leads.reduce((sum, lead) => sum + (bought[lead] ?? 0), 0);
  return (1 + held / buyers - (leads.length - held) / (bought.length - buyers)) / 2;
}

/** By lead, the number of its kind: leads are of one kind while the same lists have them. */
function alike(lists: readonly Uint32Array[], count: number): Uint32Array {
  const kindOf = new Uint32Array(count);
  let kinds = 1;
  for (const leads of lists) {
    const split = new Map<number, number>();
    for (const lead of leads) {
      const before = kindOf[lead] ?? 0;
      const kind = split.get(before) ?? kinds;
      if (kind === kinds) kinds += 1;
      split.set(before, kind);
      kindOf[lead] = kind;
    }
  }
  return kindOf;
}

/** `{ field: country, missing: true }`, and `{ field: country, in: ["", Select] }` where all of these stand for no answer. */
function asksForNothing(feature: Feature | undefined): boolean {
  const when = feature?.when;
  if (typeof when !== 'object' || when === null) return false;
  if ('missing' in when) return when.missing === true;
  return 'in' in when && Array.isArray(when.in) && when.in.every((one) => isNoAnswer(String(one).toLowerCase()));
}

function filledIn(without: Uint32Array, bought: Uint8Array): Pick<ColumnFacts, 'filledForBuyers' | 'filledForOthers'> {
  const buyers = bought.reduce((sum, each) => sum + each, 0);
  const buyersWithout = without.reduce((sum, lead) => sum + (bought[lead] ?? 0), 0);
  const othersWithout = without.length - buyersWithout;
  return {
    filledForBuyers: 1 - buyersWithout / buyers,
    filledForOthers: 1 - othersWithout / (bought.length - buyers),
  };
}
