import type { LeadRecord } from '../crm/crm.ts';
import { areFastTracksDone } from '../ledger/fast-tracks.ts';
import { readProgress } from '../ledger/progress.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { FastTrack, Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import type { Connection } from '../sync/connection.ts';
import { differences, stateOutputs } from '../sync/outputs.ts';
import { doneBy, findLead } from './find-lead.ts';
import { ledgerNote } from './ledger-note.ts';
import type { App } from './open-app.ts';

/** All there is to tell about a lead's score. Times are in milliseconds since 1970. */
export interface Explanation {
  readonly model: CompiledModel;
  readonly record: LeadRecord;
  readonly at: number;
  readonly score: Score;
  /** When it next changes by itself, and to what. */
  readonly next: { readonly at: number; readonly score: Score } | undefined;
  readonly fastTracks: readonly ExplainedFastTrack[];
  /** The outputs in which the CRM differs from this score; undefined where another time than the present was asked for. */
  readonly differs: readonly string[] | undefined;
  /** What is not known yet. */
  readonly note: string | undefined;
}

export interface ExplainedFastTrack extends FastTrack {
  /** `done`: sales was told. `too-old`: it is from before leadgauge came, and alerts nobody. `waiting`: a sync is due. */
  readonly state: 'done' | 'too-old' | 'waiting';
}

/** Reads the contact and scores it as a sync would, but writes nothing. @throws ConfigError where there is no such contact. */
export async function explainLead(
  app: App,
  who: string,
  at: number | undefined,
  signal: AbortSignal,
): Promise<Explanation> {
  const { model, space, clock } = app.connection;
  const { record, activities } = await findLead(app, who, signal);
  const time = at ?? clock.now();
  const known = doneBy(activities, at);
  const score = scoreLead(model, record.lead, known, time);
  const { nextChange } = score;
  return {
    model,
    record,
    at: time,
    score,
    next:
      nextChange === undefined
        ? undefined
        : { at: nextChange, score: scoreLead(model, record.lead, known, nextChange) },
    fastTracks: await explainFastTracks(app.connection, score),
    differs: at === undefined ? Object.keys(differences(record.outputs, stateOutputs(score))) : undefined,
    note: await ledgerNote(space),
  };
}

async function explainFastTracks({ space }: Connection, { fastTracks }: Score): Promise<ExplainedFastTrack[]> {
  const baseline = Number((await readProgress(space, 'baseline')) ?? Number.POSITIVE_INFINITY);
  const done = await areFastTracksDone(
    space,
    fastTracks.map(({ activity }) => activity),
  );
  return fastTracks.map((fastTrack, index) => {
    const waiting = fastTrack.activity.at >= baseline ? 'waiting' : 'too-old';
    return { ...fastTrack, state: done[index] === true ? 'done' : waiting };
  });
}
