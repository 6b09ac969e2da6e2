import { type Answer, invalid } from '../http/answer.ts';
import type { Portal } from '../portal/portal.ts';
import type { CrmRecord } from '../portal/record.ts';
import type { RecordType } from './record-type.ts';

const MOST_INPUTS = 100;

/** What went wrong with one or some of a batch. */
export interface RowError {
  readonly status: 'error';
  readonly category: string;
  readonly message: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** @throws HubSpotError for an empty batch, and for more than a hundred inputs */
export function checkSize(inputs: number): void {
  if (inputs === 0) throw invalid('The request must have at least one input');
  if (inputs > MOST_INPUTS) {
    throw invalid(`The maximum number of inputs in a batch request is ${MOST_INPUTS}; it has ${inputs}`);
  }
}

export function rowError(category: string, message: string, context: RowError['context']): RowError {
  return { status: 'error', category, message, context };
}

export function missingError<T extends CrmRecord>({ word }: RecordType<T>, context: RowError['context']): RowError {
  const message = `Could not get some ${word} objects, they may be deleted or not exist. Check that ids are valid.`;
  return rowError('OBJECT_NOT_FOUND', message, context);
}

/** `done` where all went well, 207 where something did not. */
export function batchAnswer(portal: Portal, results: unknown[], errors: readonly RowError[], done = 200): Answer {
  const at = new Date(portal.now()).toISOString();
  const common = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (errors.length === 0) return { status: done, body: common };
  return { status: 207, body: { ...common, numErrors: errors.length, errors } };
}
