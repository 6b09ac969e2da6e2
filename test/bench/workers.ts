import { availableParallelism } from 'node:os';
import type { Part } from './part.ts';
import { number, tableLines } from './table.ts';
import { PORTALS, runWorkers, type WorkersRun } from './workers/measure.ts';

const PROCESSES = [1, 2, 4];
/** Of all portals together. */
const LEADS = 20_000;
/** More show nothing else. */
const MOST = 100_000;

/** What two and four worker processes make of ten connections, against one: without limits, as fast as portals, Redis and workers go on this machine. */
export const workers: Part = {
  async run(say, { leads: wanted = LEADS, signal }) {
    const leads = Math.ceil(Math.min(wanted, MOST) / PORTALS);
    const runs: WorkersRun[] = [];
    for (const processes of PROCESSES) runs.push(await runWorkers(signal, { processes, leads, say }));
    const cores = availableParallelism();
    const row = (what: string, figure: (run: WorkersRun) => number) => [
      what,
      ...runs.map((run) => number(figure(run))),
    ];
    const text = [
      `  backfills of ${PORTALS} portals with ${number(leads)} leads each; portals, Redis and workers on ${cores} cores`,
      '',
      ...tableLines([
        row('worker processes', ({ processes }) => processes),
        row('leads a second', ({ leadsPerSecond }) => leadsPerSecond),
        row('calls that write', ({ writes }) => writes),
        row('answers 429', ({ rateLimited }) => rateLimited),
        row('peak memory of one, MB', ({ peakRssMb }) => peakRssMb),
      ]),
    ];
    return { json: { connections: PORTALS, leads, cores, runs }, text: `${text.join('\n')}\n` };
  },
};
