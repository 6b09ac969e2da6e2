import { expect, test } from 'vitest';
import { RetryableError } from '../../../../src/base/errors.ts';
import type { SalesforceApi } from '../../../../src/crm/salesforce/api/api.ts';
import { SalesforceRefusal } from '../../../../src/crm/salesforce/api/error-table.ts';
import { choiceProblems, readChoices } from '../../../../src/crm/salesforce/choice-problems.ts';
import { salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';

const config = salesforceConfigSchema.parse({ fields: {} });
const failing = (error: Error): SalesforceApi => ({ call: () => Promise.reject(error) });

test('who may not see tasks is told so, and may read all the same', async () => {
  const unseen = new SalesforceRefusal('refused', { status: 404, codes: ['NOT_FOUND'], fields: [] });
  const choices = await readChoices(failing(unseen), config);
  expect(choiceProblems(config, { name: 'Lead', fields: [] }, choices)).toEqual([
    {
      path: ['tasks'],
      message: 'the integration user sees no tasks, which follow-ups are: give it the permission "Access Activities"',
      mendedBySetup: true,
    },
  ]);
});

test('what passes by itself is no missing permission', async () => {
  const passing = new RetryableError('later');
  await expect(readChoices(failing(passing), config)).rejects.toBe(passing);
});
