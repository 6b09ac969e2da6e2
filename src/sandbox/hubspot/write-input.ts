import { type HubSpotError, invalid } from '../http/answer.ts';
import type { Portal } from '../portal/portal.ts';
import { readValue } from '../portal/property-value.ts';
import type { CrmRecord, Value } from '../portal/record.ts';
import { missingByRules } from '../portal/required-rules.ts';
import type { RecordType, ValueProblem } from './record-type.ts';

export type Input = Readonly<Record<string, unknown>>;
export type WriteInput = { readonly values: Record<string, Value | undefined> } | { readonly problem: HubSpotError };

/**
 * Reads what a call wants to write to a record (or to a new one), all of it or none.
 * @param version of the API, as in the path
 */
export function readInput<T extends CrmRecord>(
  portal: Portal,
  type: RecordType<T>,
  version: string | undefined,
  input: Input,
  record: T | undefined,
): WriteInput {
  const values: Record<string, Value | undefined> = {};
  const problems: ValueProblem[] = [];
  for (const [name, given] of Object.entries(input)) {
    const property = type.table.properties.get(name);
    if (property === undefined) {
      problems.push({ name, error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` });
    } else if (property.readOnly) {
      problems.push({
        name,
        error: 'READ_ONLY_VALUE',
        message: `"${name}" is a read only property; its value cannot be set.`,
      });
    } else {
      const read = readValue(property, given);
      if ('invalid' in read) problems.push({ name, ...read.invalid });
      else values[name] = read.value;
    }
  }
  const owner = values.hubspot_owner_id;
  if (owner !== undefined && portal.owners.find(String(owner)) === undefined) {
    problems.push({ name: 'hubspot_owner_id', error: 'INVALID_OWNER_ID', message: `Owner ${owner} does not exist` });
  }
  problems.push(...type.tidy(values));
  if (problems.length > 0) return { problem: refusal(portal, problems) };
  const rules = { objectType: type.name, version: version ?? '', table: type.table };
  const missing = missingByRules(portal.requiredRules, rules, values, record);
  if (missing.length > 0) return { problem: refusal(portal, missing.map(missingValue)) };
  const problem = type.conflict(values, record);
  return problem === undefined ? { values } : { problem };
}

function missingValue(name: string): ValueProblem {
  return { name, error: 'REQUIRED_FIELD', message: `"${name}" is required where the others have these values.` };
}

/** HubSpot puts the details into the message as JSON, refused values included. */
function refusal(portal: Portal, problems: readonly ValueProblem[]): HubSpotError {
  const details = problems.map(({ name, error, message }) => ({
    isValid: false,
    message,
    error,
    name,
    localizedErrorMessage: message,
    portalId: portal.settings.portalId,
  }));
  return invalid(`Property values were not valid: ${JSON.stringify(details)}`, {
    errors: problems.map(({ name, error, message }) => ({ message, code: error, context: { propertyName: [name] } })),
  });
}
