import { percentText } from '../analysis/number-text.ts';
import type { LeadRecord } from '../crm/crm.ts';
import type { LeadState } from '../ledger/lead-state.ts';
import type { Verdict } from '../sync/verdicts.ts';
import { hanging } from './explain-hanging.ts';
import { isoTime, timeText } from './print.ts';

/** What a challenger says of a lead beside its champion. */
export interface ChallengerView {
  readonly id: string;
  readonly version: string;
  /** The share of persons whom it scores for real, from 0 to below 1. */
  readonly holdout: number;
  /** Whether this lead is one of them: then the champion's properties hold what the challenger says. */
  readonly isReal: boolean;
  readonly score: number;
  readonly grade: string;
  /** What was kept of it last, in Redis or in properties of its own; undefined where nothing was. */
  readonly kept: Kept | undefined;
}

interface Kept {
  readonly where: 'redis' | 'crm';
  readonly score: number;
  readonly grade: string | undefined;
  readonly version: string | undefined;
  /** Since when, in milliseconds since 1970. */
  readonly at: number | undefined;
}

export function challengerViews(
  { challenged = [], holdout: real }: Verdict,
  { outputs }: LeadRecord,
  state: LeadState | undefined,
): ChallengerView[] {
  return challenged.map(({ challenger, score }) => {
    const { id, version, holdout } = challenger.model;
    const kept = ofCrm(outputs[id]) ?? ofState(state, id);
    return { id, version, holdout, isReal: challenger === real, score: score.total, grade: score.grade, kept };
  });
}

function ofCrm(held: LeadRecord['outputs'][string] | undefined): Kept | undefined {
  const { score, grade, modelVersion: version, scoredAt: at } = held ?? {};
  return score === undefined ? undefined : { where: 'crm', score, grade, version, at };
}

function ofState(state: LeadState | undefined, id: string): Kept | undefined {
  const found = state?.challengers?.find(({ model }) => model === id);
  if (found === undefined) return undefined;
  const { score, grade, version, at } = found;
  return { where: 'redis', score, grade, version, at };
}

export function challengerLines(views: readonly ChallengerView[]): string[] {
  return views.flatMap(({ id, version, holdout, isReal, score, grade, kept }) => [
    hanging(`${id} (version ${version}): score ${score}, grade ${grade}`, 2),
    ...(holdout === 0 ? [] : [hanging(holdoutText(holdout, isReal), 4)]),
    ...(kept === undefined ? [] : [hanging(keptText(kept), 4)]),
  ]);
}

function holdoutText(share: number, isReal: boolean): string {
  return isReal
    ? `the lead is in its holdout of ${percentText(share)}: this is what the CRM gets, in place of the champion's score`
    : `the lead is not in its holdout of ${percentText(share)}`;
}

function keptText({ where, score, grade, version, at }: Kept): string {
  const since = at === undefined ? '' : `, since ${timeText(at)}`;
  const place = where === 'crm' ? 'the CRM holds' : 'kept in Redis:';
  return `${place} score ${score}, grade ${grade ?? 'none'}, by version ${version ?? 'unknown'}${since}`;
}

export function challengerJson({ kept, ...view }: ChallengerView): object {
  return { ...view, kept: kept && { ...kept, at: isoTime(kept.at) } };
}
