import { asTodayWarning } from '../analysis/as-today.ts';
import { tooLittleData } from '../analysis/enough-data.ts';
import type { Feature, History } from '../analysis/history.ts';
import { periodsUpTo } from '../analysis/review/periods.ts';
import { type Review, review } from '../analysis/review/review.ts';
import { seededRandom } from '../analysis/statistics/seeded-random.ts';
import { type Suggestion, suggest } from '../analysis/suggest.ts';
import { learntWarning } from '../analysis/unseen-leads.ts';
import { DAY, systemClock } from '../base/clock.ts';
import type { PastRecord } from '../crm/crm.ts';
import { loadSettings } from '../settings/settings.ts';
import { holdoutsReader } from '../sync/history/holdouts.ts';
import { reviewPast } from '../sync/history/review-past.ts';
import { recordsReader } from '../sync/history/review-records.ts';
import { type CrmHistory, withCrmHistory } from './crm-history.ts';
import { type HistoryFlags, SINCE } from './history-options.ts';
import { historyWarnings } from './history-words.ts';
import type { Io } from './io.ts';
import { modelsInQuestion } from './models-in-question.ts';
import { plainModel } from './plain-model-file.ts';
import { counted } from './print.ts';
import { narrowerWarnings, reviewChallenges } from './review-challenges.ts';
import { OWNER_DAYS, ownersOf } from './review-owners.ts';
import { askedModels } from './score-models.ts';
import { type Asking, askHistory } from './suggest-crm.ts';

export interface ReviewFlags extends HistoryFlags {
  readonly model?: string;
  readonly against?: string;
  readonly weeks?: number;
}

export const WEEKS = 13;
/** The same past, the same figures. */
const SEED = 7;
const FOLDS = 10;
const LOOKS = 3;

/**
 * Reviews a model, the main one unless another is named, by what the CRM remembers.
 * @throws ConfigError where there is no such model.
 */
export async function reviewCrm(
  name: string | undefined,
  flags: ReviewFlags,
  io: Io,
  isQuiet: boolean,
): Promise<Review> {
  const settings = loadSettings({ env: io.env });
  const asked = modelsInQuestion(settings, { ...flags, withChallengers: true });
  const { model, rivals } = asked;
  const plain = plainModel(settings, model.id, askedModels(settings, flags.model).file);
  const { weeks = WEEKS } = flags;
  const since = Math.max(flags.since ?? SINCE, 2 * weeks * 7 * DAY);
  const periods = periodsUpTo(systemClock.now(), weeks);
  const records = recordsReader(model.id, periods);
  const holdouts = holdoutsReader(asked.challengers);
  const models = [model, ...rivals];
  const onRecord = (record: PastRecord) => {
    records.add(record);
    holdouts.add(record);
  };
  const options = { name, flags: { ...flags, since }, isQuiet, models, onRecord, evenWithoutBuyers: true };
  return withCrmHistory(io, options, async (history) => {
    const { connection, past, progress } = history;
    const looking = progress('Looking back', LOOKS * past.count);
    const { others, ...reviewed } = await reviewPast(past, {
      model,
      challengers: rivals,
      periods,
      onLooked: (count) =>
        looking.update(count, `${count.toLocaleString('en-US')} of ${(LOOKS * past.count).toLocaleString('en-US')}`),
    });
    looking.finish(`Looked at ${counted(past.count, 'lead')} three times.`);
    const { scored: own } = reviewed;
    const challenged = { model, rivals, holdouts: holdouts.finish() };
    const why = tooFewSentence(history.tooFewBuyers ?? tooLittleData(own.history.bought));
    const asking = { settings, model, plain, isFree: () => false, flags: {} };
    const learnt = why === undefined ? await suggested(history, asking, io) : undefined;
    const suggestion = learnt?.suggestion;
    const { id, name: title, version, learntUntil } = model;
    return review(
      {
        ...reviewed,
        ...records.finish(),
        connection: connection.crm.name,
        model: { id, name: title, version, learntUntil },
        criteria: own.history.features.map(criterionOf),
        periods,
        ownerDays: OWNER_DAYS,
        owners: await ownersOf(connection, model.id),
        ...(suggestion !== undefined && { suggestion, given: givenBy(own.history) }),
        ...(why !== undefined && { tooFewBuyers: why }),
        ...reviewChallenges(challenged, reviewed, why),
        warnings: [
          ...asked.warnings,
          ...learntWarning(model, own.createdAt),
          ...(learnt?.leaks ?? []),
          ...pointsWarnings(own.history.features, suggestion),
          ...narrowerWarnings(challenged, reviewed),
          ...historyWarnings({ ...history, models, others }),
        ],
      },
      seededRandom(SEED),
    );
  });
}

/** Why nothing is said of who bought. */
function tooFewSentence(why: string | undefined): string | undefined {
  if (why === undefined) return undefined;
  const sentence = `${why.charAt(0).toUpperCase()}${why.slice(1)}`;
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

const criterionOf = ({ id, name, points, asToday }: Feature) => ({
  id,
  name,
  ...(points !== undefined && { points }),
  ...(asToday !== undefined && { asToday }),
});

/** What to bear in mind of the points of the model, and of those that are suggested. */
function pointsWarnings(own: readonly Feature[], suggestion: Suggestion | undefined): string[] {
  const { criteria = [], warnings = [] } = suggestion ?? {};
  const known = new Set(own.map(({ id }) => id));
  const more = criteria.flatMap(({ feature }) => (known.has(feature.id) ? [] : [feature]));
  return [...warnings, ...asTodayWarning([...own, ...more], 'points')];
}

/** What `leadgauge suggest` would make of the same leads. */
async function suggested(history: CrmHistory, asking: Asking, io: Io) {
  const { history: asked, leaks } = await askHistory(history, { ...asking, leaveOut: 'model' });
  const learning = history.progress('Learning', FOLDS + 1);
  const suggestion = await suggest(asked, {
    random: seededRandom(SEED),
    folds: FOLDS,
    signal: io.signal,
    onProgress: (done, of) => learning.update(done, `step ${done} of ${of}`),
  });
  learning.finish('Learnt from all leads.');
  return { suggestion, leaks };
}

/** By criterion, what the model gives the leads for which it holds, in the mean. */
function givenBy({ features, given }: History): ReadonlyMap<string, number> {
  return new Map(features.map(({ id }, place) => [id, given?.[place] ?? Number.NaN]));
}
