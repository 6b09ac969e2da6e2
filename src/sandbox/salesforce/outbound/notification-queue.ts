import type { SalesforceRecord } from '../org/record.ts';
import type { OutboundMessage } from './outbound-message.ts';

/** One change that one message is to tell of. */
export interface Notification {
  /** 04l…, 18 characters. */
  readonly id: string;
  readonly record: SalesforceRecord;
  /** When it changed, in milliseconds since 1970. */
  readonly at: number;
}

/** What goes out together. */
export interface Batch {
  readonly message: OutboundMessage;
  readonly notifications: readonly Notification[];
}

const MOST = 100;

/** Notifications that wait to be sent, message by message. */
export class NotificationQueue {
  readonly #waiting = new Map<OutboundMessage, Notification[]>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  add(message: OutboundMessage, notification: Notification): void {
    const waiting = this.#waiting.get(message);
    if (waiting === undefined) this.#waiting.set(message, [notification]);
    else waiting.push(notification);
  }

  /** Takes up to a hundred of one message; undefined where none wait. */
  next(reversed: boolean): Batch | undefined {
    for (const [message, waiting] of this.#waiting) {
      const notifications = waiting.splice(0, MOST);
      if (waiting.length === 0) this.#waiting.delete(message);
      return { message, notifications: reversed ? notifications.reverse() : notifications };
    }
    return undefined;
  }
}
