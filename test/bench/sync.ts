import type { Part } from './part.ts';
import { measureSync } from './sync/measure-sync.ts';
import { syncText } from './sync/report.ts';

/** As many as the promise is about. */
const LEADS = 200_000;

/** What a backfill costs and how fast it is within HubSpot's limits, and what a sync of some changes costs in portals of two sizes. */
export const sync: Part = {
  async run(say, { leads = LEADS, signal }) {
    const measured = await measureSync(signal, leads, say);
    const { promises: _, ...json } = measured;
    return { json: [json], text: syncText(measured) };
  },
};
