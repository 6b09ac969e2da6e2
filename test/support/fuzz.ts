import { createContext, Script } from 'node:vm';
import fc from 'fast-check';
import { vi } from 'vitest';

/** How many cases of a property are tried: few in the suite that runs all the time, as many as one likes by `npm run test:fuzz`. */
const RUNS = Number(process.env.LEADGAUGE_FUZZ_RUNS ?? 60);

/** The same cases on every machine unless told: what fails there fails here. */
const SEED = Number(process.env.LEADGAUGE_FUZZ_SEED ?? 20_260_331);

export interface FuzzOptions {
  /** Of the cases that are tried otherwise, so many: less than 1 where a case takes long, more where it takes nothing. */
  readonly share?: number;
}

/** Tries cases of this kind; the smallest that fails is shown, with the seed that finds it again. */
export function fuzz<Case>(
  cases: fc.Arbitrary<Case>,
  holds: (one: Case) => void,
  { share = 1 }: FuzzOptions = {},
): void {
  fc.assert(
    fc.property(cases, (one) => inTime(() => holds(one))),
    parameters<[Case]>(share),
  );
}

/** The same where each case waits for another process or a socket. */
export async function fuzzAsync<Case>(
  cases: fc.Arbitrary<Case>,
  holds: (one: Case) => Promise<void>,
  { share = 1 }: FuzzOptions = {},
): Promise<void> {
  await fc.assert(fc.asyncProperty(cases, holds), { ...parameters<[Case]>(share), timeout: PATIENCE });
}

function parameters<Cases>(share: number): fc.Parameters<Cases> {
  return {
    numRuns: Math.max(1, Math.round(RUNS * share)),
    seed: SEED,
  };
}

/** Nothing that is tried here takes longer unless it hangs, however busy the machine is; in milliseconds. */
const PATIENCE = 120_000;

// A hundred cases of a second each are no failure.
vi.setConfig({ testTimeout: PATIENCE * Math.max(1, RUNS / 60) });

const inside: { run: () => void } = { run() {} };
const context = createContext(inside);
const call = new Script('run()');

/** Runs it, and breaks off what does not come to an end, a regular expression among it. @throws what it throws, or that it hangs. */
export function inTime(run: () => void): void {
  inside.run = run;
  call.runInContext(context, { timeout: PATIENCE });
}
