import type { LeadRecord } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { activityReference, areFastTracksDone, ruleReference } from '../ledger/fast-tracks.ts';
import { readStates } from '../ledger/lead-state.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { appliesTo } from '../scoring/model-set.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import type { Settings } from '../settings/settings.ts';
import { pendingAlerts } from '../sync/alerts.ts';
import { readBaseline } from '../sync/baseline.ts';
import { challengedVerdict } from '../sync/challenged.ts';
import { leavesPromotionBy } from '../sync/changes.ts';
import type { Connection } from '../sync/connection.ts';
import { readAlertRules } from '../sync/fast-track-starts.ts';
import { differences, emptied, stateOutputs } from '../sync/outputs.ts';
import type { Verdict } from '../sync/verdicts.ts';
import { challengerViews } from './explain-challengers.ts';
import type { AlertState, CrmView } from './explain-crm.ts';
import { type Explanation, explain, type Told } from './explanation.ts';
import { doneBy, type FoundLead } from './find-lead.ts';
import { unknownDoings } from './ledger-note.ts';
import type { AskedModels } from './score-models.ts';

/**
 * Scores a contact that was found as a sync would, by every one of these models, but writes nothing.
 * @param at undefined for the present.
 */
export async function explainContact(
  settings: Settings,
  { connection, record, activities }: FoundLead,
  { models, file, sourceOf }: AskedModels,
  at: number | undefined,
): Promise<Told> {
  const now = connection.clock.now();
  const time = at ?? now;
  const [lead, known] = [record.lead, doneBy(activities, at)];
  const unknown = await unknownDoings(connection.space);
  const isUnknown = unknown !== undefined;
  const [state] = await readStates(connection.space, [lead.id]);
  const applying = models.filter((model) => isAbout(settings, model, lead));
  const verdicts = applying.map((model) =>
    verdictBy(settings, { model, isOfConfig: file === undefined }, lead, known, time),
  );
  const told = verdicts.map((verdict) => {
    const { model, score, holdout } = verdict;
    const parts = {
      sources: settings,
      lead,
      activities: known,
      at: time,
      delivered: connection.crm.delivers,
      isUnknown,
    };
    const told =
      holdout === undefined
        ? explain({ ...parts, model, sourceOf })
        : explain({ ...parts, model: holdout.inPlace, sourceOf: () => sourceOf(holdout.model) });
    // What is asked for counts by the champion's rules in any case.
    return { ...told, score };
  });
  // Of a source alone nothing is written there, and of a challenger alone no more than its score.
  const isWritten =
    file === undefined && connection.role !== 'source' && models.every((model) => model.challengerTo === undefined);
  const syncOf = isWritten ? await syncViews(connection, record, verdicts) : undefined;
  return {
    noun: 'contact',
    lead,
    at: time,
    unknown,
    when: at === undefined ? 'now' : at < now ? 'before' : 'later',
    explanations: told.map((one, index): Explanation => {
      const verdict = verdicts[index];
      const view = verdict && syncOf?.(verdict);
      return {
        ...one,
        crm: view && crmView(settings, connection, record, one, at === undefined && !isUnknown, view),
        challengers: verdict === undefined ? [] : challengerViews(verdict, record, state),
      };
    }),
    others: models
      .filter((model) => !applying.includes(model))
      .map((model) => ({
        model,
        isHeld: isWritten && Object.keys(emptied(record.outputs[model.id] ?? {})).length > 0,
      })),
  };
}

/** A challenger is about whom its champion is about. */
function isAbout({ models }: Settings, model: CompiledModel, lead: Lead): boolean {
  return appliesTo(models.challengers.find((each) => each.model === model)?.champion ?? model, lead);
}

/** As a sync would have it, with holdouts; of a model that is none of config's, or a challenger, by that alone. */
function verdictBy(
  { models }: Settings,
  { model, isOfConfig }: { readonly model: CompiledModel; readonly isOfConfig: boolean },
  lead: Lead,
  activities: readonly Activity[],
  at: number,
): Verdict {
  const own = isOfConfig ? models.challengers.filter(({ champion }) => champion === model) : [];
  return own.length === 0
    ? { model, score: scoreLead(model, lead, activities, at) }
    : challengedVerdict(model, own, { lead, activities, at });
}

function crmView(
  settings: Settings,
  connection: Connection,
  { outputs, stage }: LeadRecord,
  { model, score }: Pick<Verdict, 'model' | 'score'>,
  isSettled: boolean,
  { alerts, waits }: SyncView,
): CrmView {
  const held = outputs[model.id] ?? {};
  const config = connection.crm.name === 'salesforce' ? settings.salesforce : settings.hubspot;
  const hasStage = config?.value.lifecycle !== 'off' && model.id === connection.mainModel;
  return {
    held,
    stage: hasStage ? stage : undefined,
    differs: isSettled ? differing(held, score) : undefined,
    waits: isSettled && waits,
    alerts,
  };
}

/** What a sync would write. One that was never written gets its time, whatever else it holds. */
function differing(held: CrmView['held'], score: Score): string[] {
  const keys = Object.keys(differences(held, stateOutputs(score)));
  return held.scoredAt === undefined ? [...keys, 'scoredAt'] : keys;
}

/** What a sync alone knows: which fast tracks still alert, and who has come to meet the gates. */
type SyncView = Pick<CrmView, 'alerts' | 'waits'>;

/** Which fast tracks sales was told of, and whether `start` would pass the lead on, as a sync would see it. */
async function syncViews(
  connection: Connection,
  record: LeadRecord,
  verdicts: readonly Verdict[],
): Promise<(verdict: Verdict) => SyncView> {
  const { space, clock } = connection;
  const { lead } = record;
  const references = verdicts.flatMap(({ score }) => [
    ...score.fastTracks.map(({ activity }) => activityReference(activity)),
    ...score.heldRules.map(({ meaning }) => ruleReference(meaning, lead.id)),
  ]);
  const isDone = await areFastTracksDone(space, references);
  const done = new Set(references.filter((_, index) => isDone[index]));
  const baseline = await readBaseline(connection);
  const [before] = await readStates(space, [lead.id]);
  const now = clock.now();
  const scored = { record, verdicts, before };
  const rules = baseline === undefined ? undefined : await readAlertRules(connection, { now, baseline });
  const [pending = []] = rules === undefined ? [] : await pendingAlerts(connection, [scored], rules);
  return (one) => {
    const { model, score } = one;
    const waiting = new Set(
      pending.filter(({ verdict }) => verdict.model === model).map(({ rule, reference }) => `${rule} ${reference}`),
    );
    const stateOf = (rule: string, reference: string): AlertState => {
      if (done.has(reference)) return 'done';
      return waiting.has(`${rule} ${reference}`) ? 'waiting' : 'old';
    };
    const alerts = {
      fastTracks: score.fastTracks.map(({ rule, activity }) => stateOf(rule, activityReference(activity))),
      heldRules: score.heldRules.map(({ rule, meaning }) => stateOf(rule, ruleReference(meaning, lead.id))),
    };
    const waits =
      rules !== undefined && leavesPromotionBy(connection.mainModel, scored, one, { ...rules, mode: 'quiet' });
    return { alerts, waits };
  };
}
