import { expect, test } from 'vitest';
import { DAY } from '../../../../src/base/clock.ts';
import type { PastRecord } from '../../../../src/crm/crm.ts';
import { leadAt, type Past } from '../../../../src/leads/lead-at.ts';
import { pastLeads } from '../../../../src/sync/history/past-leads.ts';

const MADE = Date.UTC(2026, 0, 5);
const on = (day: number) => MADE + day * DAY;

function record(id: string, fields: Record<string, string>, past: Past, emails: readonly string[] = []): PastRecord {
  const lead = { id, formerIds: [], emails, fields, createdAt: MADE };
  return { lead, past, counters: [], outputs: {}, stage: 'before-mql', fingerprint: '', changedAt: MADE };
}

const ADA = record(
  '1',
  { job_title: 'CTO', country: 'France', timeframe: 'now' },
  {
    job_title: [
      { value: 'Analyst', since: on(0) },
      { value: undefined, since: on(2) },
      { value: 'CTO', since: on(4) },
    ],
    timeframe: [{ value: 'now', since: on(3) }],
    company: [],
  },
);
const BOB = record('2', { country: 'France' }, { job_title: [{ value: 'Analyst', since: on(1) }] });
const EVE = record('3', {}, {});

function held() {
  const builder = pastLeads();
  expect([ADA, BOB, EVE].map((each) => builder.add(each))).toEqual([0, 1, 2]);
  return builder.finish();
}

test('a lead has the fields at any time that it had then', () => {
  const leads = held();
  for (const day of [-1, 0, 1, 2, 3, 4, 9]) {
    for (const [number, { lead, past }] of [ADA, BOB, EVE].entries()) {
      expect(leads.leadAt(number, on(day)).fields, `day ${day}`).toEqual(leadAt(lead, past, on(day)).fields);
      expect(leads.leadAt(number, on(day)).createdAt).toBe(MADE);
    }
  }
});

test('the address counts where config has no field for it, and as it was where it has', () => {
  const builder = pastLeads();
  builder.add(record('1', {}, {}, ['ada@acme.example', 'ada@home.example']));
  const known = { email: [{ value: 'ada@home.example', since: on(3) }] };
  builder.add(record('2', { email: 'ada@home.example' }, known, ['ada@home.example']));
  const leads = builder.finish();
  expect(leads.leadAt(0, on(1)).fields).toEqual({ email: 'ada@acme.example' });
  expect(leads.leadAt(1, on(1)).fields).toEqual({});
  expect(leads.leadAt(1, on(3)).fields).toEqual({ email: 'ada@home.example' });
});

test('fields that changed in a span are those that came to hold something else in it', () => {
  const leads = held();
  // Emptied on the second day, and something else from the fourth on.
  expect(leads.changedBetween(0, on(0), on(2))).toEqual([]);
  expect(leads.changedBetween(0, on(0), on(4))).toEqual(['job_title', 'timeframe']);
  expect(leads.changedBetween(0, on(3), on(4) - 1)).toEqual([]);
  expect(leads.changedBetween(0, on(4), on(9))).toEqual([]);
  // What was always so is no change, and neither is what nobody knows the past of.
  expect(leads.changedBetween(0, on(-9), on(0))).toEqual(['job_title']);
  expect(leads.changedBetween(1, on(0), on(9))).toEqual(['job_title']);
  expect(leads.changedBetween(2, on(0), on(9))).toEqual([]);
});

test('a note of many pages is cut', () => {
  const builder = pastLeads();
  builder.add(record('1', { notes: 'x'.repeat(100_000) }, {}));
  expect(builder.finish().leadAt(0, on(0)).fields.notes).toHaveLength(2_000);
});

test('a lead draws by its id alone, and draws are spread evenly', () => {
  const builder = pastLeads();
  for (let id = 0; id < 2_000; id++) builder.add(record(String(id), {}, {}));
  const { draw } = builder.finish();
  const again = pastLeads();
  again.add(record('77', {}, {}));
  expect(again.finish().draw[0]).toBe(draw[77]);
  for (const share of [0.1, 0.5, 0.9]) {
    const below = draw.filter((each) => each < share).length / draw.length;
    expect(Math.abs(below - share)).toBeLessThan(0.03);
  }
  expect(draw.every((each) => each >= 0 && each < 1)).toBe(true);
});
