import { z } from 'zod';
import { type Answer, invalid } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import { chooseProperties, contactAnswer } from './contact-answer.ts';
import { readBody } from './read-body.ts';
import { readInput } from './write-input.ts';

const base = '/crm/objects/{version}/contacts/batch';
const MOST_INPUTS = 100;
const MISSING = 'Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.';

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

/** Up to 100 contacts in a call. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/batch/post-crm-v3-objects-contacts-batch-update */
export function contactBatchRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'POST',
      template: `${base}/read`,
      kind: 'read',
      scopes: ['crm.objects.contacts.read'],
      handle: (call) => readBatch(portal, call),
    },
    {
      method: 'POST',
      template: `${base}/update`,
      kind: 'write',
      scopes: ['crm.objects.contacts.write'],
      handle: (call) => updateBatch(portal, call),
    },
  ];
}

function readBatch(portal: Portal, { body, query }: Call): Answer {
  const { inputs, properties, idProperty } = readBody(readBatchBody, body);
  checkSize(inputs.length);
  const archived = query.get('archived') === 'true';
  const byEmail = idProperty === 'email';
  if (!byEmail && idProperty != null && idProperty !== 'hs_object_id') {
    throw invalid(`Unable to read by non-unique 0-1 property ${idProperty}`);
  }
  const found = new Set<Contact>();
  const missing: string[] = [];
  for (const { id } of inputs) {
    const contact = byEmail
      ? portal.contacts.findByEmail(id.trim().toLowerCase())
      : archived
        ? portal.contacts.findArchived(id)
        : portal.contacts.find(id);
    if (contact === undefined) missing.push(id);
    else found.add(contact);
  }
  const chosen = chooseProperties(portal, properties);
  const errors = missing.length === 0 ? [] : [rowError('OBJECT_NOT_FOUND', MISSING, { ids: missing })];
  return batchAnswer(
    portal,
    [...found].map((contact) => contactAnswer(portal, contact, chosen)),
    errors,
  );
}

function updateBatch(portal: Portal, { body }: Call): Answer {
  const { inputs } = readBody(updateBatchBody, body);
  checkSize(inputs.length);
  const byProperty = inputs.find(({ idProperty }) => idProperty != null)?.idProperty;
  if (byProperty != null) throw invalid(`Unable to perform update/upsert by non-unique 0-1 property ${byProperty}`);
  const twice = inputs.map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index);
  if (twice.length > 0)
    throw invalid(`Duplicate IDs found in batch input: [${twice.join(', ')}]. IDs must be unique`, {
      context: { ids: twice },
    });

  const errors: RowError[] = [];
  const rows: { contact: Contact; values: Parameters<Portal['write']>[1] }[] = [];
  const written = new Set<string>();
  for (const { id, properties, objectWriteTraceId } of inputs) {
    const context = { ids: [id], ...(objectWriteTraceId == null ? {} : { objectWriteTraceId: [objectWriteTraceId] }) };
    const contact = portal.contacts.find(id);
    const input = readInput(portal, properties, contact);
    if ('problem' in input) {
      if (portal.settings.badValues === 'fail-batch') throw input.problem;
      errors.push(rowError(input.problem.category, input.problem.message, context));
    } else if (contact === undefined) errors.push(rowError('OBJECT_NOT_FOUND', MISSING, context));
    else {
      rows.push({ contact, values: input.values });
      for (const name of Object.keys(input.values)) written.add(name);
    }
  }
  for (const { contact, values } of rows) portal.write(contact, values, 'INTEGRATION');
  const chosen = chooseProperties(portal, [...written]);
  return batchAnswer(
    portal,
    rows.map(({ contact }) => contactAnswer(portal, contact, chosen)),
    errors,
  );
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
