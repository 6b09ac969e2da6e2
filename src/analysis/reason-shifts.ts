import { parseReasons } from '../scoring/parse-reasons.ts';
import type { ReasonRow, ReasonRows } from './reason-rows.ts';

/**
 * Which lines make the difference between two texts of reasons. What a lead gains and loses by them adds up to the
 * difference of its scores, as the lines of each text add up to its score.
 */
export function countShifts(rows: ReasonRows, before: string | undefined, after: string | undefined): void {
  if (before === after) return;
  const shifts = new Map<ReasonRow, number>();
  const add = (text: string | undefined, sign: 1 | -1) => {
    for (const { points, label } of parseReasons(text ?? '', rows.has)) {
      const row = rows.of(label);
      shifts.set(row, (shifts.get(row) ?? 0) + sign * points);
    }
  };
  add(before, -1);
  add(after, 1);
  for (const [row, points] of shifts) {
    if (points === 0) continue;
    row.changed += 1;
    row.points += points;
    if (points > 0) row.up += 1;
    else row.down += 1;
  }
}
