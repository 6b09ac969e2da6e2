import type { CallOptions, LeadRecord } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { oneOf } from './api/soql.ts';
import { askTogether, type Question } from './ask-together.ts';
import { convertedLeads, type Found, mergedRecords } from './former-questions.ts';
import { createFormers } from './formers.ts';
import type { PersonMappings } from './leads.ts';
import { idsOf, PERSON_KINDS, type PersonKind } from './person-kind.ts';
import { flagOf, type Row, textOf } from './row.ts';

/** What reading leads needs. */
export interface Reading {
  readonly api: SalesforceApi;
  readonly mappings: PersonMappings;
}

/**
 * Leads and Contacts by their ids, some hundreds at most: one call of the API's limit, a composite of five queries. Only where
 * one of them was converted or merged lately is there another, for what it lives on in or for what lived on in it before.
 */
export async function readBatch(
  { api, mappings }: Reading,
  ids: readonly string[],
  options?: CallOptions,
): Promise<LeadRecord[]> {
  const formers = createFormers();
  const live: { readonly kind: PersonKind; readonly row: Row; readonly id: string }[] = [];
  const [rows, traced] = [idsBefore(), idsBefore()];
  let [unread, untraced] = [rows.notYet(ids), traced.notYet(ids)];
  while (unread.length + untraced.length > 0) {
    const successors: string[] = [];
    const losers: string[] = [];
    const merged: Found = (former, successor) => {
      formers.add(former, successor);
      losers.push(former.id);
    };
    const questions = [
      ...personRows(mappings, unread, (kind, row) => {
        const id = textOf(row, 'Id');
        const successor = successorOf(row);
        if (successor !== undefined) successors.push(successor);
        if (id !== undefined && isLive(row)) live.push({ kind, row, id });
      }),
      ...convertedLeads(mappings, untraced, formers.add),
      ...mergedRecords(untraced, merged),
    ];
    await askTogether(api, questions, { kind: 'read', ...options });
    unread = rows.notYet(successors);
    untraced = traced.notYet([...successors, ...losers]);
  }
  return live.map(({ kind, row, id }) => mappings[kind].toRecord(row, formers.of(id)));
}

/** What became of a record. */
const FATE = {
  Lead: ['IsDeleted', 'MasterRecordId', 'IsConverted', 'ConvertedContactId'],
  Contact: ['IsDeleted', 'MasterRecordId'],
} as const;

function personRows(
  mappings: PersonMappings,
  ids: readonly string[],
  found: (kind: PersonKind, row: Row) => void,
): Question[] {
  return PERSON_KINDS.flatMap((kind): Question[] => {
    const own = idsOf(kind, ids);
    if (own.length === 0) return [];
    const columns = [...new Set([...mappings[kind].columns, ...FATE[kind]])].join(', ');
    return [{ soql: `SELECT ${columns} FROM ${kind} WHERE Id IN ${oneOf(own)}`, tell: (row) => found(kind, row) }];
  });
}

function isLive(row: Row): boolean {
  return !flagOf(row, 'IsDeleted') && !flagOf(row, 'IsConverted');
}

/** What the record was merged into or converted to, as far as that is known. */
function successorOf(row: Row): string | undefined {
  return (flagOf(row, 'IsDeleted') ? textOf(row, 'MasterRecordId') : undefined) ?? textOf(row, 'ConvertedContactId');
}

/** Ids of persons, each once: nothing is asked for twice, however records refer to each other. */
function idsBefore() {
  const seen = new Set<string>();
  return {
    notYet(ids: readonly string[]): string[] {
      const own = PERSON_KINDS.flatMap((kind) => idsOf(kind, ids)).filter((id) => !seen.has(id));
      for (const id of own) seen.add(id);
      return own;
    },
  };
}
