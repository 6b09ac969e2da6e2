import { type ComparedLead, STAYS } from '../analysis/compared-lead.ts';
import { countLead, type Figures, newFigures } from '../analysis/figures.ts';
import { holdingReader } from '../analysis/holding.ts';
import { MINUTE } from '../base/clock.ts';
import { readProgress } from '../ledger/progress.ts';
import type { Space } from '../ledger/space.ts';
import type { Challenger } from '../scoring/challenger.ts';
import { changesOf } from './changes.ts';
import type { Connection } from './connection.ts';
import { isEveryoneKnown } from './everyone-known.ts';
import { waitingOf } from './hold-alerts.ts';
import type { Moment } from './outputs.ts';
import { type FetchOptions, fetchActivities } from './plan-activities.ts';
import { compare } from './plan-compare.ts';
import { allLeads, leadsById, scoreLeads } from './plan-leads.ts';
import { plannedMoves } from './plan-moves.ts';

export interface PlanOptions extends FetchOptions {
  /** Look at about so many leads, spread evenly, instead of all. */
  readonly sample?: number;
  /** Told of every lead by each model, in the order in which they are read. */
  readonly onLead?: (id: string, model: string, lead: ComparedLead) => void;
  /** Called after each page with how many leads were looked at so far, and of how many where that is known. */
  readonly onProgress?: (leads: number, total: number | undefined) => void;
}

export interface Plan {
  /** The time as of which everything was scored, in milliseconds since 1970. */
  readonly at: number;
  /** About how many leads there are, where not all were looked at. */
  readonly sampleOf: number | undefined;
  /** One for each model, in their order. */
  readonly figures: readonly Figures[];
  /** What challengers change for the leads of their holdouts, which are not among those of `figures`. */
  readonly holdouts: readonly HoldoutFigures[];
}

export interface HoldoutFigures {
  readonly challenger: Challenger;
  readonly figures: Figures;
}

/**
 * What a quiet backfill with these models would write, lead by lead and by the very code that it decides with, without
 * writing anything: neither to the CRM nor to what the connection keeps. Activities that the ledger lacks go to `scratch`.
 * Leads are counted page by page and never held together.
 */
export async function plan(connection: Connection, scratch: Space, options: PlanOptions = {}): Promise<Plan> {
  const { crm, clock, models } = connection;
  const now = clock.now();
  await fetchActivities(connection, scratch, now, options);
  const quiet = await quietMoment(connection, now);
  const perModel = models.models.map((model) => ({
    model,
    figures: newFigures(model),
    holding: holdingReader(model),
  }));
  const holdouts = models.challengers
    .filter(({ model }) => model.holdout > 0)
    .map((challenger) => {
      const { inPlace } = challenger;
      return { challenger, figures: newFigures(inPlace), holding: holdingReader(inPlace) };
    });
  const { signal } = options;
  const sample = options.sample === undefined ? undefined : await crm.sampleLeads(options.sample, { signal });
  let leads = 0;
  for await (const records of sample ? leadsById(connection, sample.ids, signal) : allLeads(connection, signal)) {
    const scored = await scoreLeads(connection, scratch, records, now);
    const moves = await plannedMoves(connection, scored, quiet);
    const waiting = await waitingOf(connection, scored, quiet);
    for (const [index, lead] of scored.entries()) {
      const change = changesOf(connection, lead, waiting[index], quiet);
      for (const { model, ...own } of perModel) {
        const { score, holdout } = lead.verdicts.find((verdict) => verdict.model === model) ?? {};
        const { figures, holding } = holdouts.find(({ challenger }) => challenger === holdout) ?? own;
        const holds = score && holding(lead.record.lead, lead.activities, score, now);
        const compared = { ...compare(lead, model, change, holds), moves: moves[index]?.get(model.id) ?? STAYS };
        countLead(figures, compared);
        options.onLead?.(lead.record.lead.id, model.id, compared);
      }
    }
    leads += records.length;
    options.onProgress?.(leads, sample?.ids.length);
  }
  const isPart = sample !== undefined && sample.ids.length < sample.total;
  return {
    at: now,
    sampleOf: isPart ? sample.total : undefined,
    figures: perModel.map(({ figures }) => figures),
    holdouts,
  };
}

/** As a backfill would begin it, without noting it down. */
async function quietMoment(connection: Connection, now: number): Promise<Moment> {
  const { space } = connection;
  const baseline = Number((await readProgress(space, 'baseline')) ?? now);
  return {
    mode: 'quiet',
    now,
    // One in the future was left by a wrong clock and counts as the present.
    baseline: baseline <= now + MINUTE ? baseline : now,
    everyoneKnown: await isEveryoneKnown(connection),
    // Nobody is told of a fast track.
    startOf: () => now,
    nurtureStartOf: () => now,
    recycleStart: () => now,
    followUpStart: now,
  };
}
