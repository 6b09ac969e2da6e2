import { DAY, HOUR, SECOND } from '../../../base/clock.ts';
import { mintId } from '../org/ids.ts';
import type { Org, OrgChange } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { Deliveries, type Delivery } from './delivery.ts';
import { calloutBody, type FlowCallout } from './flow-callout.ts';
import { messageBody } from './message-body.ts';
import { type Batch, type Notification, NotificationQueue } from './notification-queue.ts';
import { isAcknowledged } from './notification-xml.ts';
import { isTriggered, type OutboundMessage } from './outbound-message.ts';
import { Poster } from './poster.ts';

export interface OutboundOptions {
  readonly messages?: readonly OutboundMessage[];
  readonly callouts?: readonly FlowCallout[];
  /** How long changes are gathered for one message, in milliseconds; 50 unless told. */
  readonly flushMs?: number;
  /** Milliseconds before the given retry, counted from 1; 15 seconds, doubling, up to two hours, unless told. */
  readonly backoffMs?: (retry: number) => number;
  /** Real milliseconds that a receiver has to answer; 5,000 unless told. */
  readonly timeoutMs?: number;
}

/** `drop` loses every change that comes; `hold` keeps them until `send`. */
export type OutboundMode = 'send' | 'drop' | 'hold';

/**
 * Tells receivers of changes in an org as Salesforce does. Outbound Messages: gathered, with what the record says when they go
 * out, in no sure order, again and again for a day until they are acknowledged. Flows: at once, and only once.
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_notifications.htm
 */
export class OutboundSender {
  /** How often each message is sent, to try a receiver that should not mind. */
  copies = 1;
  /** Whether a message's notifications go out latest first. */
  reversed = false;
  readonly #org: Org;
  readonly #options: OutboundOptions;
  readonly #closing = new AbortController();
  readonly #poster: Poster;
  readonly #deliveries = new Deliveries();
  readonly #queue = new NotificationQueue();
  readonly #givenUp: string[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #stopListening: () => void;
  #mode: OutboundMode = 'send';
  readonly #callouts: [FlowCallout, SalesforceRecord][] = [];
  #lastNotification = 0;
  #pumping: Promise<void> | undefined;

  constructor(org: Org, options: OutboundOptions) {
    this.#org = org;
    this.#options = options;
    this.#poster = new Poster({ timeoutMs: options.timeoutMs ?? 5 * SECOND, signal: this.#closing.signal });
    this.#stopListening = org.onChange((change) => this.#tell(change));
  }

  get mode(): OutboundMode {
    return this.#mode;
  }

  set mode(mode: OutboundMode) {
    this.#mode = mode;
    this.#start();
  }

  /** The last thousand, oldest first; every attempt is one. */
  get deliveries(): readonly Delivery[] {
    return this.#deliveries.all;
  }

  /** Ids of the notifications that nobody acknowledged for a day. */
  get givenUp(): readonly string[] {
    return this.#givenUp;
  }

  /** 04k…, as every message tells it: the place of the message among the options. */
  actionId(message: OutboundMessage): string {
    return mintId('04k', (this.#options.messages ?? []).indexOf(message) + 1);
  }

  /** Resolves once everything told so far was taken or given up. */
  async settled(): Promise<void> {
    while (this.#pumping !== undefined || this.#underWay.size > 0)
      await Promise.all([this.#pumping, ...this.#underWay]);
  }

  async close(): Promise<void> {
    this.#stopListening();
    this.#closing.abort();
    await this.settled();
  }

  #tell(change: OrgChange): void {
    if (this.#mode === 'drop' || this.#closing.signal.aborted) return;
    for (const message of this.#options.messages ?? []) {
      if (!isTriggered(message, change)) continue;
      this.#queue.add(message, {
        id: mintId('04l', ++this.#lastNotification),
        record: change.record,
        at: this.#org.now(),
      });
    }
    for (const callout of this.#options.callouts ?? [])
      if (isTriggered(callout, change)) this.#callouts.push([callout, change.record]);
    this.#start();
  }

  #start(): void {
    const hasWork = this.#callouts.length > 0 || !this.#queue.isEmpty;
    if (this.#mode !== 'send' || this.#pumping !== undefined || !hasWork) return;
    this.#pumping = this.#pump().finally(() => {
      this.#pumping = undefined;
      if (!this.#closing.signal.aborted) this.#start();
    });
  }

  async #pump(): Promise<void> {
    for (const [callout, record] of this.#callouts.splice(0)) this.#begin(() => this.#callOut(callout, record));
    if (!(await this.#sleep(this.#options.flushMs ?? 50))) return;
    for (let batch = this.#nextBatch(); batch !== undefined; batch = this.#nextBatch()) {
      const { message, notifications } = batch;
      for (let copy = 0; copy < this.copies; copy++) this.#begin(() => this.#deliver(message, notifications));
    }
  }

  #begin(work: () => Promise<void>): void {
    const one = work().finally(() => this.#underWay.delete(one));
    this.#underWay.add(one);
  }

  #nextBatch(): Batch | undefined {
    return this.#mode === 'send' ? this.#queue.next(this.reversed) : undefined;
  }

  async #deliver(message: OutboundMessage, all: readonly Notification[]): Promise<void> {
    const { backoffMs = (retry: number) => Math.min(2 * HOUR, 15 * SECOND * 2 ** (retry - 1)) } = this.#options;
    for (let attempt = 0, left = all; ; attempt++) {
      if (attempt > 0 && !(await this.#sleep(backoffMs(attempt)))) return;
      left = this.#stillYoung(left);
      // Whatever was purged since has nothing to tell.
      const told = left.filter(({ record }) => !record.isPurged);
      if (told.length === 0) return;
      if (await this.#attempt(message, told, attempt)) return;
      if (this.#closing.signal.aborted) return;
    }
  }

  #stillYoung(notifications: readonly Notification[]): Notification[] {
    const oldest = this.#org.now() - DAY;
    const [young, old] = [
      notifications.filter(({ at }) => at > oldest),
      notifications.filter(({ at }) => at <= oldest),
    ];
    this.#givenUp.push(...old.map(({ id }) => id));
    return young;
  }

  /** True where the receiver acknowledged it. */
  async #attempt(message: OutboundMessage, told: readonly Notification[], attempt: number): Promise<boolean> {
    const at = this.#org.now();
    const headers = { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' };
    const body = () => messageBody(this.#org, this.actionId(message), { message, notifications: told });
    const { status, text } = await this.#poster.post(message.url, headers, body);
    const taken = isAcknowledged(status, text);
    const notifications = told.map(({ id }) => id);
    const records = told.map(({ record }) => record.id);
    this.#keep({ kind: 'outbound-message', name: message.name, notifications, records, attempt, at, status, taken });
    return taken;
  }

  async #callOut(callout: FlowCallout, record: SalesforceRecord): Promise<void> {
    const at = this.#org.now();
    const headers = { 'Content-Type': 'application/json', ...callout.headers };
    const { status } = await this.#poster.post(callout.url, headers, () => calloutBody(callout, record));
    const taken = status !== undefined && status < 300;
    const of = { kind: 'flow', name: callout.name, notifications: [], records: [record.id], attempt: 0 } as const;
    this.#keep({ ...of, at, status, taken });
  }

  /** An attempt that the sandbox's end cut short is none. */
  #keep(delivery: Delivery): void {
    if (!this.#closing.signal.aborted) this.#deliveries.add(delivery);
  }

  /** False once the sandbox closes. */
  async #sleep(ms: number): Promise<boolean> {
    try {
      await this.#org.settings.clock.sleep(ms, this.#closing.signal);
      return true;
    } catch {
      return false;
    }
  }
}
