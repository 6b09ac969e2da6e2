import { callsKind } from './calls.ts';
import { dealsKind } from './deals.ts';
import { marketingEmailsKind } from './marketing-emails.ts';
import { marketingEventsKind } from './marketing-events.ts';
import { meetingsKind } from './meetings.ts';
import { pageViewsKind } from './page-views.ts';
import { salesEmailsKind } from './sales-emails.ts';
import type { StreamKind } from './stream-kind.ts';

/** Every stream that `config/hubspot.yaml` can switch. A new one is a file beside this and a line here. */
export const STREAMS: readonly StreamKind[] = [
  pageViewsKind,
  marketingEmailsKind,
  meetingsKind,
  callsKind,
  salesEmailsKind,
  marketingEventsKind,
  dealsKind,
];
