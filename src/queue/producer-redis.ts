import { Redis } from 'ioredis';
import { SECOND } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

/** How long Redis has for one command, in milliseconds: who waits for the receiver's answer has a second. */
const PATIENCE = 800;

/**
 * A connection for the receiver, which must answer within a second whatever becomes of Redis: a command fails at once
 * while Redis is away and after 800 ms when it hangs. It connects by itself, for the first time as well as again.
 */
export function createProducerRedis(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // What had been sent when the connection broke was answered with an error already: the sender comes again.
    autoResendUnfulfilledCommands: false,
    commandTimeout: PATIENCE,
    connectTimeout: SECOND,
    retryStrategy: (times) => Math.min(50 * times, SECOND),
  });
  redis.on('error', (error) => log.debug('the receiver has no Redis', { error: error.message }));
  return redis;
}
