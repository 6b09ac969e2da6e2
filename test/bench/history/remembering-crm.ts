import { DAY, HOUR } from '../../../src/base/clock.ts';
import type { Observation, PastRecord } from '../../../src/crm/crm.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { makePerson } from '../../../src/sandbox/population/person.ts';
import { createRandom } from '../../../src/sandbox/population/random.ts';
import type { PastSource } from '../../../src/sync/history/past-source.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const SEED = 11;
const YEARS = 2 * 365 * DAY;
const PAGE = 100;
const PATHS = ['/', '/pricing', '/product', '/product/scoring', '/docs', '/blog', '/about', '/customers'];

/** A CRM without HTTP, that makes up each page as it is asked for and holds none: what is measured is who reads it. */
export function rememberingCrm({
  leads,
  activities,
}: {
  readonly leads: number;
  readonly activities: number;
}): PastSource {
  return {
    clock: { now: () => NOW },
    crm: {
      name: 'hubspot',
      pastFields: async () => ({ known: new Set(['job_title', 'country']), findings: [] }),
      async listPast(after) {
        const from = Number(after ?? 0);
        const records = Array.from({ length: Math.min(PAGE, leads - from) }, (_, place) =>
          recordOf(from + place, leads),
        );
        return { records, next: from + PAGE < leads ? String(from + PAGE) : undefined };
      },
      streams: [stream('page-view', leads, activities), stream('deal-won', leads, activities)],
    },
  };
}

const createdAt = (index: number) => createRandom(SEED, index).whole(YEARS) + NOW - YEARS;
const isBuyer = (index: number) => index % 20 === 7;
const boughtAt = (index: number) => Math.min(createdAt(index) + 40 * DAY + ((index * 7919) % 90) * DAY, NOW - HOUR);

function recordOf(index: number, leads: number): PastRecord {
  const { values, mail, mailName, mailDomain } = makePerson(createRandom(SEED, index), index, Math.ceil(leads / 6));
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
  };
  const known = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const created = createdAt(index);
  const past = known.map(([name, value]) => {
    const first = { value, since: created };
    return [
      name,
      index % 10 === 0 && name === 'job_title'
        ? [
            { value: 'Intern', since: created },
            { value, since: created + 9 * DAY },
          ]
        : [first],
    ] as const;
  });
  return {
    lead: {
      id: String(101_000_000 + index * 37),
      formerIds: [],
      emails: email === undefined ? [] : [email],
      fields: Object.fromEntries(known),
      createdAt: created,
    },
    past: Object.fromEntries(past),
    counters: [],
    outputs: {},
    stage: 'before-mql',
    fingerprint: '',
    changedAt: NOW,
  };
}

function stream(
  name: 'page-view' | 'deal-won',
  leads: number,
  activities: number,
): PastSource['crm']['streams'][number] {
  return {
    name,
    lag: 0,
    overlap: 0,
    async *pull() {
      const count = name === 'deal-won' ? leads : activities;
      for (let from = 0; from < count; from += PAGE) {
        const page: Observation[] = [];
        for (let index = from; index < Math.min(from + PAGE, count); index++) {
          const lead = name === 'deal-won' ? index : (index * 7919) % leads;
          if (name === 'deal-won' && !isBuyer(lead)) continue;
          page.push({ person: { leadId: String(101_000_000 + lead * 37) }, activity: activityOf(name, index, lead) });
        }
        yield page;
      }
    },
  };
}

function activityOf(name: 'page-view' | 'deal-won', index: number, lead: number): Activity {
  if (name === 'deal-won') return { id: String(index), type: 'deal-won', at: boughtAt(lead) };
  const random = createRandom(SEED + 1, index);
  const end = isBuyer(lead) ? boughtAt(lead) : NOW;
  const at = Math.floor(end - random.next() ** 2 * (end - createdAt(lead)));
  // Buyers look at prices more often.
  const path = isBuyer(lead) && random.chance(0.15) ? '/pricing' : (PATHS[random.whole(PATHS.length)] ?? '/');
  return { id: String(index), type: 'page-view', at, url: `https://www.gaugeworks.example${path}?utm_source=mail` };
}
