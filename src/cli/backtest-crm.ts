import { backtest } from '../analysis/backtest.ts';
import { type Comparison, compareEach } from '../analysis/comparison.ts';
import { sourceFacts } from '../analysis/source-facts.ts';
import { upTo } from '../analysis/statistics/design.ts';
import { seededRandom } from '../analysis/statistics/seeded-random.ts';
import type { Column } from '../analysis/table/column.ts';
import { tableHistory } from '../analysis/table/table-history.ts';
import type { TooFewUnseen, UnseenChallenges } from '../analysis/unseen-challenges.ts';
import { learntWarning } from '../analysis/unseen-leads.ts';
import type { Outcome } from '../crm/outcome.ts';
import { loadSettings } from '../settings/settings.ts';
import { type Holdouts, holdoutsReader } from '../sync/history/holdouts.ts';
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
import { type ModelsInQuestion, modelsInQuestion } from './models-in-question.ts';
import { counted, fold } from './print.ts';
import { challengesOf, narrowerWarnings } from './review-challenges.ts';

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
  readonly leftOut: Pick<ReadPast, 'imported' | 'earlier' | 'young' | 'doubled'>;
  /** The model, and the one that was held against it; why not, where there are too few leads from which neither was learnt. */
  readonly comparison?: Comparison;
  readonly uncompared?: TooFewUnseen;
}

/** The same history, the same figures. */
const SEED = 7;

/**
 * Judges a model, the main one unless another is named, by what the CRM remembers of its leads.
 * @throws ConfigError where there is no such model, it is to be held against itself, or the CRM tells of too few who bought.
 */
export async function backtestCrm(
  name: string | undefined,
  flags: BacktestCrmFlags,
  io: Io,
  isQuiet: boolean,
): Promise<BacktestedCrm> {
  const asked = modelsInQuestion(loadSettings({ env: io.env }), flags);
  const { model, rivals } = asked;
  const holdouts = holdoutsReader(asked.challengers);
  const options = { name, flags, isQuiet, models: [model, ...rivals], onRecord: holdouts.add };
  return withCrmHistory(io, options, (history) => judge(history, asked, holdouts.finish()));
}

async function judge(
  { past, since, before, progress }: CrmHistory,
  { model, rivals, warnings }: ModelsInQuestion,
  holdouts: Holdouts,
): Promise<BacktestedCrm> {
  const scoring = progress('Scoring', past.count);
  const challenged = { model, rivals, holdouts };
  const asked = [...new Set(model.fields.map(({ name }) => name))];
  const told = await scorePast(past, model, {
    rivals,
    fields: asked,
    earlier: true,
    onScored: (count) => scoring.update(count, counted(count, 'lead')),
  });
  scoring.finish(`Scored by ${model.name}.`);
  const { columns, changed, others } = told;
  const { history, scores, sent, grades, createdAt } = told.scored;
  const report = backtest(history, scores, {
    random: seededRandom(SEED),
    sent,
    ever: told.ever,
    grades,
    columns: sourceFacts(fieldHistory(history.bought, columns), { changed, asked }),
  });
  return {
    title: model.name,
    report,
    warnings: [
      ...warnings,
      ...report.warnings,
      ...learntWarning(model, createdAt),
      ...narrowerWarnings(challenged, told),
      ...historyWarnings({ past, since, before, models: [model, ...rivals], others }),
    ],
    unscored: others,
    note: historyNote({ past, since, before }),
    outcome: past.outcome,
    leftOut: { imported: past.imported, earlier: past.earlier, young: past.young, doubled: past.doubled },
    ...compared(challengesOf(challenged, told)),
  };
}

/** Of the one that was held against it, where there is one. */
function compared({ challenges, uncompared }: UnseenChallenges): Pick<BacktestedCrm, 'comparison' | 'uncompared'> {
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
