import type { ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';

/** Gates of lead that let everybody through, or that lie above those of MQL. */
export function oddLeadGates({ lifecycle: { lead, mql } }: ModelSource): ModelProblem[] {
  if (lead === undefined) return [];
  const { fit = 0, engagement = 0 } = lead;
  if (fit === 0 && engagement === 0)
    return [{ path: ['lifecycle', 'lead'], message: 'every subscriber is a lead: no gate is above 0' }];
  return (['fit', 'engagement'] as const).flatMap((name) => {
    const gate = lead[name] ?? 0;
    if (gate <= mql[name]) return [];
    const message = `the gate to lead lies above that to MQL, which is ${mql[name]}: some are MQLs before they would be leads`;
    return [{ path: ['lifecycle', 'lead', name], message }];
  });
}
