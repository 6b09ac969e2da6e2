import { batches } from '../../base/batches.ts';
import { RetryableError } from '../../base/errors.ts';
import type { CallOptions, WriteOutcome } from '../crm.ts';
import type { Contact, ContactBatch, ContactUpdate } from './api/contacts.ts';
import { changeTime } from './leads.ts';
import { contextValues, type ProblemBody, RefusedError } from './refusal.ts';
import { concernsRecords, refusedRecord, throwMissingProperty } from './refused-record.ts';
import { stagesKept } from './stage-moves.ts';
import type { WriteContext } from './write-context.ts';

/**
 * At most 100 updates. One call where all is well; where HubSpot refuses the whole batch for one record's sake, halves of
 * it until that one is alone.
 */
export async function writeBatch(
  context: WriteContext,
  inputs: readonly ContactUpdate[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  let answer: ContactBatch;
  try {
    answer = await context.update(context.transport, inputs, options);
  } catch (error) {
    if (!(error instanceof RefusedError) || !concernsRecords(error)) throw error;
    throwMissingProperty(error.problem, inputs);
    return narrowDown(context, inputs, error.problem, options);
  }
  return rowByRow(context, inputs, answer, options);
}

async function narrowDown(
  context: WriteContext,
  inputs: readonly ContactUpdate[],
  problem: ProblemBody,
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const [only] = inputs;
  if (inputs.length === 1 && only !== undefined) return [refusedRecord(only, problem)];
  const named = whoseProblems(inputs, problem);
  const outcomes = inputs.flatMap((input) =>
    named.has(input.id) ? [refusedRecord(input, named.get(input.id) ?? problem)] : [],
  );
  const rest = inputs.filter(({ id }) => !named.has(id));
  // HubSpot said whose fault it is: the others go again as they are.
  if (outcomes.length > 0)
    return rest.length === 0 ? outcomes : [...outcomes, ...(await writeBatch(context, rest, options))];
  for (const half of batches(inputs, Math.ceil(inputs.length / 2))) {
    outcomes.push(...(await writeBatch(context, half, options)));
  }
  return outcomes;
}

/** What HubSpot says of single inputs where it refused them all. */
function whoseProblems(inputs: readonly ContactUpdate[], whole: ProblemBody): Map<string, ProblemBody> {
  const ids = new Set(inputs.map(({ id }) => id));
  const named = new Map<string, ProblemBody>();
  for (const error of whole.errors ?? []) {
    const problem = { ...whole, errors: [error] };
    for (const id of contextValues({ errors: [error] }, WHOSE)) if (ids.has(id)) named.set(id, problem);
  }
  return named;
}

async function rowByRow(
  context: WriteContext,
  inputs: readonly ContactUpdate[],
  { results, errors }: ContactBatch,
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const byId = new Map<string, Contact>();
  for (const contact of results)
    for (const id of [contact.id, contact.objectWriteTraceId]) if (id) byId.set(id, contact);
  const problems = (errors ?? []).map((problem) => ({ problem, whose: contextValues(problem, WHOSE) }));

  const refused: WriteOutcome[] = [];
  const done: { input: ContactUpdate; contact: Contact }[] = [];
  const left: ContactUpdate[] = [];
  for (const input of inputs) {
    const contact = byId.get(input.id);
    const problem = problems.find(({ whose }) => whose.includes(input.id))?.problem;
    if (contact !== undefined) done.push({ input, contact });
    else if (problem === undefined) left.push(input);
    else {
      throwMissingProperty(problem, [input]);
      refused.push(refusedRecord(input, problem));
    }
  }
  const moved = await stagesKept(context, done, options);
  const written = done.map(({ input: { id }, contact }): WriteOutcome => {
    const changedAt = changeTime(contact) ?? 0;
    const verdict = moved.get(id);
    return { id, status: 'written', changedAt, ...(verdict === undefined ? {} : { moved: verdict }) };
  });
  const nobodys = problems.find(({ whose }) => whose.length === 0)?.problem;
  return [...written, ...refused, ...(await settleLeftOut(context, inputs, left, nobodys, options))];
}

/** Where an error says which input it is about. */
const WHOSE = ['objectWriteTraceId', 'ids', 'id'];

/** HubSpot leaves a record that was merged into another out of its answer without a word; and an error may not say whose it is. */
async function settleLeftOut(
  context: WriteContext,
  inputs: readonly ContactUpdate[],
  left: readonly ContactUpdate[],
  problem: ProblemBody | undefined,
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  if (left.length === 0) return [];
  if (problem !== undefined) {
    return left.length < inputs.length
      ? writeBatch(context, left, options)
      : narrowDown(context, left, problem, options);
  }
  const error = new RetryableError('HubSpot left the record out of its answer, as after a merge: read it afresh');
  return left.map(({ id }) => ({ id, status: 'failed', error }));
}
