import type { LeadRecord, Stage } from '../crm.ts';
import type { ModelOutputs } from '../outputs/output-model.ts';
import { stageByMarks } from '../outputs/stage-by-marks.ts';
import type { SalesforceConfig } from './config.ts';
import type { Former } from './formers.ts';
import { isBeforeLead, stageOf } from './lifecycle.ts';
import { decodeOutputs } from './outputs.ts';
import { columnText, type Row } from './row.ts';

/** How far somebody got. */
export type PersonStage = Pick<LeadRecord, 'stage' | 'isBeforeLead'>;

export interface StageReading {
  readonly config: Pick<SalesforceConfig, 'lifecycle'>;
  /** The model with which the stage goes. */
  readonly main: ModelOutputs | undefined;
}

/** The fields that tell of it: with the lifecycle off our own marks, of who was passed to sales and who was given back. */
export function stageFields({ config: { lifecycle }, main }: StageReading): string[] {
  if (lifecycle !== 'off') return [lifecycle.field];
  return main === undefined ? [] : [main.names.mql_at, main.names.recycled_at];
}

/** By the record's own fields; undefined where they say nothing. */
export function ownStage({ config: { lifecycle }, main }: StageReading, row: Row): PersonStage | undefined {
  if (lifecycle !== 'off') {
    const value = columnText(row, { name: lifecycle.field, type: 'picklist' });
    return value === undefined
      ? undefined
      : { stage: stageOf(lifecycle, value), ...before(isBeforeLead(lifecycle, value)) };
  }
  const marks = main && decodeOutputs(main.names, row);
  if (marks?.mqlAt === undefined && marks?.recycledAt === undefined) return undefined;
  return { stage: stageByMarks(marks) };
}

/** What its former records had reached holds for a record that does not say: a conversion may leave the stage behind. */
export function furthest({ config: { lifecycle } }: StageReading, formers: readonly Former[]): PersonStage {
  const places = formers.map(({ stage }) => (stage === undefined ? 0 : ORDER.indexOf(stage)));
  const stage = ORDER[Math.max(0, ...places)] ?? 'before-mql';
  if (lifecycle === 'off' || lifecycle.lead === undefined) return { stage };
  return { stage, isBeforeLead: formers.every((former) => former.isBeforeLead !== false) };
}

const ORDER: readonly Stage[] = ['before-mql', 'mql', 'beyond-mql'];

const before = (isBefore: boolean | undefined) => (isBefore === undefined ? {} : { isBeforeLead: isBefore });
