import type { CallOptions, Finding } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { type QueryAnswer, queryEach } from '../api/query.ts';
import { literal } from '../api/soql.ts';
import { PERSON_KINDS, type PersonKind } from '../person-kind.ts';
import { rowSchema, textOf } from '../row.ts';
import { isNotAllowed } from '../streams/not-allowed.ts';
import { historyOf } from './kept-columns.ts';

export interface TrackedFields {
  /** The names of FieldDefinition whose history is kept; undefined where our user may not read it. */
  readonly names: Readonly<Record<PersonKind, readonly string[] | undefined>>;
  /** One for each kind of records whose history may not be read. */
  readonly findings: readonly Finding[];
}

/**
 * Asks the org of which fields it keeps a history, and whether our user may read it: one call.
 * https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_fielddefinition.htm
 */
export async function readTrackedFields(api: SalesforceApi, options?: CallOptions): Promise<TrackedFields> {
  const questions = PERSON_KINDS.flatMap((kind) => [
    `SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = ${literal(kind)} AND IsFieldHistoryTracked = true`,
    `SELECT Id FROM ${historyOf(kind)} LIMIT 1`,
  ]);
  const queries = questions.map((soql) => ({ soql, row: rowSchema }));
  const answers = await queryEach(api, queries, { ...options, kind: 'setup' });
  const findings: Finding[] = [];
  const namesOf = (kind: PersonKind, told: QueryAnswer | undefined, any: QueryAnswer | undefined) => {
    const [names, rows] = [unlessRefused(told), unlessRefused(any)];
    if (names !== undefined && rows !== undefined)
      return names.flatMap((row) => textOf(rowSchema.parse(row), 'QualifiedApiName') ?? []);
    findings.push({ level: 'warning', message: (names === undefined ? UNTOLD : UNREAD)[kind] });
    return undefined;
  };
  return {
    names: { Lead: namesOf('Lead', answers[0], answers[1]), Contact: namesOf('Contact', answers[2], answers[3]) },
    findings,
  };
}

/** Undefined where it may not be read. @throws what will pass. */
function unlessRefused(answer: QueryAnswer | undefined): unknown[] | undefined {
  if (answer === undefined || Array.isArray(answer)) return answer;
  if (isNotAllowed(answer)) return undefined;
  throw answer;
}

const UNTOLD: Readonly<Record<PersonKind, string>> = {
  Lead: 'Salesforce does not tell the integration user of which fields of leads it keeps a history: all count as they are now',
  Contact:
    'Salesforce does not tell the integration user of which fields of contacts it keeps a history: all count as they are now',
};
const UNREAD: Readonly<Record<PersonKind, string>> = {
  Lead: 'the integration user may not read the history of leads (LeadHistory): their fields count as they are now',
  Contact:
    'the integration user may not read the history of contacts (ContactHistory): their fields count as they are now',
};
