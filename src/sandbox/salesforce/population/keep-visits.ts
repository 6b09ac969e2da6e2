import { HOUR, MINUTE } from '../../../base/clock.ts';
import type { Random } from '../../population/random.ts';
import { FORMS, type FormKey } from '../../portal/forms.ts';
import type { Org } from '../org/org.ts';
import type { VisitorActivityType } from '../org/prospects.ts';
import type { Known, Life } from './settle-person.ts';

const PAUSE = 30 * MINUTE;
const FORM_KEYS = Object.keys(FORMS);

/** What Account Engagement saw of a person: their visits, the forms they sent and what they downloaded. */
export function keepVisits(
  org: Org,
  random: Random,
  { lead, contact }: Known,
  { email, behaviour, created }: Life,
): void {
  if (email === undefined || (behaviour.views.length === 0 && behaviour.sent.length === 0)) return;
  const prospect = org.prospects.add({ email, leadId: lead?.id, contactId: contact?.id }, created);
  const seen: { at: number; type: VisitorActivityType; details: string; form?: FormKey }[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const { at, path } of behaviour.views) {
    if (at - before > PAUSE) seen.push({ at, type: 20, details: path });
    if (path.startsWith('/pricing')) seen.push({ at, type: 2, details: path });
    before = at;
  }
  for (const { at, form } of behaviour.sent) seen.push({ at, type: 4, details: FORMS[form].name, form });
  if (random.chance(0.3) && behaviour.views[0] !== undefined) {
    seen.push({ at: behaviour.views[0].at + HOUR, type: 11, details: 'Product news' });
  }
  for (const { at, type, details, form } of seen.sort((a, b) => a.at - b.at)) {
    const formId = form === undefined ? undefined : 1_000 + FORM_KEYS.indexOf(form);
    org.prospects.record(prospect, type, formId === undefined ? { details } : { details, formId }, at);
  }
}
