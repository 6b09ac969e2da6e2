import type { Lead } from '../leads/lead.ts';
import { type LeadState, readStates } from './lead-state.ts';
import type { Space } from './space.ts';

/**
 * What is remembered of leads as they were scored last, in their order; undefined for one never scored. A record that others
 * were merged into since then comes with what is remembered of those.
 */
export async function readLeadStates(space: Space, leads: readonly Lead[]): Promise<(LeadState | undefined)[]> {
  const states = await readStates(
    space,
    leads.flatMap(({ id, formerIds }) => [id, ...formerIds]),
  );
  let next = 0;
  return leads.map(({ id, formerIds }) => {
    const own = states[next++];
    // What a record took over once counts no more: a rule that ceased to hold since must be able to begin again.
    const taken = new Set(own?.formerIds);
    const former = formerIds.flatMap((each) => {
      const state = states[next++];
      return state === undefined || taken.has(each) ? [] : state;
    });
    return former.length === 0 ? own : takeOver(id, own, former);
  });
}

/** A rule that held for any of them held. The rest goes by the record itself; one that is new has nothing but this. */
function takeOver(id: string, own: LeadState | undefined, former: readonly LeadState[]): LeadState {
  const heldRules = union([...(own === undefined ? [] : [own]), ...former].map((state) => state.heldRules));
  if (own !== undefined) return { ...own, heldRules };
  const [first, ...others] = former.map(({ passedOverBy }) => passedOverBy);
  return {
    id,
    emailHashes: [],
    formerIds: [],
    askedRules: union(former.map(({ askedRules }) => askedRules)),
    passedOverBy: (first ?? []).filter((version) => others.every((other) => other.includes(version))),
    heldRules,
  };
}

const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort();
