import type { Part } from './part.ts';
import { type MeasuredSync, measureSync } from './sync/measure-sync.ts';
import { syncText } from './sync/report.ts';

/** As many as the promise is about. */
const LEADS = 200_000;

/** What a backfill costs and how fast it is within the CRM's limits, and what a sync of some changes costs in portals of two sizes; one CRM after the other. */
export const sync: Part = {
  async run(say, { leads = LEADS, crm, signal }) {
    const all: MeasuredSync[] = [];
    for (const each of crm === undefined ? (['hubspot', 'salesforce'] as const) : [crm])
      all.push(await measureSync(signal, { crm: each, leads, say }));
    return { json: all.map(({ promises: _, ...json }) => json), text: all.map(syncText).join('\n') };
  },
};
