/** One attempt to tell a receiver something, and what it answered. */
export interface Delivery {
  readonly kind: 'outbound-message' | 'flow';
  /** Of the message or flow. */
  readonly name: string;
  /** Ids of the notifications, 04l…, in the order in which they were told; a flow has none. */
  readonly notifications: readonly string[];
  /** Ids of the records that it told of. */
  readonly records: readonly string[];
  /** From 0. */
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Undefined where there was no answer in time. */
  readonly status: number | undefined;
  /** Whether the receiver took it: by an Ack, or to a flow by a status below 300. */
  readonly taken: boolean;
}

const KEPT = 1_000;

/** The last thousand attempts. */
export class Deliveries {
  readonly #all: Delivery[] = [];

  /** Oldest first. */
  get all(): readonly Delivery[] {
    return this.#all;
  }

  add(delivery: Delivery): void {
    this.#all.push(delivery);
    if (this.#all.length > KEPT) this.#all.shift();
  }
}
