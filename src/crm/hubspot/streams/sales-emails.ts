import { normaliseEmail } from '../../../leads/email.ts';
import { listOneSalesRecord } from '../api/sales-records.ts';
import { type SalesSource, salesStream } from './sales-stream.ts';
import type { StreamKind } from './stream-kind.ts';

export const salesEmailsKind: StreamKind = {
  key: 'sales_emails',
  what: 'e-mails of sales',
  scopes: ['crm.objects.contacts.read', 'sales-email-read'],
  delivers: ['sales-email', 'email-reply'],
  probe: (transport) => listOneSalesRecord(transport, 'emails'),
  open: ({ transport }) => salesStream(transport, EMAILS),
};

/**
 * Which way an e-mail went, and when; never its subject or its text. An e-mail that came in is about everyone it was sent to,
 * and a reply of its sender alone. https://developers.hubspot.com/docs/api-reference/latest/crm/activities/emails/guide
 */
const EMAILS: SalesSource = {
  type: 'emails',
  name: 'sales-email',
  properties: ['hs_email_direction', 'hs_email_status', 'hs_email_from_email'],
  times: ['hs_timestamp'],
  reader:
    () =>
    ({ properties }) => {
      const direction = properties.hs_email_direction?.toUpperCase() ?? '';
      const withdrawn = NOT_SENT.has(properties.hs_email_status?.toUpperCase() ?? '');
      if (direction !== 'INCOMING_EMAIL')
        return { activity: { type: 'sales-email' }, withdrawn: withdrawn || !OUTGOING.has(direction) };
      const by = normaliseEmail(properties.hs_email_from_email ?? undefined);
      return { activity: { type: 'email-reply', isInbound: true }, withdrawn, by };
    },
};

const OUTGOING: ReadonlySet<string> = new Set(['EMAIL', 'FORWARDED_EMAIL']);
const NOT_SENT: ReadonlySet<string> = new Set(['BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING']);
