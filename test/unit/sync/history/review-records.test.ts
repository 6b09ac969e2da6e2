import { expect, test } from 'vitest';
import { periodsUpTo } from '../../../../src/analysis/review/periods.ts';
import { DAY } from '../../../../src/base/clock.ts';
import type { Outputs, SalesWord } from '../../../../src/crm/crm.ts';
import { recordsReader } from '../../../../src/sync/history/review-records.ts';

const NOW = Date.UTC(2026, 10, 2);

test('of what the CRM holds, the MQLs of each week are counted, and what sales say of those that were passed on now', () => {
  const reader = recordsReader('platform', periodsUpTo(NOW, 2));
  const came = (mqlAt: number | undefined) =>
    mqlAt === undefined ? {} : { mqls: { platform: { at: [mqlAt], isWhole: true } } };
  const add = (outputs: Partial<Outputs>, salesSay?: SalesWord) =>
    reader.add({ outputs: { platform: outputs }, ...came(outputs.mqlAt), ...(salesSay && { salesSay }) });
  const own = { salesSay: 'rejected', salesStatus: 'UNQUALIFIED', salesReasons: ['no_budget'] } as const;
  const flagged = { mqlAt: NOW - DAY, flags: ['competitor'], grade: 'B2' };
  reader.add({ outputs: { platform: flagged }, ...came(NOW - DAY), ...own });
  add({ mqlAt: NOW - 8 * DAY, persona: 'buyer' }, 'working');
  add({ mqlAt: NOW - 20 * DAY }, 'rejected');
  // A fast track is no MQL, and still passed on; nurture is not, nor is what another model did.
  add({ routedAt: NOW - DAY, route: 'sales', fastTrack: 'demo-request' });
  add({ routedAt: NOW - DAY, route: 'nurture' });
  add({ mqlAt: NOW - 300 * DAY, routedAt: NOW - 3 * DAY }, 'not-now');
  reader.add({ outputs: { other: { mqlAt: NOW - DAY } }, mqls: { other: { at: [NOW - DAY], isWhole: true } } });
  reader.add({ outputs: {} });
  expect(reader.finish()).toMatchObject({
    mqls: [0, 1, 1, 1],
    mqlsBefore: 0,
    salesSay: {
      passed: 4,
      working: 1,
      notNow: 1,
      rejected: 1,
      silent: 1,
      rejectedShare: 1 / 3,
      statuses: [{ status: 'UNQUALIFIED', word: 'rejected', leads: 1 }],
      reasons: [{ reason: 'no_budget', rejected: 1, notNow: 0 }],
      withoutReason: 1,
    },
  });
  expect(
    reader
      .finish()
      .salesSay.traits.map(({ name }) => name)
      .sort(),
  ).toEqual(['the flag competitor', 'the grade B2']);
});

test('a lead counts each time that it came to be an MQL, also where sales have converted it since', () => {
  const reader = recordsReader('platform', periodsUpTo(NOW, 2));
  const again = { mqlAt: NOW - DAY, recycledAt: NOW - 5 * DAY };
  const at = [NOW - 300 * DAY, NOW - 20 * DAY, NOW - DAY];
  reader.add({ outputs: { platform: again }, mqls: { platform: { at, isWhole: true } } });
  // The Contact that a Lead was converted to has no outputs of its own yet.
  reader.add({ outputs: {}, mqls: { platform: { at: [NOW - 22 * DAY], isWhole: true } } });
  expect(reader.finish()).toMatchObject({ mqls: [1, 1, 0, 1], mqlsBefore: 0 });
});

test('where the CRM keeps the last time alone, those that came again are counted', () => {
  const reader = recordsReader('platform', periodsUpTo(NOW, 2));
  const add = (mqlAt: number, recycledAt?: number) =>
    reader.add({
      outputs: { platform: { mqlAt, ...(recycledAt !== undefined && { recycledAt }) } },
      mqls: { platform: { at: [mqlAt], isWhole: false } },
    });
  add(NOW - DAY, NOW - 5 * DAY);
  add(NOW - 9 * DAY, NOW - 2 * DAY);
  add(NOW - 100 * DAY, NOW - 200 * DAY);
  add(NOW - 20 * DAY);
  expect(reader.finish()).toMatchObject({ mqls: [0, 1, 1, 1], mqlsBefore: 1 });
});
