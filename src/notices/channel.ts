import { SECOND } from '../base/clock.ts';
import type { Notice } from '../ledger/outbox.ts';

/** A way to tell sales something. */
export interface Channel {
  readonly name: 'slack' | 'email' | 'https';
  /** How many messages it takes in a minute: what a mistake of ours can flood at most. */
  readonly perMinute: number;
  /**
   * Sends a message, or fails within some seconds. @returns what a person should know although it was sent; mostly nothing.
   * @throws RetryableError where it passes by itself; RecordError where this message alone is refused; FatalError where config or
   *   environment must be mended first. None of them holds an address, or what the other side wrote.
   */
  send(message: Message, options?: { readonly signal?: AbortSignal | undefined }): Promise<string | undefined>;
}

/** A notice with those whom it is for. */
export interface Message extends Omit<Notice, 'to'> {
  readonly people: readonly Person[];
}

/** Somebody of sales, or whoever else is to be told. */
export interface Person {
  /** Of a user of the CRM. */
  readonly ownerId?: string;
  readonly email?: string;
  /** The id of their user in Slack. */
  readonly slack?: string;
}

/** How long a channel has to answer, in milliseconds. */
export const TIMEOUT = 10 * SECOND;

/** One line of plain text, without what would end it or hide something in it. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
