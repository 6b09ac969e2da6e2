import { z } from 'zod';
import { type Answer, invalid } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Portal } from '../portal/portal.ts';
import type { CrmRecord, Values } from '../portal/record.ts';
import { readBody } from './read-body.ts';
import { chooseProperties, recordAnswer } from './record-answer.ts';
import type { RecordType } from './record-type.ts';
import { readInput } from './write-input.ts';

const MOST_INPUTS = 100;

const readBatchBody = z.object({
  inputs: z.array(z.object({ id: z.coerce.string() })),
  properties: z.array(z.string()).optional(),
  idProperty: z.string().nullish(),
});
const updateBatchBody = z.object({
  inputs: z.array(
    z.object({
      id: z.coerce.string(),
      properties: z.record(z.string(), z.unknown()),
      idProperty: z.string().nullish(),
      objectWriteTraceId: z.string().nullish(),
    }),
  ),
});

interface RowError {
  readonly status: 'error';
  readonly category: string;
  readonly message: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Up to 100 records in a call. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/batch/post-crm-v3-objects-contacts-batch-update */
export function recordBatchRoutes<T extends CrmRecord>(portal: Portal, type: RecordType<T>): Route[] {
  const base = `/crm/objects/{version}/${type.name}/batch`;
  return [
    {
      method: 'POST',
      template: `${base}/read`,
      kind: 'read',
      scopes: [type.scopes.read],
      handle: (call) => readBatch(portal, type, call),
    },
    {
      method: 'POST',
      template: `${base}/update`,
      kind: 'write',
      scopes: [type.scopes.write],
      handle: (call) => updateBatch(portal, type, call),
    },
  ];
}

function readBatch<T extends CrmRecord>(portal: Portal, type: RecordType<T>, { body, query }: Call): Answer {
  const { inputs, properties, idProperty } = readBody(readBatchBody, body);
  checkSize(inputs.length);
  const { store, typeId } = type;
  const archived = query.get('archived') === 'true';
  const unique = idProperty != null && idProperty === type.unique?.name ? type.unique : undefined;
  if (unique === undefined && idProperty != null && idProperty !== 'hs_object_id') {
    throw invalid(`Unable to read by non-unique ${typeId} property ${idProperty}`);
  }
  const found = new Set<T>();
  const missing: string[] = [];
  for (const { id } of inputs) {
    const record = unique !== undefined ? unique.find(id) : archived ? store.findArchived(id) : store.find(id);
    if (record === undefined) missing.push(id);
    else found.add(record);
  }
  const chosen = chooseProperties(type, properties);
  const errors = missing.length === 0 ? [] : [missingError(type, { ids: missing })];
  return batchAnswer(
    portal,
    [...found].map((record) => recordAnswer(type, record, chosen)),
    errors,
  );
}

function updateBatch<T extends CrmRecord>(portal: Portal, type: RecordType<T>, { body }: Call): Answer {
  const { inputs } = readBody(updateBatchBody, body);
  checkSize(inputs.length);
  const byProperty = inputs.find(({ idProperty }) => idProperty != null)?.idProperty;
  if (byProperty != null)
    throw invalid(`Unable to perform update/upsert by non-unique ${type.typeId} property ${byProperty}`);
  const twice = inputs.map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index);
  if (twice.length > 0)
    throw invalid(`Duplicate IDs found in batch input: [${twice.join(', ')}]. IDs must be unique`, {
      context: { ids: twice },
    });

  const errors: RowError[] = [];
  const rows: { record: T; values: Values }[] = [];
  const written = new Set<string>();
  for (const { id, properties, objectWriteTraceId } of inputs) {
    const context = { ids: [id], ...(objectWriteTraceId == null ? {} : { objectWriteTraceId: [objectWriteTraceId] }) };
    const record = type.store.find(id);
    const input = readInput(portal, type, properties, record);
    if ('problem' in input) {
      if (portal.settings.badValues === 'fail-batch') throw input.problem;
      errors.push(rowError(input.problem.category, input.problem.message, context));
    } else if (record === undefined) errors.push(missingError(type, context));
    else {
      rows.push({ record, values: input.values });
      for (const name of Object.keys(input.values)) written.add(name);
    }
  }
  for (const { record, values } of rows) type.write(record, values);
  const chosen = chooseProperties(type, [...written]);
  return batchAnswer(
    portal,
    rows.map(({ record }) => recordAnswer(type, record, chosen)),
    errors,
  );
}

function missingError<T extends CrmRecord>({ word }: RecordType<T>, context: RowError['context']): RowError {
  const message = `Could not get some ${word} objects, they may be deleted or not exist. Check that ids are valid.`;
  return rowError('OBJECT_NOT_FOUND', message, context);
}

function checkSize(inputs: number): void {
  if (inputs === 0) throw invalid('The request must have at least one input');
  if (inputs > MOST_INPUTS) {
    throw invalid(`The maximum number of inputs in a batch request is ${MOST_INPUTS}; it has ${inputs}`);
  }
}

function rowError(category: string, message: string, context: RowError['context']): RowError {
  return { status: 'error', category, message, context };
}

function batchAnswer(portal: Portal, results: unknown[], errors: readonly RowError[]): Answer {
  const at = new Date(portal.now()).toISOString();
  const common = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (errors.length === 0) return { status: 200, body: common };
  return { status: 207, body: { ...common, numErrors: errors.length, errors } };
}
