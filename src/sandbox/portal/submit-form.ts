import type { Contact } from './contact.ts';
import { emailsOf } from './emails-of.ts';
import { conversionName, type Form, type Submission } from './forms.ts';
import type { Portal } from './portal.ts';
import { recordView } from './record-view.ts';
import { readFields } from './typed-values.ts';

/** A form is sent: the submission, the contact (a new one for a new address), a page view and a conversion. */
export function submitForm(
  portal: Portal,
  form: Form,
  fields: Readonly<Record<string, string>>,
): { contact: Contact; submission: Submission } {
  const at = portal.now();
  const email = fields.email?.trim().toLowerCase() ?? '';
  if (email === '') throw new Error(`A submission of "${form.name}" needs an e-mail address`);
  const url = portal.settings.website + form.path;
  const submission = portal.forms.submit(form, at, url, Object.entries(fields));
  const typed = readFields(portal.properties, { ...fields, email });
  let contact = portal.contacts.findByEmail(email);
  if (contact === undefined) contact = portal.create(typed, 'FORM', at);
  else {
    // The address that was typed may be an additional one: the primary one stays.
    const { email: _, ...rest } = typed;
    if (Object.keys(rest).length > 0) portal.write(contact, rest, 'FORM', { at });
  }
  recordView(portal, contact, url, at);
  recordConversion(portal, contact, form, at);
  return { contact, submission };
}

function recordConversion(portal: Portal, contact: Contact, form: Form, at: number): void {
  const name = conversionName(form);
  const before = portal.numberOf(contact, 'num_conversion_events') ?? 0;
  const first = before === 0 ? { first_conversion_date: at, first_conversion_event_name: name } : {};
  const values = {
    recent_conversion_date: at,
    recent_conversion_event_name: name,
    num_conversion_events: before + 1,
    num_unique_conversion_events: portal.forms.formsSentFrom(emailsOf(portal, contact)),
    ...first,
  };
  portal.write(contact, values, 'FORM', { at });
}
