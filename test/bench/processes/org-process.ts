import { z } from 'zod';
import { createOrg, startSalesforceSandbox } from '../../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { evaluate } from '../../../src/sandbox/salesforce/soql/evaluate.ts';
import { createMovableClock } from './movable-clock.ts';
import { answerBy } from './talk.ts';

/** A Salesforce org in a process of its own, so that its memory and its CPU time are not those of what is measured. */
const options = z.object({ leads: z.number() }).parse(JSON.parse(process.argv[2] ?? '{}'));

const clock = createMovableClock();
const org = createOrg({ leads: options.leads, clock });
const sandbox = await startSalesforceSandbox({ org, clock, record: { keep: Number.MAX_SAFE_INTEGER, bodies: 'none' } });

answerBy(
  {
    url: () => sandbox.url,
    clear: () => sandbox.requests.clear(),
    calls: () =>
      sandbox.requests.all().map(({ at, kind, template, status, query }) => {
        const [, object] = /\bFROM (\w+)/i.exec(query.q ?? '') ?? [];
        return { at, kind, template, status, object };
      }),
    counts: () => ({
      activity: sandbox.requests.count({ kind: 'activity' }),
      read: sandbox.requests.count({ kind: 'read' }),
      writes: sandbox.requests.count({ kind: 'write' }),
    }),
    did: (given) => {
      const { since, campaigns } = z.object({ since: z.number(), campaigns: z.array(z.string()) }).parse(given);
      return { converted: countOf('Lead WHERE IsConverted = true'), ...whatPeopleDid(since, campaigns) };
    },
    /** Sales edits so many people, spread over leads and contacts as they are. */
    change: (given) => {
      const { count, title } = z.object({ count: z.number(), title: z.string() }).parse(given);
      const everyone = [
        ...org
          .type('Lead')
          .live()
          .filter((lead) => !lead.flag('IsConverted')),
        ...org.type('Contact').live(),
      ];
      for (let place = 0; place < count; place += 1) {
        const person = everyone[Math.floor((place * everyone.length) / count)];
        if (person !== undefined) sandbox.people.change(person.id, { Title: title });
      }
    },
    advance: (given) => clock.move(z.object({ ms: z.number() }).parse(given).ms),
  },
  () => sandbox.close(),
);

/** By object: how many records tell of it, and of how many of these something else is to be asked by their ids. */
function whatPeopleDid(since: number, campaigns: readonly string[]) {
  const time = new Date(since).toISOString().replace(/\.\d+/, '');
  const day = time.slice(0, 10);
  const names = campaigns.map((name) => `'${name.replace(/[\\']/g, '\\$&')}'`).join(',');
  const responded = `HasResponded = true AND FirstRespondedDate >= ${day}`;
  const done = `IsClosed = true AND CompletedDateTime >= ${time}`;
  const emails = countOf(`EmailMessage WHERE MessageDate >= ${time}`);
  const won = countOf(`Opportunity WHERE IsWon = true AND CloseDate >= ${day}`);
  return {
    rows: {
      CampaignMember: countOf(`CampaignMember WHERE Campaign.Name IN (${names}) AND ${responded}`),
      Task: countOf(`Task WHERE TaskSubtype IN ('Call','Email') AND ${done}`),
      Event: countOf(`Event WHERE WhoId != null AND StartDateTime >= ${time}`),
      EmailMessage: emails,
      Opportunity: won,
    },
    lookups: {
      Task: countOf(`Task WHERE TaskSubtype = 'Email' AND ${done}`),
      EmailMessage: emails,
      Opportunity: won,
    },
  };
}

function countOf(what: string): number {
  return evaluate(org, `SELECT COUNT() FROM ${what}`, { user: undefined }).totalSize;
}
