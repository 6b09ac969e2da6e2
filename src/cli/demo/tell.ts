import type { DemoReport } from './report.ts';
import type { World } from './world.ts';

/** How another terminal works with the demo. */
export function whereToLook({ crms, sales, receiver, environment }: World): string {
  const exports = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const places = crms.map(({ title, place, url }) => `the ${place} of ${title} at ${url}`);
  return `
It goes on until Ctrl-C. See why a lead scores so, from another terminal in this folder:

  export ${exports.join(' ')}
  npm run --silent leadgauge -- explain ${sales.someone()?.id ?? ''}

You find ${places.join(', ')}, the receiver at ${receiver.url}/readyz.
`;
}

/** What was done, in a few lines. */
export function summary(report: DemoReport, { marketing, sales }: World): string {
  const { calls, fastTrackMs, hotPollMs, verified } = report;
  const where = marketing === sales ? '' : ` in ${sales.title}`;
  const lines = [
    '',
    `${report.written.toLocaleString('en')} leads written with ${calls.read} lead reads, ${calls.write} writes and ${calls.activity} calls for what they did; ${report.rateLimited} rate limits hit.`,
    `${report.fastTracked} demo requests reached sales${where}: by ${marketing.tellsBy} in ${fastTrackMs.p50} ms (half) and ${fastTrackMs.p95} ms (95%), by poll in ${hotPollMs === undefined ? 'more than a minute' : `${hotPollMs} ms`}.`,
  ];
  if (verified !== undefined)
    lines.push(`${verified.checked.toLocaleString('en')} leads scored afresh: ${verified.wrong} differ.`);
  return lines.join('\n');
}

export function flagsText(flags: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(flags).toSorted(([, one], [, other]) => other - one);
  return sorted.map(([flag, count]) => `${count} ${flag}`).join(', ') || 'none';
}

export const inSeconds = (ms: number) => Math.round(ms / 100) / 10;
