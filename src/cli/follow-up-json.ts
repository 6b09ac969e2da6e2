import { MINUTE } from '../base/clock.ts';
import type { FollowUpReport } from './follow-up-text.ts';
import { isoTime } from './print.ts';

/** For programs: times in ISO 8601, lengths in whole minutes of working time. */
export function followUpJson(reports: readonly FollowUpReport[], areSeveral: boolean) {
  const of = ({ connection }: FollowUpReport) => (areSeveral ? { connection } : {});
  return {
    open: reports.flatMap((report) =>
      report.open.map((one) => ({
        ...of(report),
        lead: one.leadId,
        model: one.model,
        owner: report.nameOf(one.ownerId),
        fastTrack: one.rule,
        state: one.state,
        attempts: one.attempts,
        routedAt: isoTime(one.routedAt),
        followUpBy: isoTime(one.followUpBy),
        firstTouchedAt: isoTime(one.firstTouchedAt),
        dueBy: isoTime(one.dueBy),
        overdue: one.late !== undefined,
        minutesLate: minutes(one.late),
      })),
    ),
    owners: reports.flatMap((report) =>
      report.figures.map((one) => ({
        ...of(report),
        owner: report.nameOf(one.ownerId),
        open: one.open,
        overdue: one.overdue,
        routed: one.routed,
        touched: one.touched,
        minutesToFirstTouch: minutes(one.medianToTouch),
        decided: one.decided,
        inTime: one.inTime,
      })),
    ),
  };
}

const minutes = (ms: number | undefined) => (ms === undefined ? undefined : Math.floor(ms / MINUTE));
