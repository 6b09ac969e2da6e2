import { expect } from 'vitest';
import type { Fault, Faults } from '../../src/sandbox/http/faults.ts';
import type { RequestRecord } from '../../src/sandbox/http/request-record.ts';
import { createRandom, type Random } from '../../src/sandbox/population/random.ts';
import type { HoldingClock } from './holding-clock.ts';
import type { RunningProcess } from './run-process.ts';

/** What must be known of a CRM to kill processes that work on it. */
export interface KillTarget {
  readonly sandbox: { readonly requests: RequestRecord; readonly faults: Faults };
  run(...args: string[]): RunningProcess;
  endLeases(): Promise<void>;
  expectWhole(): Promise<void>;
  /** Paths of the calls that write leads. */
  readonly writePath: RegExp;
  /** What such a call writes: by lead, by the name of the field. */
  writtenBy(body: unknown): Iterable<readonly [string, Readonly<Record<string, unknown>>]>;
  /** The fields that time does not change, but for `inactive` among the flags: written twice in one run, they must be the same. */
  readonly timeless: ReadonlySet<string>;
  /** What these fields hold, by lead. */
  state(): Record<string, Record<string, unknown>>;
  /** Makes everybody a student, who for once has or has not opted out of e-mail: each must be written again, and none comes to be an MQL. */
  makeStudents(optedOut: boolean): void;
}

export interface KillPlan {
  readonly kills: number;
  readonly leads: number;
  readonly seed: number;
}

/** `LEADGAUGE_KILLS=100 LEADGAUGE_KILL_LEADS=10000 LEADGAUGE_KILL_SEED=7`: a few of few unless told. */
export const KILL_PLAN: KillPlan = {
  kills: Number(process.env.LEADGAUGE_KILLS ?? 5),
  leads: Number(process.env.LEADGAUGE_KILL_LEADS ?? 600),
  seed: Number(process.env.LEADGAUGE_KILL_SEED ?? 1),
};

/**
 * Backfills, and kills the process again and again at a random moment of a random call, until it was killed so many times. A run that
 * came to its end is looked at, and everybody changes: so every kill meets one that has work to do. At the end nobody is left out.
 * @param uninterrupted what `state` gave of a run that nobody killed, on another CRM with the same people
 */
export async function killAgainAndAgain(
  target: KillTarget,
  clock: HoldingClock,
  { kills, seed }: KillPlan,
  uninterrupted: ReturnType<KillTarget['state']>,
): Promise<void> {
  const random = createRandom(seed, kills);
  let round = 0;
  for (let kill = 0; kill < kills; ) {
    if (await killedAt(momentOf(random, target), target, clock)) {
      kill += 1;
      continue;
    }
    await expectRight();
    round += 1;
    target.makeStudents(round % 2 === 1);
    target.sandbox.requests.clear();
  }
  const last = target.run('backfill', '--json');
  expect(await last.code, last.output()).toBe(0);
  await expectRight();

  async function expectRight(): Promise<void> {
    await target.expectWhole();
    expect(changedTheirMind(target)).toEqual([]);
    if (round === 0) expect(target.state()).toEqual(uninterrupted);
  }
}

/** A call of the next process, and what has become of it when that is killed. */
interface Moment {
  readonly what: Pick<Fault, 'path' | 'kind'>;
  /** How many such calls come before it. */
  readonly skip: number;
  /** `asked`: not carried out. `done`: carried out, and the answer never comes. `answered`: so many turns of the event loop ago. */
  readonly stand: 'asked' | 'done' | 'answered';
  readonly turns: number;
}

/** Before the first write there are about so many calls. */
const CALLS_AT_START = 40;

function momentOf(random: Random, { writePath }: KillTarget): Moment {
  const stand = random.pick(['asked', 'done', 'answered'] as const);
  const turns = random.whole(60);
  // Most among the writes, where there is something to lose.
  if (random.chance(0.25)) return { what: { path: /^/ }, skip: random.whole(CALLS_AT_START), stand, turns };
  return { what: { path: writePath, kind: 'write' }, skip: random.whole(2), stand, turns };
}

/** @returns false where the process came to its end before. */
async function killedAt(
  { what, skip, stand, turns }: Moment,
  { sandbox, run, endLeases }: KillTarget,
  clock: HoldingClock,
): Promise<boolean> {
  const how = stand === 'asked' ? ({ when: 'before', reset: true } as const) : ({ when: 'after' } as const);
  const callOff = sandbox.faults.add({ ...what, skip, times: 1, delayMs: 1, ...how });
  const worker = run('backfill', '--json');
  const isThere = await Promise.race([clock.untilHeld().then(() => true), worker.code.then(() => false)]);
  if (isThere && stand === 'answered') {
    clock.release();
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  const killed = worker.child.kill('SIGKILL');
  const code = await worker.code;
  callOff();
  clock.release();
  await endLeases();
  if (killed && code === null) return true;
  expect(code, worker.output()).toBe(0);
  return false;
}

/** The leads of which a field was written with one value, and then with another. */
function changedTheirMind({ sandbox: { requests }, writePath, writtenBy, timeless }: KillTarget): string[] {
  const values = new Map<string, unknown>();
  const odd: string[] = [];
  for (const { body, status } of requests.all({ path: writePath, kind: 'write' })) {
    if (status !== 200) continue;
    for (const [id, fields] of writtenBy(body)) {
      for (const [name, value] of Object.entries(fields)) {
        if (!timeless.has(name)) continue;
        const key = `${id} ${name}`;
        const written = lasting(value);
        if (values.has(key) && values.get(key) !== written) odd.push(key);
        values.set(key, written);
      }
    }
  }
  return odd;
}

/** A value without the flag that comes by doing nothing for a while: whoever is looked at a minute later may have it. */
export function lasting(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value
    .split(';')
    .filter((flag) => flag !== 'inactive')
    .join(';');
}
