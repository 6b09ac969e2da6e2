import type { Moves } from '../analysis/compared-lead.ts';
import { DAY } from '../base/clock.ts';
import { activityReference, areFastTracksDone, ruleReferences } from '../ledger/fast-tracks.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { type Decision, decide } from './changes.ts';
import { type Connection, keepFor } from './connection.ts';
import type { Moment } from './outputs.ts';
import type { PlannedLead } from './plan-leads.ts';
import { lastTouch } from './sales-touches.ts';

/** Where each of the models that are about a lead would take it, by their ids. */
export type PlannedMoves = ReadonlyMap<string, Moves>;

/**
 * Where leads would go if everything were asked for that a quiet run leaves alone, one for each of `leads`: promotions as
 * `--promote` makes them; all else as if the rules had been there all along, for only then does it tell what a rule is like.
 */
export async function plannedMoves(
  connection: Connection,
  leads: readonly PlannedLead[],
  quiet: Moment,
): Promise<readonly PlannedMoves[]> {
  const promoting: Moment = { ...quiet, mode: 'promote' };
  const always: Moment = {
    ...quiet,
    mode: 'live',
    baseline: 0,
    startOf: () => 0,
    nurtureStartOf: () => 0,
    recycleStart: () => 0,
    followUpStart: 0,
  };
  const untold = await untoldFastTracks(connection, leads, quiet.now);
  return leads.map((lead, index) => {
    const promotion = decide(connection, lead, { fired: [] }, promoting);
    const touchedAt = lastTouch(lead.activities, quiet.now);
    const { models } = decide(connection, lead, { fired: [], touchedAt }, always);
    const moves = models.map(({ verdict: { model }, isRecycled, nurture }): [string, Moves] => {
      const promotes =
        promotion.change.promote === true &&
        promotion.models.some(({ verdict, isPromoted }) => verdict.model === model && isPromoted);
      return [
        model.id,
        {
          promotes,
          toLead: !promotes && promotion.change.toLead === true && movesToLead(promotion, model),
          recycles: isRecycled,
          ...(nurture !== undefined && !promotes && { nurture }),
          fastTracks: untold[index]?.get(model) ?? [],
        },
      ];
    });
    return new Map(moves);
  });
}

function movesToLead({ models }: Decision, model: CompiledModel): boolean {
  return models.some(({ verdict, outputs }) => verdict.model === model && typeof outputs.leadAt === 'number');
}

/** The fast-track rules that hold for a lead, and that sales was never told of as far as CRM and Redis know. */
async function untoldFastTracks(
  { space, models }: Connection,
  leads: readonly PlannedLead[],
  now: number,
): Promise<ReadonlyMap<CompiledModel, readonly string[]>[]> {
  // Whatever is older we may have forgotten to have told.
  const oldest = now - keepFor(models) + DAY;
  const hits = leads.map((lead) =>
    lead.verdicts.flatMap(({ model, score }) => {
      const { fastTrack, fastTrackAt = 0 } = lead.record.outputs[model.id] ?? {};
      const did = score.fastTracks.filter(({ activity }) => activity.at >= oldest && activity.at > fastTrackAt);
      const held = score.heldRules.filter(({ rule }) => rule !== fastTrack);
      return [
        ...did.map(({ rule, activity }) => ({ model, rule, references: [activityReference(activity)] })),
        ...held.map(({ rule, meaning }) => ({ model, rule, references: ruleReferences(meaning, lead.record.lead) })),
      ];
    }),
  );
  const references = hits.flat().flatMap((hit) => hit.references);
  const isDone = await areFastTracksDone(space, references);
  const done = new Set(references.filter((_, index) => isDone[index]));
  return hits.map((own) => {
    const untold = own.filter((hit) => !hit.references.some((reference) => done.has(reference)));
    const byModel = Map.groupBy(untold, ({ model }) => model);
    return new Map([...byModel].map(([model, some]) => [model, [...new Set(some.map(({ rule }) => rule))]]));
  });
}
