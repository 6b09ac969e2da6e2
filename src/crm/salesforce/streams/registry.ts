import { campaignsKind } from './campaign-responses.ts';
import { emailsKind } from './email-messages.ts';
import { eventsKind } from './events.ts';
import { opportunitiesKind } from './opportunities.ts';
import type { StreamKind } from './stream-kind.ts';
import { tasksKind } from './tasks.ts';
import { visitorActivitiesKind } from './visitor-activities.ts';

/** Every source of activities that `config/salesforce.yaml` can switch. A new one is a file beside this and a line here. */
export const STREAMS: readonly StreamKind[] = [
  campaignsKind,
  tasksKind,
  eventsKind,
  emailsKind,
  opportunitiesKind,
  visitorActivitiesKind,
];
