import type { Connection } from './connection.ts';

/** Which of some leads the CRM still has; one that it refuses to read is none of these. */
export interface FoundAgain {
  readonly live: readonly string[];
  /** They live on in other records. */
  readonly merged: readonly string[];
  readonly missing: readonly string[];
}

export async function findAgain(
  { crm }: Connection,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<FoundAgain> {
  const refused = new Set<string>();
  const records = await crm.readLeads(ids, { signal, refused: (id) => refused.add(id) });
  const found = new Set(records.map(({ lead }) => lead.id));
  const former = new Set(records.flatMap(({ lead }) => lead.formerIds));
  const missing = ids.filter((id) => !found.has(id) && !refused.has(id));
  return {
    live: ids.filter((id) => found.has(id)),
    merged: missing.filter((id) => former.has(id)),
    missing: missing.filter((id) => !former.has(id)),
  };
}
