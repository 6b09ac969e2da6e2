import { z } from 'zod';
import { systemClock } from '../../../src/base/clock.ts';
import { createLog } from '../../../src/base/log.ts';
import { collectEarly } from '../../../src/cli/collect-early.ts';
import { openApp } from '../../../src/cli/open-app.ts';
import { runWorker } from '../../../src/cli/run-worker.ts';
import { readProgress } from '../../../src/ledger/progress.ts';
import { loadSettings } from '../../../src/settings/settings.ts';
import { answerBy } from '../processes/talk.ts';

collectEarly();

/** A worker for several portals, each of which has its corner of one Redis. */
const { portals } = z
  .object({
    portals: z.array(z.object({ namespace: z.string(), variables: z.record(z.string(), z.string()) })),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const log = createLog({ level: 'error', json: false });
const apps = await Promise.all(
  portals.map(({ namespace, variables }) => {
    const settings = loadSettings({ env: variables });
    return openApp({ settings, clock: systemClock, log, random: Math.random, path: undefined, namespace });
  }),
);
const connections = apps.flatMap((app) => app.connections);
const closing: (() => Promise<void>)[] = [];

answerBy(
  {
    /** Begins to work, with a backfill of each portal that nobody has scored yet. */
    start: async () => {
      const workers = await Promise.all(apps.map((app) => runWorker(app)));
      closing.push(...workers.map((worker) => () => worker.close()));
    },
    /** How many portals every lead is scored of, by this process or another. */
    scored: async () => {
      const times = await Promise.all(connections.map(({ space }) => readProgress(space, 'scored-at')));
      return times.filter((time) => time !== undefined).length;
    },
  },
  async () => {
    await Promise.all(closing.map((close) => close()));
    await Promise.all(apps.map((app) => app.close()));
  },
);
