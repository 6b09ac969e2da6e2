import { z } from 'zod';
import { DAY, MINUTE } from '../base/clock.ts';
import { execute } from './execute.ts';
import type { Space } from './space.ts';

/**
 * What is remembered of a lead between two scorings: our last write, to know its echo by, and when its score next
 * changes by itself. All of it can be rebuilt by a backfill.
 */
export interface LeadState {
  readonly id: string;
  /** When our last write changed the record, by the CRM's clock, and the fingerprint of what had been scored. */
  readonly echo?: { readonly changedAt: number; readonly fingerprint: string };
  /** The instant at which the score next changes with no new input, in milliseconds since 1970. */
  readonly dueAt?: number;
  /** Hashes of the addresses under which the person's activities are kept, to erase them by. */
  readonly emailHashes: readonly string[];
}

/** Due leads come back within this time after their instant; leads are kept together by it. */
export const DUE_STEP = 10 * MINUTE;

export async function saveStates(space: Space, states: readonly LeadState[], keep: number): Promise<void> {
  if (states.length === 0) return;
  const pipeline = space.redis.pipeline();
  for (const state of states) {
    pipeline.set(stateKey(space, state.id), encode(state), 'PX', keep);
    if (state.dueAt === undefined) continue;
    const key = dueKey(space, stepOf(state.dueAt));
    pipeline.sadd(key, state.id);
    pipeline.pexpireat(key, state.dueAt + 400 * DAY);
  }
  await execute(pipeline);
}

/** In the order of `ids`; undefined for a lead never scored. */
export async function readStates(space: Space, ids: readonly string[]): Promise<(LeadState | undefined)[]> {
  if (ids.length === 0) return [];
  const pipeline = space.redis.pipeline();
  for (const id of ids) pipeline.get(stateKey(space, id));
  const replies = await execute(pipeline);
  return ids.map((id, index) => decode(id, replies[index]));
}

export async function forgetState(space: Space, id: string): Promise<void> {
  await space.redis.del(stateKey(space, id));
}

/** The steps that are wholly over at `to`, from the one that `from` lies in. */
export function dueSteps(from: number, to: number): number[] {
  const steps: number[] = [];
  for (let step = stepOf(from); step <= stepOf(to) - 1; step += 1) steps.push(step);
  return steps;
}

/** Leads whose instant lies within these steps and has not moved since. */
export async function dueLeads(space: Space, steps: readonly number[]): Promise<string[]> {
  if (steps.length === 0) return [];
  const pipeline = space.redis.pipeline();
  for (const step of steps) pipeline.smembers(dueKey(space, step));
  const members = z.array(z.array(z.string())).parse(await execute(pipeline));
  const candidates = members.flatMap((ids, index) => ids.map((id) => ({ id, step: steps[index] })));
  const states = await readStates(
    space,
    candidates.map(({ id }) => id),
  );
  return candidates
    .filter(({ step }, index) => {
      const dueAt = states[index]?.dueAt;
      return dueAt !== undefined && stepOf(dueAt) === step;
    })
    .map(({ id }) => id);
}

export async function forgetDue(space: Space, steps: readonly number[]): Promise<void> {
  const pipeline = space.redis.pipeline();
  for (const step of steps) pipeline.del(dueKey(space, step));
  await execute(pipeline);
}

const stepOf = (time: number) => Math.floor(time / DUE_STEP);
const stateKey = (space: Space, id: string) => space.key('lead', id);
const dueKey = (space: Space, step: number) => space.key('due', String(step));

const stateSchema = z.tuple([z.number(), z.string(), z.number(), z.string()]);

/** Small, because there is one for every lead: `[changedAt, fingerprint, dueAt, hashes]`, 0 and "" where there is none. */
function encode({ echo, dueAt, emailHashes }: LeadState): string {
  return JSON.stringify([echo?.changedAt ?? 0, echo?.fingerprint ?? '', dueAt ?? 0, emailHashes.join()]);
}

function decode(id: string, reply: unknown): LeadState | undefined {
  if (typeof reply !== 'string') return undefined;
  const [changedAt, fingerprint, dueAt, hashes] = stateSchema.parse(JSON.parse(reply));
  return {
    id,
    echo: changedAt === 0 ? undefined : { changedAt, fingerprint },
    dueAt: dueAt === 0 ? undefined : dueAt,
    emailHashes: hashes === '' ? [] : hashes.split(','),
  };
}
