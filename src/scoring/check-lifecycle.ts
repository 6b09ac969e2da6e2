import type { ModelProblem } from './model-error.ts';
import type { ModelSource } from './model-schema.ts';

/** Finds gates that ask nothing, and a way back that would send leads to and fro. */
export function checkLifecycle({ lifecycle }: ModelSource, problems: ModelProblem[]): void {
  const { lead, mql, recycle } = lifecycle;
  if (lead !== undefined && lead.fit === undefined && lead.engagement === undefined) {
    const message = 'say from where on a subscriber is a lead: by fit, by engagement or by both, such as { fit: 20 }';
    problems.push({ path: ['lifecycle', 'lead'], message });
  }
  if (recycle === undefined || recycle.engagement_below < mql.engagement) return;
  const path = ['lifecycle', 'recycle', 'engagement_below'];
  problems.push({ path, message: whyFlapping(recycle.engagement_below, mql.engagement) });
}

function whyFlapping(below: number, gate: number): string {
  if (gate === 0)
    return 'the gate of engagement is 0, so whoever goes back for a lack of it would be an MQL again at once: give mql.engagement a gate, or leave "recycle" out';
  const advice = gate > 1 ? `write ${Math.max(1, Math.floor(gate / 2))}, or anything below ${gate}` : 'raise that gate';
  return `leads would go back and forth: engagement_below is ${below} and must lie below the gate of engagement, which is ${gate}: ${advice}`;
}
