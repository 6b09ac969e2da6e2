import { batches } from '../../base/batches.ts';
import type { Clock } from '../../base/clock.ts';
import type { CallOptions } from '../crm.ts';
import { MOST_TOGETHER } from './api/query.ts';
import { QueryTooSlowError } from './api/query-errors.ts';
import { askTogether } from './ask-together.ts';
import { bulkRows } from './bulk-rows.ts';
import { allMergedRecords, convertedLeads, type MoreOfLeads } from './former-questions.ts';
import { createFormers, type Former, type Formers } from './formers.ts';
import type { PersonKind } from './person-kind.ts';
import type { Reading } from './read-batch.ts';

/** A query may have 100,000 characters. */
const IDS_IN_QUERY = 4_000;

export interface BulkFormers {
  /** Of these records, however many. */
  of(kind: PersonKind, ids: readonly string[], options: CallOptions): Promise<Formers>;
  /** What was merged is to be read again. */
  forget(): void;
}

/**
 * What lives on in the records of a listing. What was merged is in the recycle bin, which is small: it is read whole, once. Leads that
 * were converted stay, and may be most of all: those of 10,000 Contacts are read at a time, in one call and one more for each 2,000.
 * `more` is told of these Leads as well.
 */
export function bulkFormers({ api, mappings }: Reading, clock: Clock, more?: MoreOfLeads): BulkFormers {
  let merged: readonly { readonly former: Former; readonly into: string }[] | undefined;

  async function readMerged(options: CallOptions) {
    const found: { former: Former; into: string }[] = [];
    const questions = allMergedRecords((former, into) => void found.push({ former, into }));
    try {
      await askTogether(api, questions, { kind: 'read', ...options });
    } catch (error) {
      if (!(error instanceof QueryTooSlowError)) throw error;
      for (const { soql, tell } of questions)
        for await (const rows of bulkRows(api, clock, soql, { kind: 'read', ...options, all: true }))
          rows.forEach(tell);
    }
    return found;
  }

  return {
    async of(kind, ids, options) {
      merged ??= await readMerged(options);
      const formers = createFormers();
      for (const { former, into } of merged) formers.add(former, into);
      if (kind === 'Lead') return formers;
      const all = ids.flatMap((id) => [id, ...formers.of(id).map((former) => former.id)]);
      const questions = [...batches(all, IDS_IN_QUERY)].flatMap((some) =>
        convertedLeads(mappings, some, formers.add, more),
      );
      for (const some of batches(questions, MOST_TOGETHER)) await askTogether(api, some, { kind: 'read', ...options });
      return formers;
    },
    forget() {
      merged = undefined;
    },
  };
}
