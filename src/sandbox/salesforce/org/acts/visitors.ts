import type { Org } from '../org.ts';
import type { Prospect, VisitorActivity, VisitorActivityTarget, VisitorActivityType } from '../prospects.ts';

export function recordVisitor(
  org: Org,
  personId: string,
  type: VisitorActivityType,
  target: VisitorActivityTarget,
): VisitorActivity {
  return org.prospects.record(prospectOf(org, personId), type, target);
}

/** The prospect that is synced with this lead or contact; made where there is none. */
function prospectOf(org: Org, personId: string): Prospect {
  const known = org.prospects.ofRecord(personId);
  if (known !== undefined) return known;
  const person = org.get(personId);
  const email = person.text('Email');
  if (email === undefined)
    throw new Error(`${personId} has no e-mail address: Account Engagement knows nobody without`);
  const ids = person.type.name === 'Lead' ? { leadId: person.id } : { contactId: person.id };
  return org.prospects.add({ email, ...ids });
}
