import { HOUR, MINUTE } from '../base/clock.ts';
import type { OpenFollowUp, OwnerFigures } from '../sync/follow-up-figures.ts';
import type { Io } from './io.ts';
import { counted, paint, table, timeText } from './print.ts';

/** The follow-ups of one CRM. */
export interface FollowUpReport {
  readonly connection: string;
  readonly open: readonly OpenFollowUp[];
  readonly figures: readonly OwnerFigures[];
  /** An owner's address, or the id where that is not known; undefined for nobody. */
  nameOf(ownerId: string | undefined): string | undefined;
}

interface Shown {
  readonly showsModels: boolean;
  /** Whether only those are asked for that are overdue. */
  readonly overdue: boolean;
}

/** What is open, then how each owner does; for a person. */
export function followUpLines(reports: readonly FollowUpReport[], shown: Shown, io: Pick<Io, 'colour'>): string[] {
  const areSeveral = reports.length > 1;
  return [...openLines(reports, shown, areSeveral, io), ...ownerLines(reports, areSeveral, io)];
}

function openLines(
  reports: readonly FollowUpReport[],
  { showsModels, overdue }: Shown,
  areSeveral: boolean,
  io: Pick<Io, 'colour'>,
): string[] {
  const all = reports.flatMap((report) => report.open.map((followUp) => ({ report, followUp })));
  if (all.length === 0) return [overdue ? 'no follow-up is overdue' : 'no follow-up is open'];
  all.sort((one, other) => (other.followUp.late ?? -1) - (one.followUp.late ?? -1));
  const only = (applies: boolean, cell: string) => (applies ? [cell] : []);
  const head = [
    'LEAD',
    ...only(areSeveral, 'CRM'),
    'OWNER',
    ...only(showsModels, 'MODEL'),
    'FAST TRACK',
    'ROUTED',
    'STATE',
    'TRIES',
    'LATE',
  ];
  const rows = all.map(({ report, followUp }) => [
    followUp.leadId,
    ...only(areSeveral, report.connection),
    report.nameOf(followUp.ownerId) ?? NOBODY,
    ...only(showsModels, followUp.model),
    followUp.rule ?? '-',
    timeText(followUp.routedAt),
    followUp.state,
    String(followUp.attempts),
    followUp.late === undefined ? '-' : workText(followUp.late),
  ]);
  const late = all.filter(({ followUp }) => followUp.late !== undefined).length;
  const title = overdue
    ? `${counted(late, 'follow-up')} overdue`
    : `${counted(all.length, 'follow-up')} open, ${late} overdue`;
  return [paint(io, 'bold', title), '', ...table([head, ...rows])];
}

function ownerLines(reports: readonly FollowUpReport[], areSeveral: boolean, io: Pick<Io, 'colour'>): string[] {
  const rows = reports.flatMap(({ connection, figures, nameOf }) =>
    figures.map((one) => [
      nameOf(one.ownerId) ?? NOBODY,
      ...(areSeveral ? [connection] : []),
      String(one.open),
      String(one.overdue),
      String(one.routed),
      one.medianToTouch === undefined ? '-' : workText(one.medianToTouch),
      one.decided === 0 ? '-' : `${Math.round((100 * one.inTime) / one.decided)}% (${one.inTime} of ${one.decided})`,
    ]),
  );
  if (rows.length === 0) return [];
  const head = ['OWNER', ...(areSeveral ? ['CRM'] : []), 'OPEN', 'OVERDUE', 'ROUTED', 'FIRST TOUCH', 'IN TIME'];
  const title = 'By owner: routed within 30 days, working time to the first touch (median), and how many were in time';
  return ['', paint(io, 'bold', title), '', ...table([head, ...rows])];
}

const NOBODY = '(nobody)';

/** Working time for people, to the minute: `12m`, `5h 20m`. A day of it would be a working day, of another length for everyone. */
export function workText(ms: number): string {
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const hours = Math.floor(ms / HOUR);
  if (hours === 0) return `${minutes}m`;
  return `${hours.toLocaleString('en-US')}h${minutes === 0 ? '' : ` ${minutes}m`}`;
}
