import type { CallOptions, ChangedLead, Window } from '../crm.ts';
import { type ChangedSource, changedRows } from './changed-rows.ts';
import { CHANGED, type PersonMapping } from './leads.ts';
import { PERSON_KINDS } from './person-kind.ts';
import type { Reading } from './read-batch.ts';
import { flagOf, type Row, textOf, timeOf } from './row.ts';
import type { ToldBefore } from './told-before.ts';

interface PersonSource extends ChangedSource {
  readonly mapping: PersonMapping;
}

/**
 * Leads and Contacts that changed within the window. One that was deleted, merged or converted comes without a fingerprint, so that it is
 * looked for; so does the Contact that it was converted to, as that itself may not have changed. Windows overlap, and of these nobody
 * keeps that they were dealt with: `told` does.
 */
export async function* changedLeads(
  { api, mappings }: Reading,
  told: ToldBefore,
  window: Window,
  options?: CallOptions,
): AsyncIterable<ChangedLead[]> {
  const sources = PERSON_KINDS.map((kind): PersonSource => {
    const mapping = mappings[kind];
    return { object: kind, columns: [...new Set([...mapping.inputs, ...FATE[kind]])], mapping };
  });
  told.forgetBefore(window.from);
  for await (const { source, rows } of changedRows(api, sources, window, { kind: 'search', ...options })) {
    const changed = eachOnce(rows.flatMap((row) => toChanged(source.mapping, row)));
    const news = changed.filter((each) => each.fingerprint !== undefined || !told.has(each));
    if (news.length > 0) yield news;
    // Only here: whoever asks for the next page has dealt with this one.
    told.add(news.filter(({ fingerprint }) => fingerprint === undefined));
  }
}

const FATE = { Lead: ['IsDeleted', 'IsConverted', 'ConvertedContactId'], Contact: ['IsDeleted'] } as const;

function toChanged({ fingerprint }: PersonMapping, row: Row): ChangedLead[] {
  const id = textOf(row, 'Id') ?? '';
  const changedAt = timeOf(row, CHANGED) ?? 0;
  const isGone = flagOf(row, 'IsDeleted') || flagOf(row, 'IsConverted');
  if (!isGone) return [{ id, changedAt, fingerprint: fingerprint(row) }];
  const contact = textOf(row, 'ConvertedContactId');
  return [id, ...(contact === undefined ? [] : [contact])].map((each) => ({
    id: each,
    changedAt,
    fingerprint: undefined,
  }));
}

/** Several Leads may be converted to one Contact at the same time. */
function eachOnce(changed: readonly ChangedLead[]): ChangedLead[] {
  return [...new Map(changed.map((each) => [`${each.id} ${each.changedAt} ${each.fingerprint ?? ''}`, each])).values()];
}
