import { DAY } from '../../../../src/base/clock.ts';
import type { Activity } from '../../../../src/leads/activity.ts';
import type { Lead } from '../../../../src/leads/lead.ts';
import type { Lists } from '../../../../src/leads/lists.ts';
import { orderActivities } from '../../../../src/scoring/order-activities.ts';
import type { HeldRule, Score } from '../../../../src/scoring/score.ts';
import { scoreEngagement } from './engagement.ts';
import { type Notes, scoreFit } from './fit.ts';
import { profileReader } from './read.ts';

/** The hashes that a score carries: nobody writes those by hand. */
export interface Stamps {
  readonly modelVersion: string;
  /** That of the rule `target-account-ready-to-buy`. */
  readonly readyToBuy: string;
}

/**
 * The model of `model.yaml` as a program for it alone: what somebody would write who knew that it never changes. It shares
 * with the scorer what belongs to no model: the readers of titles, domains, numbers, countries and paths, the order of
 * activities, the rules on machines, and the arithmetic of decay.
 */
export function handWritten(lists: Lists, { modelVersion, readyToBuy }: Stamps) {
  const readProfile = profileReader(lists);
  const held: readonly HeldRule[] = [{ rule: 'target-account-ready-to-buy', meaning: readyToBuy, followUpWithin: DAY }];
  return (lead: Lead, activities: readonly Activity[], at: number): Score => {
    const profile = readProfile(lead);
    const notes: Notes = { reasons: [], flags: [], disqualifications: [], next: Number.POSITIVE_INFINITY };
    const fit = scoreFit(profile, notes);
    const done = scoreEngagement(profile, lead.createdAt, orderActivities(activities), at, notes);
    const engagement = done.points;

    const missingRequired: string[] = [];
    if (profile.email === undefined) missingRequired.push('email');
    if (profile.company === undefined) missingRequired.push('company');
    const override =
      lead.overrides !== undefined && Object.hasOwn(lead.overrides, 'bench') ? lead.overrides.bench : undefined;
    const ruledOut = override === undefined ? notes.disqualifications.length > 0 : override === 'disqualified';
    const passes = fit >= 40 && engagement >= 20 && missingRequired.length === 0;
    const isReadyToBuy =
      profile.atTargetAccount &&
      profile.persona === 'buyer' &&
      (profile.timeframe === 'now' || profile.timeframe === '0-3 months');

    const score: { -readonly [Key in keyof Score]: Score[Key] } = {
      fit,
      engagement,
      total: fit + engagement,
      grade: letterOf(fit) + digitOf(engagement),
      mql: !ruledOut && (passes || override === 'qualified'),
      lead: false,
      missingRequired,
      disqualifications: notes.disqualifications,
      flags: notes.flags.sort(),
      reasons: notes.reasons,
      fastTracks: ruledOut ? [] : done.fastTracks,
      heldRules: isReadyToBuy && !ruledOut ? held : [],
      nurture: [],
      leftOut: done.leftOut,
      modelVersion,
    };
    if (profile.persona !== undefined) score.persona = profile.persona;
    if (override !== undefined) score.override = override;
    if (notes.next < Number.POSITIVE_INFINITY) score.nextChange = notes.next;
    return score;
  };
}

function letterOf(fit: number): string {
  if (fit >= 60) return 'A';
  if (fit >= 40) return 'B';
  return fit >= 20 ? 'C' : 'D';
}

function digitOf(engagement: number): string {
  if (engagement >= 60) return '1';
  if (engagement >= 40) return '2';
  return engagement >= 20 ? '3' : '4';
}
