import { readStates } from '../ledger/lead-state.ts';
import type { KnownPerson } from '../ledger/person-records.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Connection, Neighbour } from './connection.ts';

/**
 * The models by which sales hear of each of these people in another CRM, and follow up there. None where config wants tasks here. Where it does
 * not, those by which the person is a lead in a CRM with tasks: that is where sales work. Whom no such CRM has, or a model there is not about, is
 * told of here, with tasks or without.
 */
export async function toldElsewhere(
  { crm, beside = [], models: { models }, space }: Pick<Connection, 'crm' | 'beside' | 'models' | 'space'>,
  leads: readonly (readonly Pick<KnownPerson, 'records'>[])[],
): Promise<ReadonlySet<CompiledModel>[]> {
  if (crm.makesTasks !== false) return leads.map(() => new Set());
  const ofSales = new Set(beside.filter(isOfSales).map(({ name }) => name));
  const theirs = leads.map((people) =>
    people.flatMap(({ records }) => records.filter(({ connection }) => ofSales.has(connection))),
  );
  const passedOver = new Map<string, readonly string[]>();
  if (models.some(({ scope }) => scope !== undefined))
    for (const [name, some] of Map.groupBy(theirs.flat(), ({ connection }) => connection)) {
      const states = await readStates(
        space.of(name),
        some.map(({ id }) => id),
      );
      for (const state of states) if (state) passedOver.set(`${name} ${state.id}`, state.passedOverBy);
    }
  return theirs.map((records) => {
    const own = records.map(({ connection, id }) => passedOver.get(`${connection} ${id}`));
    // What nobody has scored there yet may be none of the model: told twice, it would still be one notice.
    const has = ({ scope, version }: CompiledModel) =>
      scope === undefined ? own.length > 0 : own.some((by) => by !== undefined && !by.includes(version));
    return new Set(models.filter(has));
  });
}

/** Whether sales work in another CRM: its leads are scored, and config wants tasks there. */
export function isOfSales({ role, makesTasks = true }: Neighbour): boolean {
  return role !== 'source' && makesTasks;
}
