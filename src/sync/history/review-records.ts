import { type Periods, weekOf } from '../../analysis/review/periods.ts';
import { type SalesSay, salesSayReader } from '../../analysis/review/sales-say.ts';
import type { LeadRecord } from '../../crm/crm.ts';

/** What the CRM holds of what a model did. */
export interface ReviewedRecords {
  /** How many leads last came to be MQLs in each week of both periods, oldest first. */
  readonly mqls: readonly number[];
  /** Of those that were passed on within the later period. */
  readonly salesSay: SalesSay;
}

export interface RecordsReader {
  add(record: Pick<LeadRecord, 'outputs' | 'salesSay' | 'salesStatus' | 'salesReasons'>): void;
  finish(): ReviewedRecords;
}

/** @param model its id. */
export function recordsReader(model: string, periods: Periods): RecordsReader {
  const mqls = new Array<number>(2 * periods.weeks).fill(0);
  const sales = salesSayReader();
  return {
    add({ outputs, salesSay, salesStatus, salesReasons }) {
      const own = outputs[model];
      if (own === undefined) return;
      const { mqlAt, routedAt, route, flags = [], grade, persona, fastTrack } = own;
      const week = mqlAt === undefined ? undefined : weekOf(periods, mqlAt);
      if (week !== undefined) mqls[week] = (mqls[week] ?? 0) + 1;
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
    finish: () => ({ mqls, salesSay: sales.finish() }),
  };
}
