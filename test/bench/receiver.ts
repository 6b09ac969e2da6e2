import type { Part } from './part.ts';
import { startRedis } from './processes/redis.ts';
import { onStage } from './processes/stage.ts';
import { missedOf } from './promises.ts';
import { CONNECTIONS, compareReceivers } from './receiver/compare.ts';
import { startLoad } from './receiver/load.ts';
import { receiverPromises, receiverText } from './receiver/report.ts';
import { startBare, startReceiver } from './receiver/start-receivers.ts';
import { measureWhileSlow } from './receiver/while-slow.ts';

/** How many webhooks the receiver takes in, against the least that could be called one, and what senders see while Redis or the CRM is slow. */
export const receiver: Part = {
  async run(say, { signal }) {
    return onStage(signal, async (stage) => {
      const redis = await startRedis(stage);
      const load = startLoad(stage);
      const ours = await startReceiver(stage, redis.url);
      const bare = await startBare(stage, redis.url);
      const competing = { ours, bare, redis, load };
      const compared = await compareReceivers(stage, competing, say);
      const whileSlow = await measureWhileSlow(stage, competing, say);
      const measured = { compared, connections: CONNECTIONS, whileSlow, redis: redis.kind };
      const promises = receiverPromises(measured);
      // First those of the size at which all that is not an event weighs most.
      const { requestsPerSecond, vsBare, p99Ms } = compared[0] ?? {};
      const json = { requestsPerSecond, vsBare, p99Ms, ...measured, missed: missedOf(promises) };
      return { json, text: receiverText(measured, promises) };
    });
  },
};
