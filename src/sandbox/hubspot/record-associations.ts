import { z } from 'zod';
import { invalid } from '../http/answer.ts';
import { nameOfType } from '../http/object-types.ts';
import type { CrmRecord } from '../portal/record.ts';
import type { Pair } from './association-pairs.ts';
import type { RecordType } from './record-type.ts';

/** So many of one record come with a list of records. */
const MOST_WITH_RECORD = 100;

/** What a new record is to be associated with, as calls give it. */
export const newAssociations = z
  .array(
    z.object({
      to: z.object({ id: z.coerce.string() }),
      types: z.array(z.object({ associationCategory: z.string(), associationTypeId: z.number() })).min(1),
    }),
  )
  .nullish()
  .transform((associations) => associations ?? []);
export type NewAssociations = z.infer<typeof newAssociations>;

/** Associates a record that exists by then. */
export type LinkNew = (fromId: string) => void;

/** Reads what a new record is to be associated with, before it is made. */
export function readAssociations<T extends CrmRecord>(
  { word }: RecordType<T>,
  pairs: readonly Pair[],
  associations: NewAssociations,
): LinkNew[] {
  return associations.map(({ to, types }) => {
    const pair = pairs.find((one) =>
      types.every(
        ({ associationCategory, associationTypeId }) =>
          associationCategory === 'HUBSPOT_DEFINED' && one.types.some(({ typeId }) => typeId === associationTypeId),
      ),
    );
    if (pair === undefined) throw invalid(`${word} objects have no association of the types that were given`);
    if (!pair.has(to.id)) throw invalid(`There is no record ${to.id} among ${pair.to} to associate with`);
    return (fromId) => pair.link(fromId, to.id);
  });
}

/** Which types of record the answer is to name the associations with: `associations=contacts,companies`. */
export function pairsAskedFor(pairs: readonly Pair[], query: URLSearchParams): Pair[] {
  const named = query.getAll('associations').flatMap((list) => list.split(','));
  return named
    .filter((name) => name !== '')
    .map((name) => {
      const pair = pairs.find(({ to }) => to === nameOfType(name.trim().toLowerCase()));
      if (pair === undefined) throw invalid(`Unable to infer object type from: ${name}`);
      return pair;
    });
}

/** The associations of a record as they come with it; nothing where it has none. */
export function associationsAnswer(id: string, asked: readonly Pair[]): { associations?: Record<string, unknown> } {
  const associations: Record<string, unknown> = {};
  for (const { to, linksOf } of asked) {
    const all = (linksOf(id) ?? []).flatMap((link) => link.types.map(({ name }) => ({ id: link.id, type: name })));
    const next = String(MOST_WITH_RECORD);
    const paging = all.length > MOST_WITH_RECORD ? { paging: { next: { after: next, link: `?after=${next}` } } } : {};
    if (all.length > 0) associations[to] = { results: all.slice(0, MOST_WITH_RECORD), ...paging };
  }
  return Object.keys(associations).length === 0 ? {} : { associations };
}
