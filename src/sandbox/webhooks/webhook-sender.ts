import type { Clock } from '../../base/clock.ts';
import { MINUTE, SECOND } from '../../base/clock.ts';
import type { PortalChange } from '../portal/portal.ts';
import { signatureHeaders } from './sign.ts';
import {
  DEFAULT_SUBSCRIPTIONS,
  isSubscribed,
  type Subscriptions,
  type WebhookEvent,
  webhookEvent,
} from './webhook-events.ts';

export interface WebhookOptions {
  readonly url: string;
  /** The app's client secret. */
  readonly secret: string;
  readonly subscriptions?: Partial<Subscriptions>;
  readonly appId?: number;
  /** How long events are gathered for one delivery, in milliseconds; 50 unless told. */
  readonly flushMs?: number;
  /** Milliseconds before the given retry, counted from 1; a quarter of a second, doubling, up to a minute, unless told. */
  readonly backoffMs?: (retry: number) => number;
  /** Most retries of a delivery; 10 unless told. */
  readonly retries?: number;
  /** Real milliseconds that the receiver has to answer; 5,000 unless told. */
  readonly timeoutMs?: number;
}

export interface Delivery {
  readonly events: readonly WebhookEvent[];
  /** From 0. */
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The receiver's answer; undefined where there was none in time. */
  readonly status: number | undefined;
}

/** `drop` loses every event that comes; `hold` keeps them until `send`. */
export type WebhookMode = 'send' | 'drop' | 'hold';

const MOST_EVENTS = 100;
const MOST_AT_ONCE = 10;
const KEPT_DELIVERIES = 1_000;

/** Sends the portal's changes as HubSpot does: gathered, signed, in no sure order, again until they are taken. */
export class WebhookSender {
  /** How often each event is sent, to try a receiver that should not mind. */
  copies = 1;
  /** Whether a delivery's events go out latest first. */
  reversed = false;
  readonly #options: WebhookOptions;
  readonly #subscriptions: Subscriptions;
  readonly #clock: Clock;
  readonly #portalId: number;
  readonly #closing = new AbortController();
  readonly #deliveries: Delivery[] = [];
  #mode: WebhookMode = 'send';
  #waiting: WebhookEvent[] = [];
  #lastEventId = 0;
  #pumping: Promise<void> | undefined;
  #underWay = new Set<Promise<void>>();

  constructor(options: WebhookOptions, portalId: number, clock: Clock) {
    this.#options = options;
    this.#subscriptions = { ...DEFAULT_SUBSCRIPTIONS, ...options.subscriptions };
    this.#portalId = portalId;
    this.#clock = clock;
  }

  get mode(): WebhookMode {
    return this.#mode;
  }

  set mode(mode: WebhookMode) {
    this.#mode = mode;
    this.#start();
  }

  /** The last thousand, oldest first; every attempt is one. */
  get deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  tell(change: PortalChange): void {
    if (this.#mode === 'drop' || this.#closing.signal.aborted || !isSubscribed(this.#subscriptions, change)) return;
    const context = { eventId: ++this.#lastEventId, portalId: this.#portalId, appId: this.#options.appId ?? 4_210_555 };
    const event = webhookEvent(change, context);
    for (let copy = 0; copy < this.copies; copy++) this.#waiting.push(event);
    this.#start();
  }

  /** Resolves once everything told so far was taken or given up. */
  async settled(): Promise<void> {
    while (this.#pumping !== undefined || this.#underWay.size > 0)
      await Promise.all([this.#pumping, ...this.#underWay]);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  #start(): void {
    if (this.#mode !== 'send' || this.#pumping !== undefined || this.#waiting.length === 0) return;
    this.#pumping = this.#pump().finally(() => {
      this.#pumping = undefined;
      if (!this.#closing.signal.aborted) this.#start();
    });
  }

  async #pump(): Promise<void> {
    if (!(await this.#sleep(this.#options.flushMs ?? 50))) return;
    while (this.#waiting.length > 0 && this.#mode === 'send') {
      const events = this.#waiting.splice(0, MOST_EVENTS);
      if (this.reversed) events.reverse();
      while (this.#underWay.size >= MOST_AT_ONCE) await Promise.race(this.#underWay);
      if (this.#closing.signal.aborted) return;
      const delivery = this.#deliver(events).finally(() => this.#underWay.delete(delivery));
      this.#underWay.add(delivery);
    }
  }

  async #deliver(events: readonly WebhookEvent[]): Promise<void> {
    const { retries = 10, backoffMs = (retry: number) => Math.min(MINUTE, 125 * 2 ** retry) } = this.#options;
    for (let attempt = 0; attempt <= retries; attempt++) {
      if (attempt > 0 && !(await this.#sleep(backoffMs(attempt)))) return;
      const at = this.#clock.now();
      const status = await this.#post(
        JSON.stringify(events.map((event) => ({ ...event, attemptNumber: attempt }))),
        at,
      );
      if (this.#closing.signal.aborted) return;
      this.#deliveries.push({ events, attempt, at, status });
      if (this.#deliveries.length > KEPT_DELIVERIES) this.#deliveries.shift();
      if (status !== undefined && status < 400) return;
    }
  }

  async #post(body: string, at: number): Promise<number | undefined> {
    const { url, secret, timeoutMs = 5 * SECOND } = this.#options;
    // The receiver works in real time, whatever clock the sandbox goes by.
    const tooLate = new AbortController();
    const timer = setTimeout(() => tooLate.abort(), timeoutMs);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json', ...signatureHeaders(secret, url, body, at) },
        redirect: 'manual',
        signal: AbortSignal.any([tooLate.signal, this.#closing.signal]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      // A receiver that is down or slow is what retries are for.
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** False once the sandbox closes. */
  async #sleep(ms: number): Promise<boolean> {
    try {
      await this.#clock.sleep(ms, this.#closing.signal);
      return true;
    } catch {
      return false;
    }
  }
}
