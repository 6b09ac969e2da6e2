import { z } from 'zod';
import { jobs } from '../../../jobs/index.ts';
import { createLog } from '../../../src/base/log.ts';
import { collectEarly } from '../../../src/cli/collect-early.ts';
import { oneConnection } from '../../../src/cli/connections.ts';
import { openApp } from '../../../src/cli/open-app.ts';
import { countDirty } from '../../../src/ledger/dirty.ts';
import type { Config } from '../../../src/settings/config.ts';
import { loadSettings } from '../../../src/settings/settings.ts';
import { createMovableClock } from '../processes/movable-clock.ts';
import { answerBy } from '../processes/talk.ts';

collectEarly();

/** Does on request what a worker's schedules do in a minute, in a process of its own. */
const options = z
  .object({
    crm: z.enum(['hubspot', 'salesforce']),
    /** How far its clock is ahead of the machine's, in milliseconds. */
    ahead: z.number(),
    /** In place of HubSpot's own limit. */
    searchesPerSecond: z.number().optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

/** In the order in which each finds what the one before it marked. */
const JOBS = ['hot-poll', 'pull-activities', 'pull-leads', 'pull-related', 'score'].flatMap(
  (name) => jobs.find((job) => job.name === name) ?? [],
);

const clock = createMovableClock();
clock.move(options.ahead);
const settings = loadSettings({ env: process.env });
const app = await openApp({
  settings: { ...settings, hubspot: settings.hubspot && searching(settings.hubspot) },
  clock,
  log: createLog({ level: 'error', json: false }),
  random: Math.random,
  path: undefined,
});
const connection = oneConnection(app, options.crm);
await connection.crm.connect();

answerBy(
  {
    advance: (given) => clock.move(z.object({ ms: z.number() }).parse(given).ms),
    sync: async () => {
      const before = new Map(Object.entries(app.calls));
      const began = performance.now();
      for (const job of JOBS) {
        const context = { connection: () => connection };
        await job.run({ connection: connection.crm.name }, context, new AbortController().signal);
      }
      const seconds = (performance.now() - began) / 1_000;
      const kinds = Object.entries(app.calls).map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)]);
      return { calls: Object.fromEntries(kinds), seconds, left: await countDirty(connection.space) };
    },
  },
  () => app.close(),
);

function searching(file: NonNullable<Config['hubspot']>): NonNullable<Config['hubspot']> {
  const { searchesPerSecond: search } = options;
  return search === undefined ? file : { ...file, value: { ...file.value, budget: { ...file.value.budget, search } } };
}
