import { z } from 'zod';
import type { Log } from '../base/log.ts';
import type { Lead } from '../leads/lead.ts';
import { removeDeadLetters } from './dead-letters.ts';
import { defineScript } from './script.ts';
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
  /** Why the CRM refused it. */
  readonly reason: string;
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
  else batch.hset(owedKey(space), leadId, tasks.map((task) => JSON.stringify(task)).join('\n'));
  await batch.exec();
}

/** A person wants the tasks of these leads tried again, with their next scoring. */
export async function askForOwed(space: Space, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length > 0) await space.redis.sadd(askedKey(space), ...leadIds);
}

/**
 * In the order of `leads`; undefined for one that is owed nothing. What is owed to records that were merged into a lead since is owed to the
 * lead from now on, and the dead letters of those are no more. A task that cannot be read is left out, with a warning.
 */
export async function readOwed(
  space: Space,
  leads: readonly Pick<Lead, 'id' | 'formerIds'>[],
  log: Log,
): Promise<(Owed | undefined)[]> {
  if (leads.length === 0) return [];
  await takeOver(space, leads);
  const ids = leads.map(({ id }) => id);
  const [texts, asked] = await Promise.all([
    space.redis.hmget(owedKey(space), ...ids),
    space.redis.smismember(askedKey(space), ...ids),
  ]);
  return ids.map((id, index) => {
    const text = texts[index];
    return text == null ? undefined : { tasks: readTasks(id, text, log), isAsked: Number(asked[index]) === 1 };
  });
}

async function takeOver(space: Space, leads: readonly Pick<Lead, 'id' | 'formerIds'>[]): Promise<void> {
  const formers = leads.flatMap(({ formerIds }) => formerIds);
  if (formers.length === 0) return;
  const texts = await space.redis.hmget(owedKey(space), ...formers);
  const owing = new Set(formers.filter((_, index) => texts[index] != null));
  for (const { id, formerIds } of leads) {
    const some = formerIds.filter((former) => owing.has(former));
    if (some.length === 0) continue;
    await move(space.redis, [owedKey(space), askedKey(space)], [id, ...some]);
    await removeDeadLetters(space, some);
  }
}

export async function forgetOwed(space: Space, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length === 0) return;
  await space.redis.hdel(owedKey(space), ...leadIds);
  await space.redis.srem(askedKey(space), ...leadIds);
}

const owedKey = (space: Space) => space.key('owed-tasks');
const askedKey = (space: Space) => space.key('owed-tasks', 'asked');

/** A line of JSON for each task, or for all that an earlier version kept. One that is odd must hold up no lead, let alone a batch of them. */
function readTasks(leadId: string, text: string, log: Log): OwedTask[] {
  const read = text.split('\n').flatMap((line) => jsonIn(line).map((json) => taskSchema.safeParse(json).data));
  if (read.includes(undefined)) log.warn('a task that a lead is owed cannot be read: it is left out', { lead: leadId });
  const tasks = read.flatMap((task) => (task === undefined ? [] : { ...task, leadId }));
  return [...new Map(tasks.map((task) => [task.reference, task])).values()];
}

function jsonIn(line: string): unknown[] {
  try {
    const json: unknown = JSON.parse(line);
    return Array.isArray(json) ? json : [json];
  } catch {
    return [undefined];
  }
}

const taskSchema = z.object({
  ownerId: z.string().optional(),
  subject: z.string(),
  body: z.string(),
  dueAt: z.number(),
  reference: z.string(),
  // An earlier version kept none.
  reason: z.string().default('the CRM refused it, and nobody noted why'),
});

/** KEYS: what is owed, and to whom a person wants it made. ARGV: the lead, then those whose tasks it takes over. */
const move = defineScript(`
local texts = {}
for i, lead in ipairs(ARGV) do
  local text = redis.call('HGET', KEYS[1], lead)
  if text then table.insert(texts, text) end
  if i > 1 then
    redis.call('HDEL', KEYS[1], lead)
    if redis.call('SREM', KEYS[2], lead) == 1 then redis.call('SADD', KEYS[2], ARGV[1]) end
  end
end
if #texts > 0 then redis.call('HSET', KEYS[1], ARGV[1], table.concat(texts, '\\n')) end
return #texts
`);
