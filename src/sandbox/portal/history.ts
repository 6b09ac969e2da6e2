import type { Contact } from './contact.ts';
import { conversionName, type Form } from './forms.ts';
import type { Portal } from './portal.ts';
import type { Value } from './record.ts';
import { VISIT_GAP } from './record-view.ts';

/** What a contact did before the portal began, oldest first. Times are milliseconds since 1970. */
export interface History {
  readonly views: readonly { readonly at: number; readonly url: string }[];
  readonly sent: readonly {
    readonly at: number;
    readonly form: Form;
    readonly pageUrl: string;
    /** Pairs of name and value, as typed. */
    readonly values: readonly (readonly [string, string])[];
  }[];
}

/** The counters and dates that HubSpot keeps on the contact, in agreement with its history. */
export function countersOf({ views, sent }: History): Record<string, Value> {
  const values: Record<string, Value> = {};
  const [first, last] = [views[0], views.at(-1)];
  if (first !== undefined && last !== undefined) {
    const visits = views.filter(({ at }, index) => index === 0 || at - (views[index - 1]?.at ?? 0) > VISIT_GAP);
    values.hs_analytics_num_page_views = views.length;
    values.hs_analytics_num_visits = visits.length;
    values.hs_analytics_average_page_views = Math.round(views.length / visits.length);
    values.hs_analytics_first_url = first.url;
    values.hs_analytics_last_url = last.url;
    values.hs_analytics_first_timestamp = first.at;
    values.hs_analytics_first_visit_timestamp = first.at;
    values.hs_analytics_last_timestamp = last.at;
    values.hs_analytics_last_visit_timestamp = visits.at(-1)?.at ?? first.at;
  }
  const [opening, latest] = [sent[0], sent.at(-1)];
  if (opening !== undefined && latest !== undefined) {
    values.num_conversion_events = sent.length;
    values.num_unique_conversion_events = new Set(sent.map(({ form }) => form.guid)).size;
    values.first_conversion_date = opening.at;
    values.first_conversion_event_name = conversionName(opening.form);
    values.recent_conversion_date = latest.at;
    values.recent_conversion_event_name = conversionName(latest.form);
  }
  return values;
}

/** Puts the events of a history into the portal; the contact has its counters already. */
export function keepHistory(portal: Portal, contact: Contact, { views, sent }: History): void {
  for (const { at, url } of views) portal.views.add(contact, at, url);
  for (const { at, form, pageUrl, values } of sent) portal.forms.submit(form, at, pageUrl, values);
}
