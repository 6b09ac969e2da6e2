import { z } from 'zod';
import { readBody } from '../http/read-body.ts';
import type { Call } from '../http/route.ts';
import { refusal } from '../http/salesforce-error.ts';
import type { ObjectType } from '../org/object-type.ts';
import type { Org } from '../org/org.ts';

const MOST_ROWS = 200;
const MOST_CHUNKS = 10;

const rowsBody = z.object({
  allOrNone: z.boolean().default(false),
  records: z.array(z.looseObject({ attributes: z.looseObject({ type: z.string() }) })),
});

type Values = Readonly<Record<string, unknown>>;

/**
 * The records of a collection that is to be written.
 * @throws SalesforceError for what makes the whole request a bad one
 */
export function readRows(org: Org, call: Call): z.infer<typeof rowsBody> {
  const read = readBody(rowsBody, call.body);
  checkSize(read.records.length);
  for (const { attributes, ...values } of read.records) checkFields(org, call, attributes.type, Object.keys(values));
  const types = read.records.map(({ attributes }) => attributes.type.toLowerCase());
  if (types.filter((type, place) => type !== types[place - 1]).length > MOST_CHUNKS) {
    const message =
      'Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.';
    throw refusal('LIMIT_EXCEEDED', message);
  }
  return read;
}

/** One field that is not there, or that the user does not see, and no row is looked at. */
function checkFields(org: Org, call: Call, typeName: string, names: readonly string[]): void {
  const type = typeNamed(org, call, typeName);
  for (const name of names) {
    const field = type.field(name);
    if (field === undefined || !org.access.canRead(call.session.userId, type, field)) {
      throw refusal('INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`);
    }
  }
}

export function checkSize(rows: number): void {
  if (rows <= MOST_ROWS) return;
  throw refusal('EXCEEDED_ID_LIMIT', 'record limit reached. cannot submit more than 200 records into this call');
}

/** The object of a record's `attributes`. */
export function typeNamed(org: Org, { session }: Call, name: string): ObjectType {
  const type = org.object(name);
  if (type !== undefined && org.access.mayReach(session.userId, type, 'Read')) return type;
  throw refusal('INVALID_TYPE', `sObject type '${name}' is not supported.`);
}

/** Given as `id` or `Id`. */
export function idOf(values: Values): string | undefined {
  const id = Object.entries(values).find(([name]) => name.toLowerCase() === 'id')?.[1];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

export function withoutId(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.toLowerCase() !== 'id'));
}
