import { tooLittleData } from '../analysis/enough-data.ts';
import type { Feature } from '../analysis/history.ts';
import { periodsUpTo } from '../analysis/review/periods.ts';
import { type Review, review } from '../analysis/review/review.ts';
import type { ScoredLeads } from '../analysis/scored-leads.ts';
import { seededRandom } from '../analysis/statistics/seeded-random.ts';
import { type Suggestion, suggest } from '../analysis/suggest.ts';
import { DAY, systemClock } from '../base/clock.ts';
import { ConfigError } from '../base/errors.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { reviewPast } from '../sync/history/review-past.ts';
import { recordsReader } from '../sync/history/review-records.ts';
import { type CrmHistory, withCrmHistory } from './crm-history.ts';
import { type HistoryFlags, SINCE } from './history-options.ts';
import { historyWarnings } from './history-words.ts';
import type { Io } from './io.ts';
import { counted } from './print.ts';
import { reviewChallenges } from './review-challenges.ts';
import { OWNER_DAYS, ownersOf } from './review-owners.ts';
import { askedModels } from './score-models.ts';

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
  const model = modelOf(settings, flags.model);
  const challengers = challengersOf(settings, model, flags.against);
  const { weeks = WEEKS } = flags;
  const since = Math.max(flags.since ?? SINCE, 2 * weeks * 7 * DAY);
  const periods = periodsUpTo(systemClock.now(), weeks);
  const records = recordsReader(model.id, periods);
  const models = [model, ...challengers];
  const onRecord = records.add;
  const options = { name, flags: { ...flags, since }, isQuiet, models, onRecord, evenWithoutBuyers: true };
  return withCrmHistory(io, options, async (history) => {
    const { connection, past, progress } = history;
    const looking = progress('Looking back', LOOKS * past.count);
    const { scored, others, ...reviewed } = await reviewPast(past, {
      model,
      challengers,
      periods,
      onLooked: (count) =>
        looking.update(count, `${count.toLocaleString('en-US')} of ${(LOOKS * past.count).toLocaleString('en-US')}`),
    });
    looking.finish(`Looked at ${counted(past.count, 'lead')} three times.`);
    const [own, ...beside] = scored;
    if (own === undefined) throw new Error('nothing was scored');
    const why = tooFewSentence(history.tooFewBuyers ?? tooLittleData(own.history.bought));
    const learnt =
      why === undefined ? { suggestion: comparable(await suggested(own, history, io), model) } : { tooFewBuyers: why };
    const rivals = challengers.flatMap((each, place) => {
      const scoredBeside = beside[place];
      return scoredBeside === undefined ? [] : [{ model: each, scored: scoredBeside }];
    });
    const { id, name: title, version } = model;
    return review(
      {
        ...reviewed,
        ...records.finish(),
        connection: connection.crm.name,
        model: { id, name: title, version },
        criteria: own.history.features.map(criterionOf),
        periods,
        ownerDays: OWNER_DAYS,
        owners: await ownersOf(connection, model.id),
        ...learnt,
        ...reviewChallenges({ model, scored: own }, rivals, why),
        warnings: historyWarnings({ ...history, models, others }),
      },
      seededRandom(SEED),
    );
  });
}

/** The one to review. */
function modelOf(settings: Settings, wanted: string | undefined): CompiledModel {
  const [model] = askedModels(settings, wanted).models;
  if (model === undefined) throw new ConfigError('config has no model');
  return model;
}

/** Those of config that challenge the model, and the one that is asked for. */
function challengersOf(settings: Settings, model: CompiledModel, wanted: string | undefined): CompiledModel[] {
  const own = settings.models.challengers.filter(({ champion }) => champion.id === model.id).map((each) => each.model);
  if (wanted === undefined) return own;
  const asked = modelOf(settings, wanted);
  return own.some(({ id }) => id === asked.id) ? own : [...own, asked];
}

/** Why nothing is said of who bought. */
function tooFewSentence(why: string | undefined): string | undefined {
  if (why === undefined) return undefined;
  const sentence = `${why.charAt(0).toUpperCase()}${why.slice(1)}`;
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

const criterionOf = ({ id, name, points }: Feature) => ({ id, name, ...(points !== undefined && { points }) });

/** Points for the criteria that the model has. */
async function suggested({ history }: ScoredLeads, { progress }: CrmHistory, io: Io): Promise<Suggestion> {
  // Bands give one lead more than another, and nobody suggests such.
  const kept = history.features.flatMap(({ points }, place) => (points === undefined ? [] : [place]));
  const learning = progress('Learning', FOLDS + 1);
  const suggestion = await suggest(
    {
      ...history,
      features: kept.flatMap((place) => history.features[place] ?? []),
      leadsOf: kept.map((place) => history.leadsOf[place] ?? new Uint32Array()),
    },
    {
      random: seededRandom(SEED),
      folds: FOLDS,
      signal: io.signal,
      onProgress: (done, of) => learning.update(done, `step ${done} of ${of}`),
    },
  );
  learning.finish('Learnt from all leads.');
  return suggestion;
}

/** Without criteria whose points are for each time something was done: what is suggested is for whether it was. */
function comparable(suggestion: Suggestion, { criteria }: CompiledModel): Suggestion {
  const once = new Set(
    criteria
      .filter(({ counting, points, max }) => counting === undefined || counting.per === 'once' || max <= points)
      .map(({ id }) => id),
  );
  const isOnce = ({ feature }: { readonly feature: Feature }) => once.has(feature.id);
  return {
    ...suggestion,
    criteria: suggestion.criteria.filter(isOnce),
    leftOut: suggestion.leftOut.filter(isOnce),
  };
}
