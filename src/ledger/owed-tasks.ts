import { z } from 'zod';
import type { Space } from './space.ts';

/**
 * Tasks that the CRM refused: they wait until a person tries their dead letter again. No scoring makes one of itself, or it would be refused each time.
 */
export interface OwedTask {
  readonly leadId: string;
  readonly ownerId?: string | undefined;
  readonly subject: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  readonly reference: string;
}

/** How the tasks of one lead stand. */
export interface Owed {
  readonly tasks: readonly OwedTask[];
  /** Whether a person wants them tried now. */
  readonly isAsked: boolean;
}

/** Keeps these as the tasks that the lead is owed, and nothing more is asked; none settles it. */
export async function saveOwed(space: Space, leadId: string, tasks: readonly OwedTask[]): Promise<void> {
  const batch = space.redis.multi().srem(askedKey(space), leadId);
  if (tasks.length === 0) batch.hdel(owedKey(space), leadId);
  else batch.hset(owedKey(space), leadId, JSON.stringify(tasks));
  await batch.exec();
}

/** A person wants the tasks of these leads tried again, with their next scoring. */
export async function askForOwed(space: Space, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length > 0) await space.redis.sadd(askedKey(space), ...leadIds);
}

/** In the order of `leadIds`; undefined for one that is owed nothing. */
export async function readOwed(space: Space, leadIds: readonly string[]): Promise<(Owed | undefined)[]> {
  if (leadIds.length === 0) return [];
  const [texts, asked] = await Promise.all([
    space.redis.hmget(owedKey(space), ...leadIds),
    space.redis.smismember(askedKey(space), ...leadIds),
  ]);
  return texts.map((text, index) =>
    text === null ? undefined : { tasks: tasksSchema.parse(JSON.parse(text)), isAsked: Number(asked[index]) === 1 },
  );
}

export async function forgetOwed(space: Space, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length === 0) return;
  await space.redis.hdel(owedKey(space), ...leadIds);
  await space.redis.srem(askedKey(space), ...leadIds);
}

const owedKey = (space: Space) => space.key('owed-tasks');
const askedKey = (space: Space) => space.key('owed-tasks', 'asked');

const tasksSchema = z.array(
  z.object({
    leadId: z.string(),
    ownerId: z.string().optional(),
    subject: z.string(),
    body: z.string(),
    dueAt: z.number(),
    reference: z.string(),
  }),
);
