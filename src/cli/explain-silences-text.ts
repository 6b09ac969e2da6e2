import { durationText } from '../base/duration-text.ts';
import { hanging } from './explain-hanging.ts';
import type { Silence } from './explain-silences.ts';
import type { Explanation } from './explanation.ts';
import { signed, timeText } from './print.ts';

/** Since when the lead counts as inactive, or from when on it will. */
export function silenceLines({ silences, lead }: Explanation): string[] {
  const [first] = silences;
  if (first === undefined) return [];
  const created = first.last === lead.createdAt ? ', when it was created' : '';
  return [
    hanging(`last did something on ${timeText(first.last)}${created}`, 2),
    ...silences.map((silence) => hanging(silenceText(silence), 2)),
  ];
}

function silenceText({ label, points, length, from, holds, disqualify }: Silence): string {
  const effects = [...(points === 0 ? [] : [signed(points)]), ...(disqualify === undefined ? [] : ['rules it out'])];
  const what = effects.length === 0 ? label : `${label} (${effects.join(', ')})`;
  return holds
    ? `${what}: counts as inactive since ${timeText(from)}, after ${durationText(length)} without anything`
    : `${what}: will count as inactive on ${timeText(from)}, if nothing is done until then`;
}
