import { DAY, HOUR } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import type { Lead } from '../../../src/leads/lead.ts';
import { makePerson, type Person } from '../../../src/sandbox/population/person.ts';
import { createRandom, type Random } from '../../../src/sandbox/population/random.ts';
import { orderActivities } from '../../../src/scoring/order-activities.ts';
import { comeBy, type Deed } from './deeds.ts';

/** A lead as the CRM and the ledger give it. */
export interface Known {
  readonly lead: Lead;
  /** Oldest first. */
  readonly activities: readonly Activity[];
}

/** When they are scored: a Monday at noon, UTC. */
export const NOW = Date.UTC(2026, 10, 2, 12);
/** A little longer than any criterion of the model looks back. */
const HISTORY = 200 * DAY;
const SEED = 7;

/** Leads with so many activities each, always the same: the people of the sandbox portal, and what such people do. */
export function population(leads: number, activities: number): Known[] {
  return Array.from({ length: leads }, (_, index) => {
    const random = createRandom(SEED, index);
    const person = makePerson(random, index, Math.ceil(leads / 6));
    return { lead: leadOf(random, person, index), activities: activitiesOf(random, person, index, activities) };
  });
}

function leadOf(random: Random, { values, mail, mailName, mailDomain }: Person, index: number): Lead {
  const email = mail === 'none' ? undefined : `${mailName}${index}@${mailDomain}`;
  const fields = {
    email,
    company: values.company,
    job_title: values.jobtitle,
    employees: values.numemployees,
    annual_revenue: values.annualrevenue,
    industry: values.industry,
    country: values.country,
    website: values.website,
    product_interest: values.product_interest,
    timeframe: random.chance(0.2) ? random.pick(['now', '0-3 months', '3-6 months', 'just looking']) : undefined,
    unsubscribed: random.chance(0.03) ? 'true' : 'false',
  };
  return {
    id: String(101_000_000 + index * 37),
    formerIds: [],
    emails: email === undefined ? [] : [email],
    fields: Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ),
    createdAt: NOW - HISTORY - random.whole(400 * DAY),
  };
}

/** People come by and do several things, then stay away for days; the keener, the more of late. */
function activitiesOf(random: Random, person: Person, index: number, count: number): readonly Activity[] {
  const keenness = 1 + 2 * random.next();
  const activities: Activity[] = [];
  while (activities.length < count) {
    const begin = NOW - HOUR - Math.floor(HISTORY * random.next() ** keenness);
    for (const deed of comeBy(random, person)) {
      // Nobody has done yet what is still to come.
      if (begin + deed.after < NOW) activities.push(activityOf(deed, begin, index, activities.length));
    }
  }
  return orderActivities(activities.slice(0, count));
}

function activityOf({ after, sinceDelivery, ...rest }: Deed, begin: number, index: number, place: number): Activity {
  const at = begin + after;
  const id = `${digits(index, 8)}-${digits(place, 4)}-4a7c-9d21-${digits(at, 12)}`;
  return { id, at, ...rest, ...(sinceDelivery === undefined ? {} : { deliveredAt: at - sinceDelivery }) };
}

function digits(number: number, length: number): string {
  return number.toString(16).padStart(length, '0');
}
