import type { AccountChange, CallOptions, LeadChange, WriteOutcome } from '../crm.ts';
import { accountModels } from '../outputs/output-model.ts';
import { encodeOutputs, type FieldValue } from './outputs.ts';
import { placesOf } from './writing/contact-places.ts';
import { isAccountId, isContactId, isLeadId, type RowUpdate, updateOf } from './writing/row-update.ts';
import { isMove, stageMoves } from './writing/stage-moves.ts';
import type { WriteContext } from './writing/write-context.ts';
import { writeUpdates } from './writing/write-updates.ts';

export type { ContactPlace, WriteContext } from './writing/write-context.ts';

type Fields = Record<string, FieldValue>;

/**
 * Writes Leads and Contacts, in collections of `batch_size`, and by bulk jobs where there are thousands of one kind. A stage is read
 * before it is moved, which is one call more for all of them. As of `Crm.writeLeads`.
 */
export async function writeLeads(
  context: WriteContext,
  changes: readonly LeadChange[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const moves = await stageMoves(context, changes, options);
  const fieldsById = new Map<string, Fields>();
  for (const change of changes)
    fieldsById.set(change.id, { ...fieldsById.get(change.id), ...encode(context, change), ...moves.get(change.id) });
  const places = await placesOf(context, [...fieldsById.keys()], options);
  const isPerson = (id: string) => isLeadId(id) || isContactId(id);
  const asked = new Map(changes.filter(isMove).map((change) => [change.id, change]));
  const { updates, settled } = sortOut(context, fieldsById, isPerson, (id, fields) => {
    return { ...updateOf(id, id, places.get(id), fields), move: asked.get(id) };
  });
  const outcomes = await writeUpdates(context, updates, settled, options);
  return outcomes.map((outcome) => (asked.has(outcome.id) ? withMove(context, outcome) : outcome));
}

/** Writes the scores of accounts. As of `Crm.writeAccounts`. */
export async function writeAccounts(
  context: WriteContext,
  changes: readonly AccountChange[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const models = accountModels(context.models);
  const fieldsById = new Map(
    changes.map(({ id, scores }) => {
      const written = models.flatMap(({ model, accountScore }) => {
        const score = scores[model.id];
        return score === undefined ? [] : [[accountScore, score] as const];
      });
      return [id, Object.fromEntries(written)] as const;
    }),
  );
  const { updates, settled } = sortOut(context, fieldsById, isAccountId, (id, fields) => {
    return { id, object: 'Account', recordId: id, readId: id, accountId: id, fields };
  });
  return writeUpdates(context, updates, settled, options);
}

/** What no record of ours can be is gone; where there is nothing to write, it is written already. */
function sortOut(
  { clock }: WriteContext,
  fieldsById: ReadonlyMap<string, Fields>,
  canBe: (id: string) => boolean,
  toUpdate: (id: string, fields: Fields) => RowUpdate,
): { readonly updates: RowUpdate[]; readonly settled: WriteOutcome[] } {
  const updates: RowUpdate[] = [];
  const settled: WriteOutcome[] = [];
  for (const [id, fields] of fieldsById) {
    if (!canBe(id)) settled.push({ id, status: 'gone' });
    else if (Object.keys(fields).length > 0) updates.push(toUpdate(id, fields));
    else settled.push({ id, status: 'written', changedAt: clock.now() });
  }
  return { updates, settled };
}

/** Where nothing was to be moved, the record stands elsewhere by now; with the lifecycle off, doing nothing is all that is asked. */
function withMove({ config }: WriteContext, outcome: WriteOutcome): WriteOutcome {
  if (outcome.status !== 'written' || outcome.moved !== undefined) return outcome;
  return { ...outcome, moved: config.lifecycle === 'off' };
}

function encode({ models }: WriteContext, { outputs, ownerId }: LeadChange): Fields {
  const fields: Fields = {};
  for (const { model, names } of models) Object.assign(fields, encodeOutputs(names, outputs[model.id] ?? {}));
  return ownerId === undefined ? fields : { ...fields, OwnerId: ownerId };
}
