import { type Conversion, conversionOf } from './conversion.ts';

/** What a gate would have done: whom sales would have been given, and whom of the buyers among them. */
export interface GateReport {
  /** Those above the gate. */
  readonly sent: Conversion;
  /** Those below. */
  readonly kept: Conversion;
  /** The share of all leads that sales would have been given. */
  readonly sentShare: number;
  /** The share of all buyers who were above the gate, and where it lies with 95% certainty. */
  readonly caught: number;
  readonly caughtLow: number;
  readonly caughtHigh: number;
  /** The same of all who were above it then or at any time before: some cool off. Absent where that is not known. */
  readonly ever?: { readonly sent: Conversion; readonly sentShare: number; readonly caught: number };
}

/**
 * @param sent by lead, 1 where the model passes it on to sales as it is when it is looked at
 * @param ever by lead, 1 where it does so then or did before
 */
export function gateReport(sent: Uint8Array, bought: Uint8Array, ever?: Uint8Array): GateReport {
  const now = passedBy(sent, bought);
  if (ever === undefined) return now;
  const { sent: all, sentShare, caught } = passedBy(ever, bought);
  return { ...now, ever: { sent: all, sentShare, caught } };
}

function passedBy(sent: Uint8Array, bought: Uint8Array): Omit<GateReport, 'ever'> {
  let sentLeads = 0;
  let sentBuyers = 0;
  let buyers = 0;
  for (const [lead, outcome] of bought.entries()) {
    const isSent = sent[lead] === 1;
    buyers += outcome;
    if (isSent) sentLeads += 1;
    if (isSent) sentBuyers += outcome;
  }
  const ofBuyers = conversionOf(sentBuyers, buyers);
  return {
    sent: conversionOf(sentBuyers, sentLeads),
    kept: conversionOf(buyers - sentBuyers, bought.length - sentLeads),
    sentShare: bought.length === 0 ? 0 : sentLeads / bought.length,
    caught: ofBuyers.conversion,
    caughtLow: ofBuyers.low,
    caughtHigh: ofBuyers.high,
  };
}
