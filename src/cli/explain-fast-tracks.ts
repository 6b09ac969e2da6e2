import { durationText } from '../base/duration-text.ts';
import type { Activity } from '../leads/activity.ts';
import type { AlertState } from './explain-crm.ts';
import { hanging } from './explain-hanging.ts';
import type { Explanation } from './explanation.ts';
import { timeText } from './print.ts';

/** What puts the lead straight before sales, and whether that has happened. */
export function fastTrackLines({ score, crm, notTaken }: Explanation): string[] {
  const { fastTracks, heldRules } = score;
  const lines = [
    ...fastTracks.map(({ rule, activity, followUpWithin }, index) => {
      const state = crm?.alerts.fastTracks[index];
      return `${doingText(rule, activity)}: ${state === undefined ? within(followUpWithin) : DONE[state]}`;
    }),
    ...heldRules.map(({ rule, followUpWithin }, index) => {
      const state = crm?.alerts.heldRules[index];
      return `${rule}, by its fields alone: ${state === undefined ? within(followUpWithin) : HELD[state]}`;
    }),
    ...notTaken.fastTracks.map(({ rule, activity }) => `${doingText(rule, activity)}: ${NOT_TAKEN}`),
    ...notTaken.heldRules.map(({ rule }) => `${rule}, by its fields alone: ${NOT_TAKEN}`),
  ];
  return lines.length === 0 ? ['  none'] : lines.map((line) => hanging(line, 2));
}

/** `demo-request (form) on 22 Nov 2026, 09:30 UTC`. */
function doingText(rule: string, { name, type, at }: Activity): string {
  const what = name ?? type;
  return `${what === rule ? rule : `${rule} (${what})`} on ${timeText(at)}`;
}

const NOT_TAKEN = 'not taken, since the lead is ruled out';

const within = (time: number) => `straight to sales, to be followed up within ${durationText(time)}`;

const DONE: Readonly<Record<AlertState, string>> = {
  done: 'sales was told',
  old: 'from before the first backfill or long ago, so it alerts nobody',
  waiting: 'the next sync will tell sales',
};

const HELD: Readonly<Record<AlertState, string>> = {
  ...DONE,
  old: 'it holds, but nobody saw it begin to, so it alerts nobody',
};
