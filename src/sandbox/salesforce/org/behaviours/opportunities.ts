import type { Behaviour } from './behaviour.ts';
import { checkOwner, settleOwner } from './owner.ts';

export const opportunityBehaviour: Behaviour = {
  check: checkOwner,
  settle(org, draft, how) {
    settleOwner(org, draft, how);
    const stage = org.type('OpportunityStage').where('ApiName', draft.text('StageName'))[0];
    draft.set('IsClosed', stage?.flag('IsClosed') ?? false);
    draft.set('IsWon', stage?.flag('IsWon') ?? false);
    if (draft.isChanged('StageName')) draft.set('Probability', stage?.get('DefaultProbability') ?? 0);
  },
};
