import { expect } from 'vitest';
import { type createReceiverBench, event } from './receiver-bench.ts';

export interface KeptSending {
  /** The ids of the contacts whose events were taken. */
  readonly acknowledged: ReadonlySet<number>;
  readonly refused: ReadonlySet<number>;
  until(holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
  /** Sends again what was refused, as its sender does: all of it must be taken now. */
  sendRefused(): Promise<void>;
}

/** Four senders, each with one event after the other, all about different contacts. */
export function keepSending(bench: Awaited<ReturnType<typeof createReceiverBench>>): KeptSending {
  const acknowledged = new Set<number>();
  const refused = new Set<number>();
  let next = 1;
  let isOver = false;
  const sender = async () => {
    while (!isOver) {
      const id = next;
      next += 1;
      const { status } = await bench.send([event(id)]);
      expect([204, 503]).toContain(status);
      (status === 204 ? acknowledged : refused).add(id);
    }
  };
  const senders = Promise.all(Array.from({ length: 4 }, sender));
  return {
    acknowledged,
    refused,
    until: (holds) => expect.poll(holds, { timeout: 20_000, interval: 1 }).toBe(true),
    async stop() {
      isOver = true;
      await senders;
    },
    async sendRefused() {
      for (const id of refused) expect((await bench.send([event(id, { attemptNumber: 1 })])).status).toBe(204);
    },
  };
}
