import { normaliseEmail } from '../../leads/email.ts';
import type { Lead } from '../../leads/lead.ts';
import { appliesTo } from '../../scoring/applies-to.ts';
import type { CompiledModel, Criterion } from '../../scoring/compiled-model.ts';
import { scoreLead } from '../../scoring/score-lead.ts';
import type { Feature, History } from '../history.ts';
import { holdingReader } from '../holding.ts';
import type { Column } from './column.ts';
import { type Growing, growing } from './growing.ts';
import type { Outcomes } from './outcome.ts';
import { ROWS_BETWEEN_NEWS, type Table } from './table.ts';
import { type TableRow, tableRows } from './table-rows.ts';

export interface ScoreTableOptions {
  readonly outcomes: Outcomes;
  /** When each lead came, where a column says so. */
  readonly date: Column | undefined;
  /** Milliseconds since 1970: as of when leads are scored whose date is not known. */
  readonly now: number;
  /** Told now and then how many rows were scored. */
  readonly onRows?: (rows: number) => void;
  readonly signal?: AbortSignal;
}

/** What a model says of the leads of a table; of those alone that it is about. */
export interface TableVerdicts {
  readonly history: History;
  readonly scores: Float64Array;
  /** By lead, 1 where it is an MQL. */
  readonly sent: Uint8Array;
  readonly grades: readonly string[];
}

/** Scores the leads of a table by its columns, which are fields to the model. The table is read once more for that. */
export async function scoreTable(
  { file }: Pick<Table, 'file'>,
  model: CompiledModel,
  { outcomes, date, now, onRows, signal }: ScoreTableOptions,
): Promise<TableVerdicts> {
  const holdingOf = holdingReader(model);
  const [bought, at, scores] = [numbers(), numbers(), numbers()];
  const [sent, grades]: [number[], string[]] = [[], []];
  const leadsOf = new Map(model.criteria.map(({ id }) => [id, growing((length) => new Uint32Array(length))]));
  let row = -1;
  let known = 0;
  for await (const { headings, cells } of tableRows(file, signal)) {
    if (cells === undefined) continue;
    row += 1;
    if ((row + 1) % ROWS_BETWEEN_NEWS === 0) onRows?.(row + 1);
    if (outcomes.rows[known] !== row) continue;
    const outcome = outcomes.bought[known] ?? 0;
    known += 1;
    const time = date?.times?.[row] ?? Number.NaN;
    const lead = leadOf(headings, cells, Number.isNaN(time) ? now : time);
    if (!appliesTo(model, lead)) continue;
    const score = scoreLead(model, lead, [], lead.createdAt);
    for (const id of holdingOf(lead, [], score, lead.createdAt)) leadsOf.get(id)?.push(grades.length);
    bought.push(outcome);
    at.push(time);
    scores.push(score.total);
    sent.push(score.mql ? 1 : 0);
    grades.push(score.grade);
  }
  return {
    history: {
      bought: Uint8Array.from(bought.finish()),
      at: at.finish(),
      features: model.criteria.map((criterion) => featureOf(criterion, model)),
      leadsOf: [...leadsOf.values()].map((leads) => leads.finish()),
    },
    scores: scores.finish(),
    sent: Uint8Array.from(sent),
    grades,
  };
}

function numbers(): Growing<Float64Array> {
  return growing((length) => new Float64Array(length));
}

function leadOf(headings: TableRow['headings'], cells: readonly string[], createdAt: number): Lead {
  const named = headings.flatMap((heading, place) => {
    const cell = cells[place]?.trim() ?? '';
    return heading === undefined || cell === '' ? [] : [[heading.field, cell] as const];
  });
  const fields = Object.fromEntries(named);
  const email = normaliseEmail(fields.email);
  return { id: '', formerIds: [], emails: email === undefined ? [] : [email], fields, createdAt };
}

function featureOf({ id, label, points, bands, index }: Criterion, { dimensions }: CompiledModel): Feature {
  const isFit = dimensions.fit.groups.some(({ criteria }) => criteria.some((one) => one.index === index));
  return {
    id,
    name: label,
    source: id,
    dimension: isFit ? 'fit' : 'engagement',
    when: undefined,
    // Bands give one lead more than another.
    ...(bands === undefined && { points }),
  };
}
