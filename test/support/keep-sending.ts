import { expect } from 'vitest';

export interface Sender {
  /** Tells of one lead, for the first time or again, and gives the status of the answer. */
  send(lead: number, attempt?: number): Promise<number>;
  /** The status where that was taken. */
  readonly taken: number;
}

export interface KeptSending {
  /** The leads whose events were taken. */
  readonly acknowledged: ReadonlySet<number>;
  readonly refused: ReadonlySet<number>;
  until(holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
  /** Sends again what was refused, as its sender does: all of it must be taken now. */
  sendRefused(): Promise<void>;
}

/** Four senders, each with one event after the other, all about different leads. */
export function keepSending({ send, taken }: Sender): KeptSending {
  const acknowledged = new Set<number>();
  const refused = new Set<number>();
  let next = 1;
  let isOver = false;
  const sender = async () => {
    while (!isOver) {
      const lead = next;
      next += 1;
      const status = await send(lead);
      expect([taken, 503]).toContain(status);
      (status === taken ? acknowledged : refused).add(lead);
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
      for (const lead of refused) expect(await send(lead, 1)).toBe(taken);
    },
  };
}
