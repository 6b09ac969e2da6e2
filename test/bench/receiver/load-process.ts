import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { answerBy } from '../processes/talk.ts';
import { quantile } from '../quantile.ts';
import { deliveriesOf } from './deliveries.ts';
import { type HttpConnection, openConnection } from './http-connection.ts';

/** The sender, in a process of its own, so that its work is not that of the receiver. */
const deliveriesSchema = z.object({
  url: z.string(),
  secret: z.string(),
  events: z.number(),
  deliveries: z.number(),
  from: z.number(),
});

let ready: { readonly url: string; readonly requests: readonly Buffer[] } = { url: '', requests: [] };

/** What became of each request, and how long it took in milliseconds. */
interface Answered {
  readonly status: number;
  readonly took: number;
}

/** All requests, over so many connections, each of which sends the next one as soon as it has an answer. */
async function rush(connections: number): Promise<{ answers: Answered[]; seconds: number }> {
  const { url, requests } = ready;
  const all = await Promise.all(Array.from({ length: connections }, () => openConnection(url)));
  const answers: Answered[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    all.map(async (connection) => {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        const sent = performance.now();
        const status = await connection.send(request);
        answers.push({ status, took: performance.now() - sent });
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  for (const connection of all) connection.close();
  return { answers, seconds };
}

/** All requests, so many a second, whether those before are answered or not: what one had to wait counts as well. */
async function stream(perSecond: number): Promise<{ answers: Answered[]; seconds: number }> {
  const { url, requests } = ready;
  const idle: HttpConnection[] = [];
  const began = performance.now();
  const sending = requests.map(async (request, place) => {
    const due = began + (place * 1_000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    let connection = idle.pop();
    while (connection !== undefined && !connection.isOpen()) connection = idle.pop();
    connection ??= await openConnection(url);
    const status = await connection.send(request);
    if (connection.isOpen()) idle.push(connection);
    return { status, took: performance.now() - due };
  });
  const answers = await Promise.all(sending);
  const seconds = (performance.now() - began) / 1_000;
  for (const connection of idle) connection.close();
  return { answers, seconds };
}

function told({ answers, seconds }: { readonly answers: readonly Answered[]; readonly seconds: number }) {
  const took = answers.map((answer) => answer.took).sort((one, other) => one - other);
  const statuses: Record<string, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    seconds,
    statuses,
    p50Ms: quantile(took, 0.5),
    p99Ms: quantile(took, 0.99),
    maxMs: took.at(-1) ?? 0,
  };
}

answerBy(
  {
    prepare: (given) => {
      const options = { ...deliveriesSchema.parse(given), now: Date.now() };
      ready = { url: options.url, requests: deliveriesOf(options) };
    },
    rush: async (given) => told(await rush(z.object({ connections: z.number() }).parse(given).connections)),
    stream: async (given) => told(await stream(z.object({ perSecond: z.number() }).parse(given).perSecond)),
  },
  async () => {},
);
