import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { ModelScores } from './comparison.ts';
import type { ScoredLeads } from './scored-leads.ts';

/** What a model said of leads, to be held against what another one did. */
export function modelScores(
  { id, name, learntUntil }: Pick<CompiledModel, 'id' | 'name' | 'learntUntil'>,
  { scores, sent }: Pick<ScoredLeads, 'scores' | 'sent'>,
): ModelScores {
  return { id, name, learntUntil, scores, sent };
}
