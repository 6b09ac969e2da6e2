import { oneOf } from './api/soql.ts';
import type { Question } from './ask-together.ts';
import type { Former } from './formers.ts';
import type { PersonMappings } from './leads.ts';
import { idsOf, PERSON_KINDS, type PersonKind } from './person-kind.ts';
import { type Row, textOf } from './row.ts';

export type Found = (former: Former, successor: string) => void;

/** What else is read of Leads that were converted, and who is told of each. */
export interface MoreOfLeads {
  readonly columns: readonly string[];
  tell(row: Row): void;
}

/** The Leads that were converted to these Contacts. Salesforce keeps them for good, and nobody can edit them. */
export function convertedLeads(
  { Lead }: PersonMappings,
  ids: readonly string[],
  found: Found,
  more?: MoreOfLeads,
): Question[] {
  const contacts = idsOf('Contact', ids);
  if (contacts.length === 0) return [];
  const columns = new Set(['Id', 'Email', CONVERTED_TO, ...Lead.stages, ...(more?.columns ?? [])]);
  const soql = `SELECT ${[...columns].join(', ')} FROM Lead WHERE ${CONVERTED_TO} IN ${oneOf(contacts)}`;
  const tell = (row: Row) => {
    const [former, contact] = [formerOf(row), textOf(row, CONVERTED_TO)];
    if (former !== undefined && contact !== undefined)
      found({ ...former, how: 'converted', ...Lead.stageOf(row) }, contact);
    more?.tell(row);
  };
  return [{ soql, tell }];
}

/** What was merged into these records. Salesforce keeps it for as long as its recycle bin does. */
export function mergedRecords(ids: readonly string[], found: Found): Question[] {
  return PERSON_KINDS.flatMap((kind) => {
    const own = idsOf(kind, ids);
    return own.length === 0 ? [] : [merged(kind, `IN ${oneOf(own)}`, found)];
  });
}

/** Everything in the recycle bin that was merged into something. */
export function allMergedRecords(found: Found): Question[] {
  return PERSON_KINDS.map((kind) => merged(kind, '!= null', found));
}

const CONVERTED_TO = 'ConvertedContactId';
const MASTER = 'MasterRecordId';

function merged(kind: PersonKind, into: string, found: Found): Question {
  return {
    soql: `SELECT Id, Email, ${MASTER} FROM ${kind} WHERE ${MASTER} ${into} AND IsDeleted = true`,
    tell(row) {
      const [former, master] = [formerOf(row), textOf(row, MASTER)];
      if (former !== undefined && master !== undefined) found({ ...former, how: 'merged' }, master);
    },
  };
}

function formerOf(row: Row): Pick<Former, 'id' | 'email'> | undefined {
  const id = textOf(row, 'Id');
  return id === undefined ? undefined : { id, email: textOf(row, 'Email') };
}
