import { MINUTE, SECOND } from '../../src/base/clock.ts';
import { leftovers } from './at-rest.ts';
import { all, atMost, type Check, flat, none } from './checks.ts';
import type { SoakOptions } from './options.ts';
import { STOP_WITHIN } from './parts.ts';
import { REST_WITHIN } from './rest.ts';
import type { Seen } from './run.ts';

/**
 * How much may grow over the stretch that is measured, as a share of the mean. What lives, 50 to 70 MB, looked at after all that does not was
 * collected, lies within one percent of Theil and Sen's line, and goes up by two in the first minutes; 5% of it are 3 MB: what one string of 100
 * characters kept for each of the ten calls, jobs and webhooks a second comes to in three quarters of an hour. So an hour shows that, and a minute
 * what is worse. Resident memory moves with the garbage of the moment, and says what the heap does not: what native code keeps.
 */
const LIVE = 0.05;
const RESIDENT = 0.1;
/** V8 has 24 MB of room for what was just made, and fills it or not. */
const YOUNG = 32 * 2 ** 20;
/** What passes is little, and goes up and down by what waits at that moment. */
const PASSING = 0.25;
/** All that queues keep of the last ten jobs of each kind: of some it takes ten minutes until there were ten. In bytes, and in members. */
const DONE = { bytes: 300_000, members: 3_000 };

/** Bytes that Redis keeps of a deed at the most, by the mean of all: some 450 in a run, of which a good part is what events were seen. */
const KEPT = 1_000;
/** Three times what the last fifty events come to, with those that are in one node with the oldest. In bytes, and in events. */
const STREAM = { bytes: 30_000, members: 300 };

/** What must hold after a run, and what was found. */
export function judge(seen: Seen, options: SoakOptions): Check[] {
  return [...work(seen), ...memory(seen, options), ...leftovers(...seen.atRest)];
}

function work({ verified, answers, rest, stuck, parts, lived }: Seen): Check[] {
  const unlucky = parts.stops.filter(({ how, took }) => how !== 0 || took > STOP_WITHIN);
  return [
    ...verified.map(({ crm, checked, wrong }) => all(`leads in ${crm} that hold their score`, checked, wrong)),
    ...verified.map(({ crm, letters }) =>
      none(
        `dead letters of ${crm} after a retry`,
        letters.map(({ id, reason }) => `${id} ${reason}`),
      ),
    ),
    all(
      'demo requests before sales, or ruled out',
      answers.asked,
      answers.open.map(({ crm, id, at }) => `${crm} ${id} at ${new Date(at).toISOString()}`),
    ),
    { ...atMost('until nothing was left to do', rest.took / SECOND, REST_WITHIN / SECOND, 's'), ...missing(rest) },
    none('connections that wait for a person, and jobs given up', stuck),
    none(
      'stops by SIGTERM that did not end well',
      unlucky.map(({ what, how, took }) => `${what}: ${how} after ${Math.round(took / SECOND)} s`),
    ),
    none('errors and warnings of Node in the logs', parts.complaints),
    none('deeds that the CRM refused', lived.refused),
  ];
}

const missing = ({ missing: what }: Seen['rest']) => (what === undefined ? {} : { held: false, found: what });

function memory({ watched, sizes, lived, redis }: Seen, { minutes }: SoakOptions): Check[] {
  const warmUp = warmUpOf(minutes * MINUTE);
  const inMb = { unit: 'MB', per: 2 ** 20, warmUp };
  const [before, after] = sizes;
  const deeds = Object.values(lived.deeds).reduce((sum, count) => sum + count, 0);
  const isServer = redis === 'server';
  return [
    ...watched.processes.flatMap(({ name, live, resident }) => [
      flat(`what lives in ${name}`, live, { ...inMb, share: LIVE }),
      flat(`memory of ${name}`, resident, { ...inMb, share: RESIDENT, atLeast: YOUNG }),
    ]),
    flat('Redis, but for what it keeps of people', watched.passing, {
      warmUp,
      share: PASSING,
      ...(isServer ? { unit: 'kB', per: 1_024, atLeast: DONE.bytes } : { unit: 'members', atLeast: DONE.members }),
    }),
    isServer
      ? atMost('the largest stream of events of a queue', after.stream, STREAM.bytes, 'bytes')
      : atMost('the largest stream of events of a queue', after.stream, STREAM.members, 'members'),
    ...(isServer
      ? [atMost('Redis, of people, for each deed', (after.kept - before.kept) / Math.max(1, deeds), KEPT, 'bytes')]
      : []),
  ];
}

/** A quarter of the time, ten minutes at the most. */
const warmUpOf = (ms: number) => Math.min(ms / 4, 10 * MINUTE);
