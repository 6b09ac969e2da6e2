import type { Feature } from '../analysis/history.ts';
import { type LeaveOut, leakageOf } from '../analysis/leakage.ts';
import { fieldsAsked, ownQuestions } from '../analysis/questions/own-questions.ts';
import { keptParts, type PlainModel } from '../analysis/questions/plain-model.ts';
import { questionModel } from '../analysis/questions/question-model.ts';
import { readingQuestions, titleFields } from '../analysis/questions/reading-questions.ts';
import { sourceFacts } from '../analysis/source-facts.ts';
import { featureId } from '../analysis/table/feature-id.ts';
import { withoutTwins } from '../analysis/table/without-twins.ts';
import { parseDuration } from '../base/duration.ts';
import { ConfigError, formatProblem } from '../base/errors.ts';
import { ACTIVITY_TYPES } from '../leads/activity.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { askPast } from '../sync/history/ask-past.ts';
import { type CrmHistory, withCrmHistory } from './crm-history.ts';
import { wordsOfCrm } from './crm-words.ts';
import { freedCriteria } from './freed-criteria.ts';
import type { HistoryFlags } from './history-options.ts';
import { historyNote, historyWarnings } from './history-words.ts';
import { ignoredBy, ignoredInVain, withoutIgnored } from './ignored.ts';
import type { Io } from './io.ts';
import { plainModel } from './plain-model-file.ts';
import { counted } from './print.ts';
import { askedModels } from './score-models.ts';
import type { ToLearnFrom } from './suggest-csv.ts';

export interface SuggestCrmFlags extends HistoryFlags {
  readonly model?: string;
  readonly ignore?: readonly string[];
  /** Criteria whose sign history may turn, by their ids; `all` for all. */
  readonly free?: readonly string[];
  readonly json?: true;
}

/**
 * What one CRM remembers of its leads, in the questions of a model, the main one unless another is named, and in those that its fields
 * and activities suggest. @throws ConfigError where there is no such model, or the CRM tells of too few who bought.
 */
export async function crmToLearnFrom(name: string | undefined, flags: SuggestCrmFlags, io: Io): Promise<ToLearnFrom> {
  const settings = loadSettings({ env: io.env });
  const { models, file, warnings } = askedModels(settings, flags.model);
  const [model] = models;
  if (model === undefined) throw new ConfigError('config has no model');
  const plain = plainModel(settings, model.id, file);
  const isFree = freedCriteria(plain, flags.free ?? []);
  const asking = { name, flags, isQuiet: flags.json === true, models: [model], types: ACTIVITY_TYPES };
  const learnt = await withCrmHistory(io, asking, (history) =>
    askHistory(history, { settings, model, plain, isFree, flags }),
  );
  const told = file === undefined ? [] : warnings.map(formatProblem);
  return { ...learnt, warnings: [...told, ...learnt.warnings] };
}

/** What of a model is asked. */
export interface Asking {
  readonly settings: Settings;
  readonly model: CompiledModel;
  readonly plain: PlainModel;
  readonly isFree: (criterion: string) => boolean;
  readonly flags: Pick<SuggestCrmFlags, 'ignore'>;
  /** How what leaks is left out: with `--ignore` when absent. */
  readonly leaveOut?: LeaveOut;
}

/** The leads of a history in the questions of a model, and in those that they suggest themselves; with what looks as if it knew the outcome. */
export async function askHistory(
  { connection, past, since, before, progress }: CrmHistory,
  { settings, model, plain, isFree, flags, leaveOut }: Asking,
): Promise<ToLearnFrom & { readonly leaks: readonly string[] }> {
  const all = ownQuestions(plain, isFree);
  const ignored = ignoredBy(flags.ignore ?? [], { fields: past.fields, own: all });
  const fields = past.fields.filter((field) => !ignored.fields.has(field));
  const own = all.filter((feature) => !ignored.has(feature));
  const features = [...own, ...readings(fields, own)];
  const asked = progress('Looking at what they were and did', past.count);
  const { history, changed, scored, others } = await askPast(past, {
    model,
    questions: questionModel(features, plain, settings),
    features,
    fields,
    window: parseDuration(plain.engagement.window) ?? model.longestWindow,
    onAsked: (count) => asked.update(count, counted(count, 'lead')),
  });
  asked.finish(`Looked at ${counted(history.bought.length, 'lead')}.`);
  const dropped = all.filter((feature) => !own.includes(feature)).map(({ id }) => id);
  const kept = withoutIgnored(history, ignored);
  // What was made of a field by the model's language may be no better than the field; of two twins, each may know the outcome.
  const leaks = leakageOf(
    sourceFacts(kept, { changed, asked: own.flatMap(({ when }) => fieldsAsked(when)) }),
    leaveOut,
  );
  return {
    leaks,
    history: withoutTwins(kept),
    title: wordsOfCrm(connection.crm.name).crm,
    warnings: [
      ...leaks,
      ...historyWarnings({ past, since, before, models: [model], others }),
      ...ignoredInVain(flags.ignore ?? [], history),
      ...(dropped.length === 0 ? [] : [`Left out, as they are or ask for what is ignored: ${dropped.join(', ')}.`]),
      ...(plain.lifecycle.lead === undefined && plain.lifecycle.recycle === undefined
        ? []
        : ['The gates of a lead and of recycling go by the points of today, and are not taken over: write them anew.']),
    ],
    from: {
      note: historyNote({ past, since, before }),
      present: { name: model.name, scores: scored.scores },
      champion: championOf(settings, model),
      parts: {
        window: plain.engagement.window,
        requires: plain.lifecycle.requires ?? [],
        kept: keptParts(plain),
      },
    },
  };
}

/** The model that a suggestion from this one challenges: a challenger may not be challenged itself, nor may a file that config does not know. */
function championOf({ models: { models }, mainModel }: Settings, { id, challengerTo = id }: CompiledModel): string {
  return models.some((one) => one.id === challengerTo) ? challengerTo : mainModel;
}

/** What the model's language can read out of texts, and the model does not ask yet. */
function readings(fields: readonly string[], own: readonly Feature[]): Feature[] {
  const taken = new Set(own.map(({ id }) => id));
  const titles = titleFields(
    fields,
    own.map(({ when }) => when),
  );
  return readingQuestions(fields, titles).map((one) => ({ ...one, id: featureId(one.name, taken) }));
}
