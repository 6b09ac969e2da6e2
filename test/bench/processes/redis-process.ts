import { startEmbeddedRedis } from '../../../src/queue/embedded-redis.ts';
import { answerBy } from './talk.ts';

/** Leadgauge's own Redis in a process of its own. */
const redis = await startEmbeddedRedis();

answerBy({ url: () => redis.url }, redis.close);
