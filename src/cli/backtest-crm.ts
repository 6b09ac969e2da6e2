import { backtest } from '../analysis/backtest.ts';
import { type Comparison, compareEach, type ModelScores } from '../analysis/comparison.ts';
import type { History } from '../analysis/history.ts';
import { modelScores } from '../analysis/model-scores.ts';
import { sourceFacts } from '../analysis/source-facts.ts';
import { upTo } from '../analysis/statistics/design.ts';
import { seededRandom } from '../analysis/statistics/seeded-random.ts';
import type { Column } from '../analysis/table/column.ts';
import { tableHistory } from '../analysis/table/table-history.ts';
import { type TooFewUnseen, unseenChallenges } from '../analysis/unseen-challenges.ts';
import { learntWarning } from '../analysis/unseen-leads.ts';
import { ConfigError, formatProblem } from '../base/errors.ts';
import type { Outcome } from '../crm/outcome.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import type { ReadPast } from '../sync/history/read-past.ts';
import { scorePast } from '../sync/history/score-past.ts';
import type { Backtested } from './backtest-csv.ts';
import { backtestJson } from './backtest-json.ts';
import { backtestText } from './backtest-text.ts';
import { comparisonText, uncomparedText } from './comparison-text.ts';
import { type CrmHistory, withCrmHistory } from './crm-history.ts';
import type { HistoryFlags } from './history-options.ts';
import { historyNote, historyWarnings } from './history-words.ts';
import type { Io } from './io.ts';
import { counted, fold } from './print.ts';
import { askedModels } from './score-models.ts';

export interface BacktestCrmFlags extends HistoryFlags {
  readonly model?: string;
  readonly against?: string;
}

/** What came of a backtest on the CRM's own history. */
export interface BacktestedCrm extends Backtested {
  /** What was looked at, for people. */
  readonly note: string;
  readonly outcome: Outcome;
  /** Buyers that the CRM did not know long enough, and leads that are too old. */
  readonly leftOut: Pick<ReadPast, 'imported' | 'earlier' | 'young'>;
  /** The model, and the one that was held against it; why not, where there are too few leads from which neither was learnt. */
  readonly comparison?: Comparison;
  readonly uncompared?: TooFewUnseen;
}

/** The same history, the same figures. */
const SEED = 7;

/**
 * Judges a model, the main one unless another is named, by what the CRM remembers of its leads.
 * @throws ConfigError where there is no such model, or the CRM tells of too few who bought.
 */
export async function backtestCrm(
  name: string | undefined,
  flags: BacktestCrmFlags,
  io: Io,
  isQuiet: boolean,
): Promise<BacktestedCrm> {
  const settings = loadSettings({ env: io.env });
  const { model, warnings } = oneModel(settings, flags.model);
  const rival = flags.against === undefined ? undefined : oneModel(settings, flags.against);
  if (rival?.model.version === model.version) throw new ConfigError('--against must name another model');
  const models = [model, ...(rival === undefined ? [] : [rival.model])];
  return withCrmHistory(io, { name, flags, isQuiet, models }, async (history) => {
    const tested = await judge(history, model, rival?.model);
    return { ...tested, warnings: [...warnings, ...(rival?.warnings ?? []), ...tested.warnings] };
  });
}

/** The main model, or the one that is asked for. What is likely wrong with those of config is told when config is read. */
function oneModel(settings: Settings, wanted: string | undefined) {
  const { models, file, warnings } = askedModels(settings, wanted);
  const [model] = models;
  if (model === undefined) throw new ConfigError('config has no model');
  return { model, warnings: file === undefined ? [] : warnings.map(formatProblem) };
}

async function judge(
  { past, since, before, progress }: CrmHistory,
  model: CompiledModel,
  rival: CompiledModel | undefined,
): Promise<BacktestedCrm> {
  const scoring = progress('Scoring', past.count);
  const models = rival === undefined ? [model] : [model, rival];
  const asked = [...new Set(model.fields.map(({ name }) => name))];
  const { scored, columns, changed, others } = await scorePast(past, models, {
    fields: asked,
    onScored: (count) => scoring.update(count, counted(count, 'lead')),
  });
  scoring.finish(`Scored by ${model.name}.`);
  const [own, other] = scored;
  if (own === undefined) throw new Error('nothing was scored');
  const { history, scores, sent, grades } = own;
  const report = backtest(history, scores, {
    random: seededRandom(SEED),
    sent,
    grades,
    columns: sourceFacts(fieldHistory(history.bought, columns), { changed, asked }),
  });
  return {
    title: model.name,
    report,
    warnings: [
      ...report.warnings,
      ...learntWarning(model, history.at),
      ...historyWarnings({ past, since, before, models, others }),
    ],
    unscored: others,
    note: historyNote({ past, since, before }),
    outcome: past.outcome,
    leftOut: { imported: past.imported, earlier: past.earlier, young: past.young },
    ...(rival !== undefined &&
      other !== undefined &&
      compared(modelScores(model, own), modelScores(rival, other), history)),
  };
}

function compared(
  champion: ModelScores,
  challenger: ModelScores,
  history: History,
): Pick<BacktestedCrm, 'comparison' | 'uncompared'> {
  const { challenges, uncompared } = unseenChallenges(champion, [challenger], history);
  const [comparison] = compareEach(challenges, { random: seededRandom(SEED) });
  const [tooFew] = uncompared;
  return { ...(comparison !== undefined && { comparison }), ...(tooFew !== undefined && { uncompared: tooFew }) };
}

/** What the fields held, in questions that a model could ask: whether one alone knows who bought. */
function fieldHistory(bought: Uint8Array, columns: readonly Column[]) {
  return tableHistory({ outcomes: { rows: upTo(bought.length), bought, open: 0 }, columns, date: undefined });
}

/** For programs: as of a table, with what of the CRM's history was looked at. */
export function backtestCrmJson(tested: BacktestedCrm): object {
  const { outcome, leftOut, comparison, uncompared } = tested;
  return { outcome, ...backtestJson(tested), leftOut, comparison, uncompared };
}

/** For a person at a terminal: as of a table, with what was looked at below the heading. */
export function backtestCrmText(tested: BacktestedCrm, io: Pick<Io, 'colour'>): string[] {
  const { note, comparison, uncompared } = tested;
  const [heading = '', ...lines] = backtestText(tested, io);
  return [
    heading,
    fold(note, 0),
    ...(comparison === undefined ? [] : ['', ...comparisonText(comparison, io), '']),
    ...(uncompared === undefined ? [] : ['', uncomparedText(uncompared), '']),
    ...lines,
  ];
}
