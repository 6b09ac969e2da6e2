import { expect, test } from 'vitest';
import { type ErrorSort, sortError, UNPROCESSED } from '../../../../src/crm/salesforce/api/error-table.ts';
import { codesOf, fieldsOf, parseProblems } from '../../../../src/crm/salesforce/api/problems.ts';

test.each<[code: string, message: string, sort: ErrorSort]>([
  ['INVALID_SESSION_ID', 'Session expired or invalid', 'session'],
  ['invalid_grant', 'expired access/refresh token', 'fatal'],
  ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'daily'],
  ['REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.', 'concurrent'],
  ['REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.', 'concurrent'],
  ['UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record', 'retry-row'],
  [UNPROCESSED, '', 'retry-row'],
  ['SERVER_UNAVAILABLE', '', 'retry'],
  ['UNKNOWN_EXCEPTION', '', 'retry'],
  ['QUERY_TIMEOUT', '', 'too-slow'],
  ['INVALID_QUERY_LOCATOR', '', 'restart'],
  ['ENTITY_IS_DELETED', '', 'gone'],
  ['CANNOT_UPDATE_CONVERTED_LEAD', '', 'converted'],
  ['NOT_FOUND', '', 'gone'],
  ['INVALID_PERSON_ACCOUNT_OPERATION', 'cannot reference person contact', 'person-account'],
  ['INVALID_CROSS_REFERENCE_KEY', '', 'no-access'],
  ['INSUFFICIENT_ACCESS_OR_READONLY', '', 'no-access'],
  ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', '', 'no-access'],
  ['INVALID_FIELD', '', 'config'],
  ['INVALID_FIELD_FOR_INSERT_UPDATE', '', 'config'],
  ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', '', 'config'],
  ['STRING_TOO_LONG', '', 'config'],
  ['NUMBER_OUTSIDE_VALID_RANGE', '', 'config'],
  ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Call first', 'dead-letter'],
  ['REQUIRED_FIELD_MISSING', '', 'dead-letter'],
  ['CANNOT_EXECUTE_FLOW_TRIGGER', 'a flow failed', 'dead-letter'],
  ['CANNOT_EXECUTE_FLOW_TRIGGER', 'a flow failed: UNABLE_TO_LOCK_ROW: record 001', 'retry-row'],
  ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'trigger: UNABLE_TO_LOCK_ROW', 'retry-row'],
  ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'trigger: null pointer', 'dead-letter'],
  ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'UNABLE_TO_LOCK_ROW', 'retry-row'],
  ['DUPLICATES_DETECTED', '', 'duplicate'],
  ['API_DISABLED_FOR_ORG', '', 'fatal'],
  ['API_CURRENTLY_DISABLED', '', 'fatal'],
  ['STORAGE_LIMIT_EXCEEDED', '', 'fatal'],
  ['SOMETHING_NEW', '', 'unknown'],
])('%s (%s) is sorted as %s', (code, message, sort) => {
  expect(sortError(code, message)).toBe(sort);
});

test('an error is read in each of the ways that Salesforce has', () => {
  expect(parseProblems([{ errorCode: 'INVALID_FIELD', message: 'x', fields: ['A__c'] }])).toEqual([
    { code: 'INVALID_FIELD', message: 'x', fields: ['A__c'] },
  ]);
  expect(parseProblems([{ statusCode: 'UNABLE_TO_LOCK_ROW', message: 'x', fields: [] }])).toMatchObject([
    { code: 'UNABLE_TO_LOCK_ROW' },
  ]);
  expect(parseProblems({ error: 'invalid_grant', error_description: 'x' })).toMatchObject([{ code: 'invalid_grant' }]);
  expect(parseProblems({ code: 122, message: 'Daily API rate limit met.' })).toMatchObject([{ code: '122' }]);
});

test('what is no error of theirs is none, and what looks like no code or field goes no further', () => {
  expect(parseProblems(undefined)).toEqual([]);
  expect(parseProblems('<html>')).toEqual([]);
  expect(parseProblems([{ errorCode: 'ada@example.com' }])).toEqual([]);
  const problems = parseProblems([
    { errorCode: 'INVALID_FIELD', message: '', fields: ['ada@example.com', 'Account.Name', 'A__c'] },
    { errorCode: 'INVALID_FIELD', message: '', fields: ['A__c'] },
  ]);
  expect(codesOf(problems)).toEqual(['INVALID_FIELD']);
  expect(fieldsOf(problems)).toEqual(['Account.Name', 'A__c']);
});
