import { createHash } from 'node:crypto';
import type { Lead } from '../leads/lead.ts';
import type { ActivityRules, CompiledModel } from './compiled-model.ts';

/** A model that is scored silently beside another one, its champion. */
export interface Challenger {
  readonly model: CompiledModel;
  readonly champion: CompiledModel;
  /** The model in the champion's place: what it says of a lead is told under the champion's id, and it gives back by the champion's rule. */
  readonly inPlace: CompiledModel;
}

/** The challengers among models, each with its champion, by their ids; `strays` have none. */
export function challengersAmong(models: readonly CompiledModel[]): {
  readonly champions: readonly CompiledModel[];
  readonly challengers: readonly Challenger[];
  readonly strays: readonly CompiledModel[];
} {
  const champions = models.filter(({ challengerTo }) => challengerTo === undefined);
  const others = models.filter(({ challengerTo }) => challengerTo !== undefined);
  const challengers: Challenger[] = [];
  const strays: CompiledModel[] = [];
  // In an order of their own, so that a lead in the holdouts of two is the same one's, however the files are named.
  for (const model of others.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const champion = champions.find(({ id }) => id === model.challengerTo);
    if (champion === undefined) strays.push(model);
    else challengers.push({ model, champion, inPlace: inPlaceOf(model, champion) });
  }
  return { champions, challengers, strays };
}

/** What it routes, fast-tracks and rolls up stays the champion's. */
function inPlaceOf(model: CompiledModel, { id, scope, recycle, leadGates }: CompiledModel): CompiledModel {
  const countedOnly = ({ counted, matching }: ActivityRules): ActivityRules => ({
    counted,
    fastTracks: [],
    nurtures: [],
    matching: (activity) => ({ counted: matching(activity).counted, fastTracks: [], nurtures: [] }),
  });
  return {
    ...model,
    id,
    scope,
    recycle,
    leadGates: leadGates && model.leadGates,
    longestWindow: model.longestWindow + (recycle?.for ?? 0),
    rules: new Map([...model.rules].map(([type, rules]) => [type, countedOnly(rules)])),
    fieldRules: [],
    nurtureRules: [],
    fastTrackForms: [],
    account: undefined,
  };
}

/**
 * Whether a person is one of those whom the challenger scores for real: by the first address, so that records of one person in several
 * CRMs are on the same side, else by the record's id. It hangs on nothing else, and so never changes while these and the challenger's
 * id do not.
 */
export function isInHoldout({ model: { id, holdout } }: Pick<Challenger, 'model'>, lead: Lead): boolean {
  if (holdout === 0) return false;
  const digest = createHash('sha256')
    .update(`${id} ${lead.emails[0] ?? lead.id}`)
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48 < holdout;
}
