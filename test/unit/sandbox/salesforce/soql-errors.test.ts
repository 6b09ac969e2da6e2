import { expect, it } from 'vitest';
import { evaluate } from '../../../../src/sandbox/salesforce/soql/evaluate.ts';
import { newOrg } from './new-org.ts';

it.each([
  ['SELECT FROM Lead', 'MALFORMED_QUERY'],
  ['SELECT Id FROM Lead WHERE', 'MALFORMED_QUERY'],
  ["SELECT Id FROM Lead WHERE Title = 'a' AND Title = 'b' OR Title = 'c'", 'MALFORMED_QUERY'],
  ["SELECT Id FROM Lead WHERE Title = 'it's'", 'MALFORMED_QUERY'],
  [`SELECT Id FROM Lead WHERE Title = '${'x'.repeat(100_000)}'`, 'MALFORMED_QUERY'],
  ['SELECT Id FROM Nonsense', 'INVALID_TYPE'],
  ['SELECT Id, (SELECT Id FROM Nonsense) FROM Account', 'INVALID_TYPE'],
  ['SELECT Nonsense__c FROM Lead', 'INVALID_FIELD'],
  ['SELECT Id FROM Lead WHERE Nonsense__c = null', 'INVALID_FIELD'],
  ['SELECT Id FROM Lead ORDER BY Nonsense__c', 'INVALID_FIELD'],
  ['SELECT Nonsense.Name FROM Lead', 'INVALID_FIELD'],
  ['SELECT Owner.Nonsense FROM Lead', 'INVALID_FIELD'],
  ['SELECT Id, id FROM Lead', 'INVALID_FIELD'],
  ["SELECT Id FROM Lead WHERE CreatedDate > '2026-11-16T09:00:00Z'", 'INVALID_FIELD'],
  ['SELECT Id FROM Lead WHERE CreatedDate > 2026-11-16', 'INVALID_FIELD'],
  ['SELECT Id FROM Lead WHERE ConvertedDate > 2026-11-16T09:00:00Z', 'INVALID_FIELD'],
  ["SELECT Id FROM Lead WHERE NumberOfEmployees = '5'", 'INVALID_FIELD'],
  ["SELECT Id FROM Lead WHERE IsConverted = 'true'", 'INVALID_FIELD'],
  ['SELECT Id FROM Lead WHERE Title = 5', 'INVALID_FIELD'],
  ["SELECT Id FROM Lead WHERE Description = 'a'", 'INVALID_FIELD'],
  ['SELECT Id FROM Lead ORDER BY Description', 'INVALID_FIELD'],
  ["SELECT Id FROM Lead WHERE Id = 'nonsense'", 'INVALID_QUERY_FILTER_OPERATOR'],
  ["SELECT Id FROM Lead WHERE OwnerId IN ('005')", 'INVALID_QUERY_FILTER_OPERATOR'],
  ["SELECT Id FROM Lead WHERE Id LIKE '00Q%'", 'INVALID_QUERY_FILTER_OPERATOR'],
  ['SELECT Id FROM Lead WHERE IsConverted > false', 'INVALID_QUERY_FILTER_OPERATOR'],
  ["SELECT Id FROM Lead WHERE Title INCLUDES ('a')", 'INVALID_QUERY_FILTER_OPERATOR'],
  ['SELECT Id FROM Lead OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
  ['SELECT Title, COUNT(Id) FROM Lead GROUP BY Rating', 'MALFORMED_QUERY'],
])('%s is %s', (soql, code) => {
  const { org } = newOrg();
  expect(() => evaluate(org, soql, { user: org.integrationUserId })).toThrow(expect.objectContaining({ code }));
});
