import { type Periods, weekOf } from '../../analysis/review/periods.ts';
import { type SalesSay, salesSayReader } from '../../analysis/review/sales-say.ts';
import type { Outputs, PastMqls, PastRecord } from '../../crm/crm.ts';

/** What the CRM holds of what a model did. */
export interface ReviewedRecords {
  /** How many leads came to be MQLs in each week of both periods, oldest first: each time, where the CRM keeps that, else the last time. */
  readonly mqls: readonly number[];
  /** How many of them had come to be one before, when the CRM does not tell. */
  readonly mqlsBefore: number;
  /** Of those that were passed on within the later period. */
  readonly salesSay: SalesSay;
}

export interface RecordsReader {
  add(record: Pick<PastRecord, 'outputs' | 'mqls' | 'salesSay' | 'salesStatus' | 'salesReasons'>): void;
  finish(): ReviewedRecords;
}

/** @param model its id. */
export function recordsReader(model: string, periods: Periods): RecordsReader {
  const mqls = new Array<number>(2 * periods.weeks).fill(0);
  const sales = salesSayReader();
  let mqlsBefore = 0;

  function countMqls({ at, isWhole }: PastMqls = NEVER, { recycledAt }: Partial<Outputs> = {}): void {
    for (const time of at) {
      const week = weekOf(periods, time);
      if (week === undefined) continue;
      mqls[week] = (mqls[week] ?? 0) + 1;
      // It was given back, so that it had been one: the time of that was overwritten.
      if (!isWhole && recycledAt !== undefined && recycledAt < time) mqlsBefore += 1;
    }
  }

  return {
    add({ outputs, mqls: came, salesSay, salesStatus, salesReasons }) {
      const own = outputs[model];
      countMqls(came?.[model], own);
      if (own === undefined) return;
      const { mqlAt, routedAt, route, flags = [], grade, persona, fastTrack } = own;
      const passedAt = Math.max(mqlAt ?? 0, routedAt ?? 0);
      if (route === 'nurture' || passedAt <= periods.middle || passedAt > periods.at) return;
      const said = salesSay && {
        word: salesSay,
        ...(salesStatus !== undefined && { status: salesStatus }),
        ...(salesReasons !== undefined && { reasons: salesReasons }),
      };
      sales.add(said, [
        ...flags.map((flag) => `the flag ${flag}`),
        ...(grade === undefined ? [] : [`the grade ${grade}`]),
        ...(persona === undefined ? [] : [`the persona ${persona}`]),
        ...(fastTrack === undefined ? [] : [`the fast track ${fastTrack}`]),
      ]);
    },
    finish: () => ({ mqls, mqlsBefore, salesSay: sales.finish() }),
  };
}

const NEVER: PastMqls = { at: [], isWhole: true };
