import { z } from 'zod';
import { type Answer, invalid } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Portal } from '../portal/portal.ts';
import type { CrmRecord } from '../portal/record.ts';
import type { Pair } from './association-pairs.ts';
import { batchAnswer, checkSize } from './batch.ts';
import { prepareRecord } from './prepare-record.ts';
import { readBody } from './read-body.ts';
import { chooseProperties, recordAnswer } from './record-answer.ts';
import { newAssociations } from './record-associations.ts';
import type { RecordType } from './record-type.ts';
import { readInput } from './write-input.ts';

const properties = z.record(z.string(), z.unknown());
const createBody = z.object({ inputs: z.array(z.object({ properties, associations: newAssociations })) });
const archiveBody = z.object({ inputs: z.array(z.object({ id: z.coerce.string() })) });
const upsertBody = z.object({
  inputs: z.array(z.object({ id: z.coerce.string(), idProperty: z.string().nullish(), properties })),
});

/** Up to 100 records made, or deleted, in a call: all of them or none. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide */
export function recordBatchCreateRoutes<T extends CrmRecord>(
  portal: Portal,
  type: RecordType<T>,
  pairs: readonly Pair[],
): Route[] {
  const base = `/crm/objects/{version}/${type.name}/batch`;
  const write = { method: 'POST', kind: 'write', scopes: [type.scopes.write], alsoScope: type.alsoScope } as const;
  return [
    { ...write, template: `${base}/create`, handle: (call) => createBatch(portal, type, pairs, call) },
    { ...write, template: `${base}/archive`, handle: (call) => archiveBatch(type, call) },
    { ...write, template: `${base}/upsert`, handle: (call) => upsertBatch(portal, type, call) },
  ];
}

function createBatch<T extends CrmRecord>(
  portal: Portal,
  type: RecordType<T>,
  pairs: readonly Pair[],
  { params, body }: Call,
): Answer {
  const { inputs } = readBody(createBody, body);
  checkSize(inputs.length);
  checkUnique(type, inputs);
  const makers = inputs.map((input) => prepareRecord(portal, type, pairs, { version: params.version, ...input }));
  const chosen = chooseProperties(type, namesOf(inputs));
  return batchAnswer(
    portal,
    makers.map((make) => recordAnswer(type, make(), chosen)),
    [],
    201,
  );
}

/** Says nothing of ids that are not there, as HubSpot does. */
function archiveBatch<T extends CrmRecord>({ store, remove }: RecordType<T>, { body }: Call): Answer {
  const { inputs } = readBody(archiveBody, body);
  checkSize(inputs.length);
  for (const { id } of inputs) {
    const record = store.find(id);
    if (record !== undefined) remove(record);
  }
  return { status: 204 };
}

function upsertBatch<T extends CrmRecord>(portal: Portal, type: RecordType<T>, { params, body }: Call): Answer {
  const { inputs } = readBody(upsertBody, body);
  checkSize(inputs.length);
  const { unique, typeId } = type;
  const other = inputs.find(({ idProperty }) => unique === undefined || idProperty !== unique.name);
  if (unique === undefined || other !== undefined) {
    throw invalid(`Unable to perform update/upsert by non-unique ${typeId} property ${other?.idProperty ?? 'id'}`);
  }
  const named = inputs.map((input) => ({ properties: { [unique.name]: input.id, ...input.properties } }));
  checkUnique(type, named);
  const { version } = params;
  const writers = named.map((input, index) => {
    const record = unique.find(inputs[index]?.id ?? '');
    if (record === undefined) {
      const make = prepareRecord(portal, type, [], { version, ...input, associations: [] });
      return () => ({ record: make(), isNew: true });
    }
    const read = readInput(portal, type, version, input.properties, record);
    if ('problem' in read) throw read.problem;
    return () => {
      type.write(record, read.values);
      return { record, isNew: false };
    };
  });
  const chosen = chooseProperties(type, namesOf(named));
  const results = writers.map((write) => {
    const { record, isNew } = write();
    return { ...recordAnswer(type, record, chosen), new: isNew };
  });
  return batchAnswer(portal, results, []);
}

interface Named {
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Two records of one batch cannot have what one alone may have. */
function checkUnique<T extends CrmRecord>({ unique }: RecordType<T>, inputs: readonly Named[]): void {
  if (unique === undefined) return;
  const values = inputs.flatMap(({ properties: given }) => {
    const value = given[unique.name];
    return typeof value === 'string' && value !== '' ? [value.trim().toLowerCase()] : [];
  });
  if (new Set(values).size < values.length) throw invalid(`Duplicate ${unique.name} values found in batch input`);
}

function namesOf(inputs: readonly Named[]): string[] {
  return inputs.flatMap(({ properties: given }) => Object.keys(given));
}
