import { z } from 'zod';
import { type Answer, invalid } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Portal } from '../portal/portal.ts';
import type { CrmRecord, Values } from '../portal/record.ts';
import { batchAnswer, checkSize, missingError, type RowError, rowError } from './batch.ts';
import { readBody } from './read-body.ts';
import { chooseProperties, recordAnswer } from './record-answer.ts';
import { historyAnswer, MOST_WITH_HISTORY } from './record-history.ts';
import type { RecordType } from './record-type.ts';
import { readInput } from './write-input.ts';

const readBatchBody = z.object({
  inputs: z.array(z.object({ id: z.coerce.string() })),
  properties: z.array(z.string()).optional(),
  propertiesWithHistory: z.array(z.string()).optional(),
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

/** Up to 100 records in a call. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/batch/post-crm-v3-objects-contacts-batch-update */
export function recordBatchRoutes<T extends CrmRecord>(portal: Portal, type: RecordType<T>): Route[] {
  const base = `/crm/objects/{version}/${type.name}/batch`;
  return [
    {
      method: 'POST',
      template: `${base}/read`,
      kind: 'read',
      scopes: [type.scopes.read],
      alsoScope: type.alsoScope,
      handle: (call) => readBatch(portal, type, call),
    },
    {
      method: 'POST',
      template: `${base}/update`,
      kind: 'write',
      scopes: [type.scopes.write],
      alsoScope: type.alsoScope,
      handle: (call) => updateBatch(portal, type, call),
    },
  ];
}

function readBatch<T extends CrmRecord>(portal: Portal, type: RecordType<T>, { body, query }: Call): Answer {
  const { inputs, properties = [], propertiesWithHistory: histories = [], idProperty } = readBody(readBatchBody, body);
  checkSize(inputs.length);
  if (histories.length > 0 && inputs.length > MOST_WITH_HISTORY) {
    throw invalid(`A batch request for property histories takes at most ${MOST_WITH_HISTORY} inputs.`);
  }
  const { store, typeId } = type;
  const archived = query.get('archived') === 'true';
  const unique = idProperty != null && idProperty === type.unique?.name ? type.unique : undefined;
  if (unique === undefined && idProperty != null && idProperty !== 'hs_object_id') {
    throw invalid(`Unable to read by non-unique ${typeId} property ${idProperty}`);
  }
  const find = (id: string) => (archived ? store.findArchived(id, portal.now()) : store.find(id));
  const found = new Set<T>();
  const missing: string[] = [];
  for (const { id } of inputs) {
    const record = unique === undefined ? find(id) : unique.find(id);
    if (record === undefined) missing.push(id);
    else found.add(record);
  }
  const chosen = chooseProperties(type, [...properties, ...histories]);
  const errors = missing.length === 0 ? [] : [missingError(type, { ids: missing })];
  return batchAnswer(
    portal,
    [...found].map((record) => ({
      ...recordAnswer(type, record, chosen),
      ...historyAnswer(type, record, histories),
    })),
    errors,
  );
}

function updateBatch<T extends CrmRecord>(portal: Portal, type: RecordType<T>, { params, body }: Call): Answer {
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
    const input = readInput(portal, type, params.version, properties, record);
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
