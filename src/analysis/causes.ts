import type { ModelReport, ShiftReport } from './model-report.ts';

export interface Cause extends ShiftReport {
  /** `removed`: the model no longer has it. */
  readonly kind: 'criterion' | 'removed' | 'limit';
}

/** Every line of the reasons that moves points, the one that touches most leads first. */
export function causesOf({ criteria, removed, limits }: ModelReport): Cause[] {
  const causes = [
    ...criteria.map((row) => ({ ...row, kind: 'criterion' as const })),
    ...removed.map((row) => ({ ...row, kind: 'removed' as const })),
    ...limits.map((row) => ({ ...row, kind: 'limit' as const })),
  ];
  return causes
    .filter(({ changed }) => changed > 0)
    .sort((one, other) => other.changed - one.changed || Math.abs(other.points) - Math.abs(one.points));
}

export interface GradeMove {
  readonly from: string;
  readonly to: string;
  readonly leads: number;
}

/** Who moves from which grade to which, the largest move first. */
export function gradeMoves({ grades }: ModelReport): GradeMove[] {
  const moves = Object.entries(grades).flatMap(([from, all]) =>
    Object.entries(all).map(([to, leads]) => ({ from, to, leads })),
  );
  return moves.sort((one, other) => other.leads - one.leads);
}
