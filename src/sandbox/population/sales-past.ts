import { DAY, HOUR, MINUTE } from '../../base/clock.ts';
import type { CallDisposition } from '../portal/call-dispositions.ts';
import type { DealStage } from '../portal/deal-stages.ts';
import type { MeetingOutcome } from '../portal/sales-acts.ts';
import type { Random } from './random.ts';

/** What sales did with a person before the portal began. Times are milliseconds since 1970. */
export interface SalesPast {
  readonly calls: readonly { readonly at: number; readonly minutes: number; readonly disposition: CallDisposition }[];
  readonly meetings: readonly {
    readonly bookedAt: number;
    readonly start: number;
    readonly minutes: number;
    readonly outcome: MeetingOutcome;
  }[];
  readonly emails: readonly { readonly at: number; readonly incoming: boolean }[];
  readonly deal: SalesDeal | undefined;
}

export interface SalesDeal {
  readonly createdAt: number;
  /** The day it was won or lost, or is hoped to be. */
  readonly closedate: number;
  readonly stage: DealStage;
  readonly amount: number;
}

/** Where a person stands with sales; times as above. */
export interface Standing {
  /** The lifecycle stage. */
  readonly stage: string | undefined;
  readonly boughtAt: number | undefined;
  readonly created: number;
  /** The last that is known of the person: all that sales did was before. */
  readonly last: number;
}

const LONGEST_DEAL = 75 * DAY;

/** Sales deals with those who bought, and with some of those it thinks well of; undefined for everyone else. */
export function makeSalesPast(random: Random, { stage, boughtAt, created, last }: Standing): SalesPast | undefined {
  const to = boughtAt ?? last;
  const from = Math.max(created, to - LONGEST_DEAL);
  // Whoever came and bought within a day met nobody.
  const isLong = to - from > DAY;
  const moment = () => Math.floor(from + random.next() * (to - from - HOUR));
  if (boughtAt !== undefined) {
    const deal = {
      createdAt: Math.floor(from),
      closedate: boughtAt,
      stage: 'closedwon',
      amount: amountOf(random),
    } as const;
    if (!isLong) return { calls: [], meetings: [], emails: [], deal };
    return {
      calls: times(random.poisson(1.2), () => callAt(random, moment())),
      meetings: times(1 + random.whole(2), () => meetingAt(moment(), from, 'COMPLETED')),
      emails: times(1 + random.whole(3), () => ({ at: moment(), incoming: random.chance(0.45) })),
      deal,
    };
  }
  if (!isLong) return undefined;
  switch (stage) {
    case 'marketingqualifiedlead':
      if (!random.chance(0.3)) return undefined;
      return { calls: [callAt(random, moment())], meetings: [], emails: [], deal: undefined };
    case 'salesqualifiedlead':
    case 'opportunity':
      return {
        calls: times(random.poisson(0.9), () => callAt(random, moment())),
        meetings: times(random.chance(0.6) ? 1 : 0, () => meetingAt(moment(), from, outcomeOf(random))),
        emails: times(1 + random.whole(2), () => ({ at: moment(), incoming: random.chance(0.2) })),
        deal: stage === 'opportunity' ? openDeal(random, moment(), to) : undefined,
      };
    default:
      return undefined;
  }
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

function callAt(random: Random, at: number) {
  const disposition = random.weighted<CallDisposition>([
    [45, 'connected'],
    [35, 'no-answer'],
    [15, 'left-voicemail'],
    [5, 'busy'],
  ]);
  return { at, minutes: disposition === 'connected' ? 2 + random.whole(25) : 0, disposition };
}

/** Booked some days ahead, if there were that many. */
function meetingAt(start: number, from: number, outcome: MeetingOutcome) {
  return { bookedAt: Math.max(Math.floor(from), start - 3 * DAY), start, minutes: 30, outcome };
}

/** Nobody notes how every meeting went. */
function outcomeOf(random: Random): MeetingOutcome {
  return random.weighted([
    [60, 'COMPLETED'],
    [15, 'NO_SHOW'],
    [10, 'CANCELED'],
    [5, 'RESCHEDULED'],
    [10, 'SCHEDULED'],
  ]);
}

function openDeal(random: Random, createdAt: number, to: number): SalesDeal {
  const stage = random.weighted<DealStage>([
    [25, 'appointmentscheduled'],
    [20, 'qualifiedtobuy'],
    [15, 'presentationscheduled'],
    [10, 'contractsent'],
    [30, 'closedlost'],
  ]);
  const closedate = stage === 'closedlost' ? Math.max(createdAt, to - MINUTE) : createdAt + 60 * DAY;
  return { createdAt, closedate, stage, amount: amountOf(random) };
}

function amountOf(random: Random): number {
  return 100 * Math.round(30 * Math.exp(random.normal()) + 12);
}
