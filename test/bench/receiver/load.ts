import { z } from 'zod';
import { Disagreement } from '../part.ts';
import type { Stage } from '../processes/stage.ts';
import { talkTo } from '../processes/talk.ts';
import type { DeliveryOptions } from './deliveries.ts';

const MODULE = new URL('load-process.ts', import.meta.url).pathname;

export interface Load {
  /** Signs the deliveries that are sent next. */
  prepare(deliveries: Omit<DeliveryOptions, 'from' | 'now'>): Promise<void>;
  /** Sends them over so many connections, each as fast as it is answered. */
  rush(connections: number): Promise<Sent>;
  /** Sends so many a second, whatever the answers. */
  stream(perSecond: number): Promise<Sent>;
}

const sentSchema = z.object({
  seconds: z.number(),
  /** How many were answered so; 0 stands for no answer. */
  statuses: z.record(z.string(), z.number()),
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
});
export type Sent = z.output<typeof sentSchema>;

/** The sender of webhooks, in a process of its own. */
export function startLoad(stage: Stage): Load {
  const talk = talkTo(stage, MODULE, {});
  let from = 0;
  return {
    async prepare(deliveries) {
      await talk.ask('prepare', { ...deliveries, from }, z.undefined());
      from += deliveries.deliveries * deliveries.events;
    },
    rush: (connections) => talk.ask('rush', { connections }, sentSchema),
    stream: (perSecond) => talk.ask('stream', { perSecond }, sentSchema),
  };
}

/** How many were acknowledged, told to come again, and left without an answer. @throws Disagreement where there was any other answer. */
export function outcomeOf({ statuses }: Sent) {
  const { 204: taken = 0, 503: refused = 0, 0: unanswered = 0, ...others } = statuses;
  if (Object.keys(others).length > 0) throw new Disagreement(`a receiver answered ${JSON.stringify(others)}`);
  return { taken, refused, unanswered };
}
