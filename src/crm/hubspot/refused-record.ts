import { FatalError, RecordError } from '../../base/errors.ts';
import type { WriteOutcome } from '../crm.ts';
import type { ContactUpdate } from './api/contacts.ts';
import { codesOf, isNotFound, mentioned, type ProblemBody, type RefusedError } from './refusal.ts';

/** Whether a batch was refused for its records' sake. A 404 without a word of a record means the address itself, and must not count every lead as gone. */
export function concernsRecords({ status, problem }: RefusedError): boolean {
  return status === 400 || status === 409 || (status === 404 && isNotFound(problem));
}

/** What became of a record that HubSpot refused: names of properties and HubSpot's error words, but no value. */
export function refusedRecord({ id, properties }: ContactUpdate, problem: ProblemBody): WriteOutcome {
  if (isNotFound(problem)) return { id, status: 'gone' };
  const names = mentioned(problem, Object.keys(properties));
  const what = names.length === 0 ? 'the record' : `the value of ${names.join(', ')}`;
  const why = codesOf(problem).join(', ') || 'no reason given';
  return { id, status: 'failed', error: new RecordError(`HubSpot refused ${what} (${why})`) };
}

/** @throws FatalError where a property is gone: that fails every record alike, and is one person's task, not a hundred dead letters. */
export function throwMissingProperty(problem: ProblemBody, inputs: readonly ContactUpdate[]): void {
  if (!codesOf(problem).includes('PROPERTY_DOESNT_EXIST')) return;
  const names = mentioned(problem, [...new Set(inputs.flatMap(({ properties }) => Object.keys(properties)))]);
  const which = names.length === 0 ? 'a property that leadgauge writes to' : `the property ${names.join(', ')}`;
  throw new FatalError(`the portal no longer has ${which}: run "leadgauge setup"`);
}
