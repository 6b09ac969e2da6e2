import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { Queue } from 'bullmq';
import express from 'express';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { answerBy } from '../processes/talk.ts';
import { PATH } from './deliveries.ts';

/** What one would write in ten minutes: Express, the signature, a job for each event. No time is checked, no event twice, no limit. */
const { secret, redisUrl } = z
  .object({ secret: z.string(), redisUrl: z.string() })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
connection.on('error', () => {});
const queue = new Queue<{ contact: number }>('events', { connection, prefix: 'bare' });
// Else BullMQ prints each.
queue.on('error', () => {});
const app = express();

app.post(PATH, express.raw({ type: 'application/json', limit: '1mb' }), async (request, response) => {
  const body: Buffer = request.body;
  const expected = createHmac('sha256', secret)
    .update(`POST${request.protocol}://${request.get('host')}${request.originalUrl}`)
    .update(body)
    .update(request.get('x-hubspot-request-timestamp') ?? '')
    .digest();
  const given = Buffer.from(request.get('x-hubspot-signature-v3') ?? '', 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    response.sendStatus(401);
    return;
  }
  const delivery: { objectId: number }[] = JSON.parse(body.toString('utf8'));
  await queue.addBulk(delivery.map(({ objectId }) => ({ name: 'event', data: { contact: objectId } })));
  response.status(204).end();
});

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('the bare route has no port');

answerBy({ url: () => `http://127.0.0.1:${address.port}` }, async () => {
  server.close();
  server.closeAllConnections();
  await queue.close();
  connection.disconnect();
});
