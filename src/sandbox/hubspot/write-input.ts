import { HubSpotError, invalid } from '../http/answer.ts';
import type { Contact, Value } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import { type InvalidValue, readValue } from '../portal/property-value.ts';

export type Input = Readonly<Record<string, unknown>>;
export type WriteInput = { readonly values: Record<string, Value | undefined> } | { readonly problem: HubSpotError };

/** Reads what a call wants to write to a contact (or to a new one), all of it or none. */
export function readInput(portal: Portal, input: Input, contact: Contact | undefined): WriteInput {
  const values: Record<string, Value | undefined> = {};
  const problems: ({ name: string } & InvalidValue)[] = [];
  for (const [name, given] of Object.entries(input)) {
    const property = portal.properties.get(name);
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
  if (typeof values.email === 'string') {
    values.email = values.email.trim().toLowerCase();
    if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(values.email)) {
      problems.push({ name: 'email', error: 'INVALID_EMAIL', message: `Email address ${values.email} is invalid` });
    }
  }
  if (problems.length > 0) return { problem: refusal(portal, problems) };
  const holder = typeof values.email === 'string' ? portal.contacts.findByEmail(values.email) : undefined;
  if (holder !== undefined && holder !== contact) return { problem: conflict(holder) };
  return { values };
}

/** HubSpot puts the details into the message as JSON, refused values included. */
function refusal(portal: Portal, problems: readonly ({ name: string } & InvalidValue)[]): HubSpotError {
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

function conflict(holder: Contact): HubSpotError {
  return new HubSpotError(409, 'CONFLICT', `Contact already exists. Existing ID: ${holder.id}`);
}
