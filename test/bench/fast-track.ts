import { measureFastTracks } from './fast-track/measure.ts';
import { fastTrackText } from './fast-track/report.ts';
import type { Part } from './part.ts';

/** As many as the promise is about. */
const LEADS = 200_000;

/** How long a demo request takes to be in front of sales, while nothing else goes on and in the middle of a backfill. */
export const fastTrack: Part = {
  async run(say, { leads = LEADS, signal }) {
    const measured = await measureFastTracks(signal, leads, say);
    const { promises: _, ...json } = measured;
    return { json, text: fastTrackText(measured) };
  },
};
