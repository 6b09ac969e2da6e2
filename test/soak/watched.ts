import { EventEmitter, getEventListeners } from 'node:events';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Loaded into a leadgauge by `--import`, before anything of its own: answers how much lives in the process, whenever the soak asks over
 * its channel. Nothing of leadgauge knows of it, and it holds the process up for nothing.
 */

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

type Emitter = Pick<EventEmitter, 'eventNames' | 'listenerCount'>;

/** Every emitter and every signal that somebody listens to, as long as it lives. */
const listenedTo = new Set<WeakRef<Emitter | AbortSignal>>();
const known = new WeakSet<object>();

/** Some have an emitter's methods without being one, such as the clients of ioredis. */
function isEmitter(target: unknown): target is Emitter {
  return typeof target === 'object' && target !== null && 'eventNames' in target && 'listenerCount' in target;
}

function note(target: unknown): void {
  if (!(isEmitter(target) || target instanceof AbortSignal) || known.has(target)) return;
  known.add(target);
  listenedTo.add(new WeakRef(target));
}

/** Has `note` look at whatever this method is called on. */
function watch(prototype: object, name: string): void {
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== 'function') return;
  Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]) {
    note(this);
    return Reflect.apply(original, this, args);
  });
}

for (const name of ['on', 'addListener', 'prependListener']) watch(EventEmitter.prototype, name);
watch(EventTarget.prototype, 'addEventListener');

process.on('message', (question) => {
  // Two turns: what this turn has held in its hands is not collected in it.
  setImmediate(() => {
    if (typeof collect === 'function') collect();
    setImmediate(() => process.send?.({ question, view: view() }));
  });
});
// Listening alone would keep the process from ending.
process.channel?.unref();

function view() {
  const { heapUsed, external } = process.memoryUsage();
  const counts: Record<string, number> = countListeners();
  for (const type of process.getActiveResourcesInfo()) counts[type] = (counts[type] ?? 0) + 1;
  return { live: heapUsed + external, counts };
}

function countListeners() {
  let listeners = 0;
  for (const reference of listenedTo) {
    const target = reference.deref();
    if (target === undefined) listenedTo.delete(reference);
    else if (target instanceof AbortSignal) listeners += getEventListeners(target, 'abort').length;
    else for (const name of target.eventNames()) listeners += target.listenerCount(name);
  }
  return { listeners, emitters: listenedTo.size };
}

/** How the soak itself is tried: what is lost like this it must find. Each is about as little as one careless line would lose. */
const LOSE: Readonly<Record<string, () => void>> = {
  memory: keepOne,
  timer: () => void setTimeout(() => {}, 2 ** 31 - 1),
  listener: () => void lost.on('never', () => {}),
  connection: () =>
    void connect(Number(new URL(process.env.HUBSPOT_BASE_URL ?? '').port), '127.0.0.1').on('error', () => {}),
};
const lost = new EventEmitter().setMaxListeners(0);
const kept: string[][] = [];

function keepOne(): void {
  kept.push(Array.from({ length: 4_000 }, (_, place) => `${kept.length} ${place}`));
}

const lose = LOSE[process.env.LEADGAUGE_SOAK_LOSE ?? ''];
if (lose !== undefined) setInterval(lose, 1_000).unref();
