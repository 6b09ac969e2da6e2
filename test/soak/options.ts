import { parseArgs } from 'node:util';
import { z } from 'zod';

/** What the watched processes may be made to lose, to see that it is noticed. */
export const LOSSES = ['memory', 'timer', 'listener', 'connection'] as const;

export interface SoakOptions {
  /** How long the CRMs live on, in minutes; before it everybody is scored, after it everything is looked at. */
  readonly minutes: number;
  /** People of each CRM: the first so many are the same in both. */
  readonly leads: number;
  readonly seed: number;
  readonly json: boolean;
  readonly lose: (typeof LOSSES)[number] | undefined;
}

export const USAGE = `usage: npm run --silent test:soak -- [--minutes N] [--seed N] [--leads N] [--json] [--lose ${LOSSES.join('|')}]

  --minutes N  how long the two CRMs live; 10 unless told, and a part of one will do: 0.75
  --seed N     what happens, and what goes wrong; another one each time unless told
  --leads N    people of each CRM, at least 50; 2,000 unless told
  --json       what held and what did not, for programs
  --lose WHAT  the processes lose some of it each second, so that this must fail: tries the soak itself
`;

const text = { type: 'string' } as const;
const number = z.coerce.number();
const schema = z.object({
  minutes: number.min(0.5).max(10_000).default(10),
  leads: number.int().min(50).max(1_000_000).default(2_000),
  seed: number.int().min(0).max(999_999_999).optional(),
  json: z.boolean().default(false),
  lose: z.enum(LOSSES).optional(),
});

/** Undefined where the arguments make no sense. */
export function readOptions(argv: readonly string[], random: () => number): SoakOptions | undefined {
  try {
    const names = { minutes: text, leads: text, seed: text, json: { type: 'boolean' }, lose: text } as const;
    const { values } = parseArgs({ args: [...argv], options: names });
    if (Object.values(values).includes('')) return undefined;
    const { seed = 1 + Math.floor(random() * 999_999), lose, ...rest } = schema.parse(values);
    return { ...rest, seed, lose };
  } catch {
    return undefined;
  }
}
