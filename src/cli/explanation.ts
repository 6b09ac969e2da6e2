import type { LeadRecord, Stage } from '../crm/crm.ts';
import { areFastTracksDone } from '../ledger/fast-tracks.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { FastTrack, Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import { readBaseline } from '../sync/baseline.ts';
import type { Connection } from '../sync/connection.ts';
import { pendingFastTracks } from '../sync/fast-track.ts';
import { alertRules } from '../sync/fast-track-starts.ts';
import { differences, stateOutputs } from '../sync/outputs.ts';
import { doneBy, findLead } from './find-lead.ts';
import { ledgerNote } from './ledger-note.ts';
import type { App } from './open-app.ts';

/** All there is to tell about a lead's score. Times are in milliseconds since 1970. */
export interface Explanation {
  readonly model: CompiledModel;
  readonly record: LeadRecord;
  /** Undefined where config leaves the lifecycle alone. */
  readonly stage: Stage | undefined;
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
  /** `done`: sales was told. `old`: it is from before the first backfill, or too long ago, and alerts nobody. `waiting`: a sync is due. */
  readonly state: 'done' | 'old' | 'waiting';
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
    stage: app.settings.hubspot.value.lifecycle === 'off' ? undefined : record.stage,
    at: time,
    score,
    next:
      nextChange === undefined
        ? undefined
        : { at: nextChange, score: scoreLead(model, record.lead, known, nextChange) },
    fastTracks: await explainFastTracks(app.connection, score),
    differs: at === undefined ? differing(record, score) : undefined,
    note: await ledgerNote(space),
  };
}

/** What a sync would write. One that was never written gets its time, whatever else it holds. */
function differing({ outputs }: LeadRecord, score: Score): string[] {
  const keys = Object.keys(differences(outputs, stateOutputs(score)));
  return outputs.scoredAt === undefined ? [...keys, 'scoredAt'] : keys;
}

/** As a sync would see them: it alone knows what still alerts sales. */
async function explainFastTracks(connection: Connection, score: Score): Promise<ExplainedFastTrack[]> {
  const { space, clock } = connection;
  const { fastTracks } = score;
  const done = await areFastTracksDone(
    space,
    fastTracks.map(({ activity }) => activity),
  );
  const baseline = await readBaseline(connection);
  const now = clock.now();
  const [pending = []] =
    baseline === undefined
      ? []
      : await pendingFastTracks(connection, [score], await alertRules(connection, { now, baseline }));
  return fastTracks.map((fastTrack, index) => {
    if (done[index] === true) return { ...fastTrack, state: 'done' };
    return { ...fastTrack, state: pending.includes(fastTrack) ? 'waiting' : 'old' };
  });
}
