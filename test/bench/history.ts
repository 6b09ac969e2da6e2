import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Part } from './part.ts';
import { missedOf, type Promised, promiseLines } from './promises.ts';
import { number, tableLines } from './table.ts';

/** As many as the promise is about. */
const LEADS = 200_000;
/** For each lead: what the promise is about, and a quarter of it to hold that against. */
const ACTIVITIES = [20, 5] as const;
/** What people did lies on disk, but what was read of it is collected late: four times as much may take so many times the memory. */
const FLAT = 1.25;

const run = promisify(execFile);

const measuredSchema = z.object({
  leads: z.number(),
  activities: z.number(),
  looked: z.number(),
  buyers: z.number(),
  features: z.number(),
  seconds: z.object({
    read: z.number(),
    score: z.number(),
    backtest: z.number(),
    ask: z.number(),
    suggest: z.number(),
  }),
  peakMemory: z.number(),
});
type Measured = z.output<typeof measuredSchema>;

/** What looking back takes in time and memory: a backtest and a suggestion on the history of a CRM that answers at once. */
export const history: Part = {
  async run(say, { leads = LEADS, signal }) {
    const all: Measured[] = [];
    for (const each of ACTIVITIES) {
      say(`reading ${number(leads)} leads with ${number(each * leads)} activities`);
      const args = ['test/bench/history/history-process.ts', String(leads), String(each * leads)];
      const { stdout } = await run(process.execPath, args, { signal });
      all.push(measuredSchema.parse(JSON.parse(stdout)));
    }
    const promises = promisesOf(all);
    return {
      json: { runs: all, missed: missedOf(promises) },
      text: [...tableLines(rowsOf(all)), '', ...promiseLines(promises), ''].join('\n'),
    };
  },
};

function promisesOf([all, quarter]: readonly Measured[]): Promised[] {
  const ratio = (all?.peakMemory ?? 0) / (quarter?.peakMemory ?? 1);
  return [{ what: 'four times as many activities take less than a quarter as much memory again', kept: ratio < FLAT }];
}

function rowsOf(all: readonly Measured[]): string[][] {
  const row = (what: string, figure: (one: Measured) => number) => [what, ...all.map((one) => number(figure(one)))];
  return [
    ['', ...all.map(({ activities }) => `${number(activities)} activities`)],
    row('leads', ({ leads }) => leads),
    row('of which looked at', ({ looked }) => looked),
    row('buyers', ({ buyers }) => buyers),
    row('seconds to read', ({ seconds }) => seconds.read),
    row('to score by a model', ({ seconds }) => seconds.score),
    row('to judge it', ({ seconds }) => seconds.backtest),
    row('to ask all questions', ({ seconds }) => seconds.ask),
    row('questions', ({ features }) => features),
    row('seconds to learn from them', ({ seconds }) => seconds.suggest),
    row('peak memory, MB', ({ peakMemory }) => peakMemory / 1e6),
  ];
}
