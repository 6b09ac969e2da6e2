import { invalid } from '../http/answer.ts';
import type { Portal } from '../portal/portal.ts';
import type { CrmRecord } from '../portal/record.ts';
import type { Pair } from './association-pairs.ts';
import { type NewAssociations, readAssociations } from './record-associations.ts';
import type { RecordType } from './record-type.ts';
import { type Input, readInput } from './write-input.ts';

export interface NewRecord {
  /** Of the API, as in the path. */
  readonly version: string | undefined;
  readonly properties: Input;
  readonly associations: NewAssociations;
}

/**
 * Looks whether a record can be made, and gives back what makes it: a batch makes all of its records or none.
 * @throws HubSpotError where it cannot
 */
export function prepareRecord<T extends CrmRecord>(
  portal: Portal,
  type: RecordType<T>,
  pairs: readonly Pair[],
  { version, properties, associations }: NewRecord,
): () => T {
  const input = readInput(portal, type, version, properties, undefined);
  if ('problem' in input) throw input.problem;
  const { values } = input;
  const missing = type.required.filter((name) => values[name] === undefined);
  if (missing.length > 0) {
    throw invalid(`Error creating ${type.word}. Some required properties were not set: [${missing.join(', ')}]`);
  }
  const links = readAssociations(type, pairs, associations);
  return () => {
    const record = type.create(values);
    for (const link of links) link(record.id);
    return record;
  };
}
