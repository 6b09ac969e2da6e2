import { z } from 'zod';
import { DAY, MINUTE } from '../base/clock.ts';
import { execute } from './execute.ts';
import type { Space } from './space.ts';

/**
 * What is remembered of a lead between two scorings: our last write, to know its echo by, when its score next changes by
 * itself, and what held for it, to know when something begins to. All of it can be rebuilt by a backfill.
 */
export interface LeadState {
  readonly id: string;
  /**
   * When our last write changed the record, by the CRM's clock, and the fingerprint of what had been scored. With `since`, it was some time
   * between that and `changedAt`.
   */
  readonly echo?: { readonly changedAt: number; readonly fingerprint: string; readonly since?: number };
  /** The instant at which the score next changes with no new input, in milliseconds since 1970. */
  readonly dueAt?: number;
  /** Hashes of the addresses under which the person's activities are kept, to erase them by. */
  readonly emailHashes: readonly string[];
  /** Ids of records that were merged into this one, under which activities are kept as well. */
  readonly formerIds: readonly string[];
  /** The fast-track rules on fields that were asked then, of whatever model, by `FieldRule.asked`; sorted. */
  readonly askedRules: readonly string[];
  /** The versions of the models that it was no lead of then. */
  readonly passedOverBy: readonly string[];
  /** The fast-track rules on fields that held then, by `FieldRule.meaning`; sorted. */
  readonly heldRules: readonly string[];
  /** What challengers say of it that have no properties of their own; absent where none does. */
  readonly challengers?: readonly ChallengerScore[];
}

/** The newest score of a challenger. */
export interface ChallengerScore {
  /** The challenger's id. */
  readonly model: string;
  readonly version: string;
  readonly score: number;
  readonly grade: string;
  /** Since when it is this, in milliseconds since 1970. */
  readonly at: number;
}

/** Leads are kept together by the step of time in which they are due. */
export const DUE_STEP = 10 * MINUTE;
/** How long a step must be over before it is looked at: a write-back that was just under way may still add to it. */
const DUE_MARGIN = MINUTE;

interface Keeping {
  readonly now: number;
  /** In milliseconds; infinite for as long as the lead is there. */
  readonly keep: number;
}

/** Remembers these states for `keep`, or a month longer than until the lead is due. */
export async function saveStates(space: Space, states: readonly LeadState[], { now, keep }: Keeping): Promise<void> {
  if (states.length === 0) return;
  const pipeline = space.redis.pipeline();
  for (const state of states) {
    const forgetIn = forgetAfter(state, { now, keep });
    if (forgetIn === Number.POSITIVE_INFINITY) pipeline.set(stateKey(space, state.id), encode(state));
    else pipeline.set(stateKey(space, state.id), encode(state), 'PX', forgetIn);
    if (state.dueAt === undefined) continue;
    // A slow write-back may end after the instant: in a step that is over, nobody would look for it any more.
    const key = dueKey(space, stepOf(Math.max(state.dueAt, now)));
    pipeline.sadd(key, state.id);
    pipeline.pexpireat(key, Math.max(state.dueAt, now) + 400 * DAY);
  }
  await execute(pipeline);
}

/** Keeps states that are saved already, just as they are, for as long as `saveStates` would from now on. */
export async function renewStates(space: Space, states: readonly LeadState[], { now, keep }: Keeping): Promise<void> {
  if (states.length === 0) return;
  const pipeline = space.redis.pipeline();
  for (const state of states) {
    const forgetIn = forgetAfter(state, { now, keep });
    if (forgetIn === Number.POSITIVE_INFINITY) pipeline.persist(stateKey(space, state.id));
    else pipeline.pexpire(stateKey(space, state.id), forgetIn);
  }
  await execute(pipeline);
}

const forgetAfter = ({ dueAt = 0 }: LeadState, { now, keep }: Keeping) => Math.max(keep, dueAt + 30 * DAY - now);

/** In the order of `ids`; undefined for a lead never scored. */
export async function readStates(space: Space, ids: readonly string[]): Promise<(LeadState | undefined)[]> {
  if (ids.length === 0) return [];
  const pipeline = space.redis.pipeline();
  for (const id of ids) pipeline.get(stateKey(space, id));
  const replies = await execute(pipeline);
  return ids.map((id, index) => decode(id, replies[index]));
}

export async function forgetStates(space: Space, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await space.redis.del(...ids.map((id) => stateKey(space, id)));
}

/**
 * Of a record that is no more, keeps for `keep` milliseconds what its person is to be erased by, and what it was asked: it
 * may be restored, or live on in the record that it was merged into.
 */
export async function closeState(space: Space, id: string, keep: number): Promise<void> {
  const [state] = await readStates(space, [id]);
  if (state === undefined) return;
  await space.redis.set(
    stateKey(space, id),
    encode({ ...state, echo: undefined, dueAt: undefined, challengers: undefined }),
    'PX',
    keep,
  );
}

/** The steps that are wholly over at `to`, with a minute's margin, from the one that `from` lies in. */
export function dueSteps(from: number, to: number): number[] {
  const steps: number[] = [];
  for (let step = stepOf(from); step < stepOf(to - DUE_MARGIN); step += 1) steps.push(step);
  return steps;
}

/** Leads kept within these steps, which are in their order, whose instant has not moved beyond the last of them since. Each comes once. */
export async function dueLeads(space: Space, steps: readonly number[]): Promise<string[]> {
  const last = steps.at(-1);
  if (last === undefined) return [];
  const ids = await space.redis.sunion(...steps.map((step) => dueKey(space, step)));
  const states = await readStates(space, ids);
  return ids.filter((_, index) => {
    const dueAt = states[index]?.dueAt;
    return dueAt !== undefined && stepOf(dueAt) <= last;
  });
}

export async function forgetDue(space: Space, steps: readonly number[]): Promise<void> {
  if (steps.length > 0) await space.redis.del(...steps.map((step) => dueKey(space, step)));
}

const stepOf = (time: number) => Math.floor(time / DUE_STEP);
const stateKey = (space: Space, id: string) => space.key('lead', id);
const dueKey = (space: Space, step: number) => space.key('due', String(step));

/** The last five may be missing: the last two where they say nothing, the others as an earlier version wrote none. */
const stateSchema = z.tuple([
  z.number(),
  z.string(),
  z.number(),
  z.string(),
  z.string(),
  z.string().default(''),
  z.string().default(''),
  z.string().default(''),
  z.number().default(0),
  z.string().default(''),
]);

/**
 * Small, because there is one for every lead: `[changedAt, fingerprint, dueAt, hashes, ids, askedRules, passedOverBy,
 * heldRules, since, challengers]`, 0 and "" where there is none.
 */
function encode(state: LeadState): string {
  const { changedAt = 0, fingerprint = '', since } = state.echo ?? {};
  const lists = [state.emailHashes, state.formerIds, state.askedRules, state.passedOverBy, state.heldRules];
  const told = [changedAt, fingerprint, state.dueAt ?? 0, ...lists.map((list) => list.join())];
  const { challengers = [] } = state;
  if (challengers.length > 0) return JSON.stringify([...told, since ?? 0, challengers.map(scoreText).join()]);
  return JSON.stringify(since === undefined ? told : [...told, since]);
}

function decode(id: string, reply: unknown): LeadState | undefined {
  if (typeof reply !== 'string') return undefined;
  const state = stateSchema.safeParse(JSON.parse(reply));
  // Another version wrote it: then the lead is scored once more.
  if (!state.success) return undefined;
  const [changedAt, fingerprint, dueAt, hashes, former, asked, passedOverBy, held, since, scores] = state.data;
  const challengers = split(scores).flatMap((text) => readScore(text) ?? []);
  return {
    id,
    echo: changedAt === 0 ? undefined : { changedAt, fingerprint, ...(since > 0 && { since }) },
    dueAt: dueAt === 0 ? undefined : dueAt,
    emailHashes: split(hashes),
    formerIds: split(former),
    askedRules: split(asked),
    passedOverBy: split(passedOverBy),
    heldRules: split(held),
    ...(challengers.length > 0 && { challengers }),
  };
}

const scoreText = ({ model, version, score, grade, at }: ChallengerScore) =>
  [model, version, score, grade, at].join(' ');

function readScore(text: string): ChallengerScore | undefined {
  const [model, version, score, grade, at] = text.split(' ');
  if (model === undefined || version === undefined || grade === undefined) return undefined;
  return { model, version, score: Number(score), grade, at: Number(at) };
}

const split = (text: string) => (text === '' ? [] : text.split(','));
