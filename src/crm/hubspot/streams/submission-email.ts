import { normaliseEmail } from '../../../leads/email.ts';
import type { Submission } from '../api/forms.ts';

/** In which properties of a contact a form may ask for its address, the one that HubSpot knows people by first. */
const FIELDS = ['email', 'hs_additional_emails'];

/** HubSpot's type of contacts. A form may ask for properties of companies and other records as well, and name them alike. */
const CONTACTS = '0-1';

/**
 * Who sent the form, as far as an address tells. The value is what the person wrote, or all additional addresses in one; newer
 * forms write the type of the record before the name of the field.
 */
export function submissionEmail({ values }: Submission): string | undefined {
  const fields = (values ?? []).flatMap(({ name, value, objectTypeId }) => {
    const [, prefix, plain = ''] = /^(?:(\d+-\d+)\/)?(.*)$/s.exec(name.trim().toLowerCase()) ?? [];
    const isContacts = (prefix ?? objectTypeId ?? CONTACTS) === CONTACTS;
    return isContacts && typeof value === 'string' ? [{ name: plain, value }] : [];
  });
  for (const wanted of FIELDS) {
    const written = fields.filter(({ name }) => name === wanted).flatMap(({ value }) => value.split(';'));
    const email = written.map(normaliseEmail).find((one) => one !== undefined);
    if (email !== undefined) return email;
  }
  return undefined;
}
