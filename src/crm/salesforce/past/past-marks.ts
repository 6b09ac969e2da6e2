import type { PastMqls } from '../../crm.ts';
import type { ModelOutputs } from '../../outputs/output-model.ts';
import { mqlNames, pastMqls } from '../../outputs/past-mqls.ts';
import { readInstant } from '../outputs.ts';
import { type Column, columnText, textOf } from '../row.ts';
import { columnOf, type VisibleFields } from '../visible-fields.ts';
import type { PastRow } from './person-past.ts';

/** The column in which a model says when a lead last came to be an MQL. */
export interface MarkColumn {
  /** As config has it. */
  readonly name: string;
  readonly column: Column;
}

/** Those that are there, and for our user. */
export function mqlColumns(models: readonly ModelOutputs[], visible: VisibleFields): MarkColumn[] {
  return mqlNames(models).flatMap(({ name }) => {
    const column = columnOf(visible, name);
    return column === undefined ? [] : [{ name, column }];
  });
}

/** Of a person by all of its records: a Lead that was converted keeps what it was told, and Salesforce copies none of it to the Contact. */
export function mqlsOf(models: readonly ModelOutputs[], rows: readonly PastRow[]): Record<string, PastMqls> {
  return pastMqls(mqlNames(models), (name) => {
    const told = rows.flatMap(({ source, row }) => {
      const column = source.marks.find((mark) => mark.name === name)?.column;
      if (column === undefined) return [];
      const isKept = source.kept.has(column);
      const changes = isKept ? source.history.changesOf(textOf(row, 'Id') ?? '', column) : [];
      const held = [columnText(row, column), ...changes.flatMap(({ from, to }) => [from, to])].map(readInstant);
      // What was never filled in was never overwritten.
      return [{ held, isWhole: isKept || held.every((time) => time === undefined) }];
    });
    return { times: told.flatMap(({ held }) => held), isWhole: told.every(({ isWhole }) => isWhole) };
  });
}
