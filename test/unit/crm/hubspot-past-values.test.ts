import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../src/base/clock.ts';
import { customerSince } from '../../../src/crm/hubspot/customer-since.ts';
import { filledPast, pastValues, wasEmptyOnce } from '../../../src/crm/hubspot/past-values.ts';

const MADE = Date.parse('2026-01-02T03:04:05Z');
const version = (value: string | null, at: number) => ({ value, timestamp: new Date(at).toISOString() });

describe('what a property held', () => {
  test('comes newest first, and is told oldest first', () => {
    const versions = [version('CTO', MADE + DAY), version('', MADE + MINUTE), version(' Analyst ', MADE)];
    expect(pastValues(versions, MADE)).toEqual([
      { value: 'Analyst', since: MADE },
      { value: undefined, since: MADE + MINUTE },
      { value: 'CTO', since: MADE + DAY },
    ]);
  });

  test('is told once where it was written again, and read in either form of a time', () => {
    const versions = [version('a', MADE + 2 * DAY), { value: 'a', timestamp: String(MADE + DAY) }];
    expect(pastValues(versions, MADE)).toEqual([{ value: 'a', since: MADE + DAY }]);
  });

  test('was there from the start where it was stamped while the contact was made', () => {
    expect(pastValues([version('a', MADE + 900)], MADE)).toEqual([{ value: 'a', since: MADE }]);
  });

  test('is guessed for the time before HubSpot remembers', () => {
    const versions = Array.from({ length: 45 }, (_, index) => version(String(index), MADE + (100 - index) * DAY));
    expect(pastValues(versions, MADE)[0]).toEqual({ value: '44', since: MADE });
    expect(pastValues(versions.slice(0, 44), MADE)[0]).toEqual({ value: '43', since: MADE + 57 * DAY });
  });

  test('is filled by something else while it was empty', () => {
    const late = [{ value: '300', since: MADE + DAY }];
    expect(wasEmptyOnce(late, MADE)).toBe(true);
    expect(filledPast(late, '40', MADE)).toEqual([{ value: '40', since: MADE }, ...late]);
    expect(filledPast([], '40', MADE)).toEqual([{ value: '40', since: MADE }]);
    expect(filledPast(late, undefined, MADE)).toEqual(late);
    const always = [{ value: '300', since: MADE }];
    expect(wasEmptyOnce(always, MADE)).toBe(false);
    expect(filledPast(always, '40', MADE)).toEqual(always);
  });
});

describe('since when a contact is a customer', () => {
  const STAGES = ['lead', 'marketingqualifiedlead', 'customer', 'evangelist'];
  const contact = (stage: string, versions: object[], dates: Record<string, string> = {}) => ({
    id: '1',
    properties: { lifecyclestage: stage, ...dates },
    createdAt: undefined,
    updatedAt: undefined,
    objectWriteTraceId: undefined,
    propertiesWithHistory: { lifecyclestage: versions as ReturnType<typeof version>[] },
  });

  test('is the first time, also of one who went on from there or came again', () => {
    const again = [
      version('customer', MADE + 9 * DAY),
      version('other', MADE + 5 * DAY),
      version('customer', MADE + DAY),
    ];
    expect(customerSince(contact('customer', again), STAGES)).toBe(MADE + DAY);
    expect(customerSince(contact('evangelist', [version('customer', MADE + DAY)]), STAGES)).toBe(MADE + DAY);
  });

  test('is what somebody who knew better entered', () => {
    const dates = { hs_lifecyclestage_customer_date: '2025-03-01T00:00:00Z' };
    expect(customerSince(contact('customer', [version('customer', MADE)], dates), STAGES)).toBe(Date.UTC(2025, 2, 1));
  });

  test('is unknown of whoever was set back, and of whoever never was one', () => {
    const mistake = [version('lead', MADE + 2 * DAY), version('customer', MADE + DAY)];
    expect(customerSince(contact('lead', mistake), STAGES)).toBeUndefined();
    expect(customerSince(contact('evangelist', [version('evangelist', MADE)]), STAGES)).toBeUndefined();
  });
});
