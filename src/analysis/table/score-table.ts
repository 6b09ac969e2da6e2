import { normaliseEmail } from '../../leads/email.ts';
import type { Lead } from '../../leads/lead.ts';
import { appliesTo } from '../../scoring/applies-to.ts';
import type { CompiledModel } from '../../scoring/compiled-model.ts';
import { leadScorer, type ScoredLeads } from '../scored-leads.ts';
import type { Column } from './column.ts';
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

/** Scores the leads of a table that the model is about, by its columns, which are its fields. The table is read once more for that. */
export async function scoreTable(
  { file }: Pick<Table, 'file'>,
  model: CompiledModel,
  { outcomes, date, now, onRows, signal }: ScoreTableOptions,
): Promise<ScoredLeads> {
  const scorer = leadScorer(model);
  let row = -1;
  let known = 0;
  for await (const { headings, cells } of tableRows(file, signal)) {
    if (cells === undefined) continue;
    row += 1;
    if ((row + 1) % ROWS_BETWEEN_NEWS === 0) onRows?.(row + 1);
    if (outcomes.rows[known] !== row) continue;
    const hasBought = outcomes.bought[known] === 1;
    known += 1;
    const time = date?.times?.[row] ?? Number.NaN;
    const lead = leadOf(headings, cells, Number.isNaN(time) ? now : time);
    if (appliesTo(model, lead)) scorer.add(lead, [], hasBought, lead.createdAt, time);
  }
  return scorer.finish();
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
