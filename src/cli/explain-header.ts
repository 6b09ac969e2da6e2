import type { Explanation, Told } from './explanation.ts';
import { handText, whyRuledOut } from './gate-gaps.ts';
import { fold, timeText } from './print.ts';

/** Whose score it is, by which model, and what goes before all points: a line each. */
export function headerLines({ model, score, challengers }: Explanation, told: Told): string[] {
  const real = challengers.find(({ isReal }) => isReal);
  const { persona, override } = score;
  return [
    fold(`${whose(told)}, model ${model.id} (version ${model.version})`, 0),
    ...(real === undefined ? [] : [`in the holdout of ${real.id}, which scores it in place of ${model.id}`]),
    ...asOf(told),
    ...(model.personas.length === 0 ? [] : [`persona: ${persona ?? 'none of those in the model'}`]),
    ...(override === undefined ? [] : [`set by hand: ${handText(override)}`]),
    ...whyRuledOut(score).map((why) => fold(`ruled out${override === undefined ? '' : ' by the model'}: ${why}`, 0)),
  ];
}

/** `contact 1234, 2 Nov 2026, 09:30 UTC`. */
export function whose({ noun, lead, at }: Told): string {
  return `${noun} ${lead.id}, ${timeText(at)}`;
}

function asOf({ when }: Told): string[] {
  if (when === 'now') return [];
  return when === 'later'
    ? ['as it will be if nothing happens until then']
    : ['as of then: what was done later does not count; fields are as they are now'];
}
