import { MINUTE, SECOND } from '../../src/base/clock.ts';
import { all, atMost, type Check, flat, noMore, none } from './checks.ts';
import type { SoakOptions } from './options.ts';
import { STOP_WITHIN } from './parts.ts';
import { REST_WITHIN } from './rest.ts';
import type { Seen } from './run.ts';
import { FEWEST } from './slope.ts';

/**
 * How much may grow over the stretch that is measured, as a share of the mean. What lives of 40 MB, looked at after all that does not was
 * collected, lies within a few percent of Theil and Sen's line; 5% of it are 2 MB: what one string of 100 characters kept for each of the ten calls,
 * jobs and webhooks a second comes to in half an hour. So an hour shows that, and a minute what is worse. Resident memory moves with the
 * garbage of the moment, and says what the heap does not: what native code keeps.
 */
const LIVE = 0.05;
const RESIDENT = 0.1;
/** V8 has 24 MB of room for what was just made, and fills it or not. */
const YOUNG = 32 * 2 ** 20;
/** What passes is little, and goes up and down by what waits at that moment. */
const PASSING = 0.25;
/** What queues keep of the last ten jobs of each kind: of some it takes ten minutes until there were ten. In bytes, and in members. */
const DONE = { bytes: 150_000, members: 1_500 };

/**
 * A poll that came late may have had its connection to a CRM all the while, with a socket, a timer or two, and some forty listeners on eight emitters.
 * All else was the same to the last one in every run.
 */
const MORE: Readonly<Record<string, number>> = { listeners: 45, emitters: 10 };
const MORE_OF_ANY = 4;

/** Bytes that Redis keeps of a deed at the most, by the mean of all: some 450 in a run, of which a good part is what events were seen. */
const KEPT = 1_000;
/** Two nodes of a hundred events, each of some hundred bytes. */
const STREAM = 30_000;

/** A process that is measured for less tells of its beginning. */
const LONG = 10 * MINUTE;

/** What must hold after a run, and what was found. */
export function judge(seen: Seen, options: SoakOptions): Check[] {
  return [...work(seen), ...memory(seen, options), ...leftovers(seen)];
}

function work({ verified, answers, rest, stuck, parts, lived }: Seen): Check[] {
  const unlucky = parts.stops.filter(({ how, took }) => how !== 0 || took > STOP_WITHIN);
  return [
    ...verified.map(({ crm, checked, wrong }) =>
      all(`leads in ${crm} that hold their score`, checked - wrong.length, checked),
    ),
    ...verified.map(({ crm, letters }) =>
      none(
        `dead letters of ${crm} after a retry`,
        letters.map(({ id, reason }) => `${id} ${reason}`),
      ),
    ),
    all('demo requests before sales, or ruled out', answers.beforeSales + answers.ruledOut, answers.asked),
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

function memory({ watched, parts, sizes, lived, redis }: Seen, { minutes }: SoakOptions): Check[] {
  const warmUp = warmUpOf(minutes * MINUTE);
  const steady = new Set(Object.values(parts.steady).map(({ pid }) => pid));
  const long = [...watched.processes].filter(([pid, { live }]) => {
    const stretch = (live.at(-1)?.at ?? 0) - (live[0]?.at ?? 0) - warmUp;
    return steady.has(pid) || (stretch >= LONG && live.length >= FEWEST);
  });
  const inMb = { unit: 'MB', per: 2 ** 20, warmUp };
  const [before, after] = sizes;
  const deeds = Object.values(lived.deeds).reduce((sum, count) => sum + count, 0);
  const isBytes = after.unit === 'bytes';
  return [
    ...long.flatMap(([, { name, live, resident }]) => [
      flat(`what lives in ${name}`, live, { ...inMb, share: LIVE }),
      flat(`memory of ${name}`, resident, { ...inMb, share: RESIDENT, atLeast: YOUNG }),
    ]),
    flat('Redis, but for what it keeps of people', watched.passing, {
      warmUp,
      share: PASSING,
      atLeast: DONE[after.unit],
      ...(isBytes ? { unit: 'kB', per: 1_024 } : { unit: 'members' }),
    }),
    atMost('the largest stream of events of a queue', after.stream, isBytes ? STREAM : STREAM / 100, after.unit),
    ...(redis === 'server'
      ? [atMost('Redis, of people, for each deed', (after.kept - before.kept) / Math.max(1, deeds), KEPT, 'bytes')]
      : []),
  ];
}

/** A quarter of the time, ten minutes at the most. */
const warmUpOf = (ms: number) => Math.min(ms / 4, 10 * MINUTE);

function leftovers({ atRest: [before, after], redis }: Seen): Check[] {
  const processes = [...after.processes].flatMap(([name, now]) => {
    const then = before.processes.get(name);
    const kinds = new Set([...Object.keys(then ?? {}), ...Object.keys(now)]);
    return [...kinds].map((kind) =>
      noMore(`${kind} of ${name} at rest`, then && (then[kind] ?? 0), now[kind] ?? 0, MORE[kind] ?? MORE_OF_ANY),
    );
  });
  const connections = Object.keys(after.connections)
    .filter((to) => to !== 'Redis' || redis === 'server')
    .map((to) =>
      noMore(
        `connections to ${to} at rest`,
        before.connections[to],
        after.connections[to],
        to === 'Redis' ? 1 : MORE_OF_ANY,
      ),
    );
  return [...processes, ...connections];
}
