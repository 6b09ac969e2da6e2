import { expect, test } from 'vitest';
import { RetryableError } from '../../../../src/base/errors.ts';
import type { SalesforceApi } from '../../../../src/crm/salesforce/api/api.ts';
import { organization } from '../../../../src/crm/salesforce/organization.ts';
import { MONDAY } from '../../../support/test-clock.ts';

/** An org that answers so, call by call. */
function orgSaying(...answers: (object | Error)[]): SalesforceApi {
  return {
    async call() {
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked too often');
      const page = { done: true, records: [answer] };
      const body = { compositeResponse: [{ referenceId: 'query0', httpStatusCode: 200, body: page }] };
      return { status: 200, body, header: () => undefined };
    },
  };
}

const ID = '00D000000000001EAA';

test('an org is asked once for its id and its time zone', async () => {
  const { id, dayOf } = organization(orgSaying({ Id: ID, TimeZoneSidKey: 'Pacific/Kiritimati' }));
  expect(await dayOf(MONDAY)).toBe('2026-11-16');
  expect(await dayOf(MONDAY + 86_400_000 / 4)).toBe('2026-11-17');
  expect(await id()).toBe(ID);
});

test('a day is that of UTC while the org does not tell, or names a time zone that nobody knows', async () => {
  const { dayOf } = organization(orgSaying(new RetryableError('later'), { Id: ID, TimeZoneSidKey: 'Nowhere/Land' }));
  expect(await dayOf(MONDAY)).toBe('2026-11-16');
  expect(await dayOf(MONDAY)).toBe('2026-11-16');
  expect(await organization(orgSaying({ Id: ID, TimeZoneSidKey: null })).dayOf(MONDAY)).toBe('2026-11-16');
});
