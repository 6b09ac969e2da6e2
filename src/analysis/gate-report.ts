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
}

/** @param sent by lead, 1 where the model passes it on to sales. */
export function gateReport(sent: Uint8Array, bought: Uint8Array): GateReport {
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
