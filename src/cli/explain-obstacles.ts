import type { Score } from '../scoring/score.ts';
import { type Outlook, type Remedy, remedyFor } from './explain-remedy.ts';
import { type GateGap, gateGaps, isRuledOut, whyRuledOut } from './gate-gaps.ts';

/** Something that keeps a lead from being an MQL, and what would take it away, where anything could and would help. */
export type Obstacle =
  | { readonly kind: 'set-by-hand' }
  | { readonly kind: 'ruled-out'; readonly why: readonly string[]; readonly remedy: Remedy | undefined }
  | ({ readonly kind: 'gate'; readonly remedy: Remedy | undefined } & GateGap)
  | { readonly kind: 'missing'; readonly field: string };

/** Everything that stands between a lead and MQL; nothing for one that is an MQL. */
export function obstaclesOf(outlook: Outlook): Obstacle[] {
  const { model, score } = outlook;
  if (score.mql) return [];
  if (score.override === 'disqualified') return [{ kind: 'set-by-hand' }];
  const lifted = isRuledOut(score)
    ? remedyFor({ dimension: undefined, isReached: (after) => !isRuledOut(after) }, outlook)
    : undefined;
  // Of a lead that stays ruled out, no points make an MQL.
  const isUseless = lifted !== undefined && lifted.kind !== 'found';
  return [
    ...(lifted === undefined ? [] : [{ kind: 'ruled-out' as const, why: whyRuledOut(score), remedy: lifted }]),
    ...gateGaps(model, score).map((gap): Obstacle => {
      const { dimension, gate } = gap;
      const isReached = (after: Score) => after[dimension] >= gate && !isNewlyRuledOut(after, score);
      return { kind: 'gate', ...gap, remedy: isUseless ? undefined : remedyFor({ dimension, isReached }, outlook) };
    }),
    ...score.missingRequired.map((field): Obstacle => ({ kind: 'missing', field })),
  ];
}

function isNewlyRuledOut(after: Score, before: Score): boolean {
  const known = new Set(before.disqualifications.map(({ criterion }) => criterion));
  return isRuledOut(after) && after.disqualifications.some(({ criterion }) => !known.has(criterion));
}
