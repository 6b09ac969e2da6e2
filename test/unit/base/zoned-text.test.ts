import { expect, test } from 'vitest';
import { zonedText } from '../../../src/base/zoned-text.ts';

test('a time is told by the clocks of whoever reads it', () => {
  const at = Date.UTC(2026, 10, 16, 9, 5);
  expect(zonedText(at)).toBe('Mon 16 Nov, 09:05 UTC');
  expect(zonedText(at, 'Europe/Berlin')).toBe('Mon 16 Nov, 10:05 (Europe/Berlin)');
  expect(zonedText(at, 'Asia/Tokyo')).toBe('Mon 16 Nov, 18:05 (Asia/Tokyo)');
});

test('midnight begins a day, and months have three letters', () => {
  expect(zonedText(Date.UTC(2026, 8, 1))).toBe('Tue 1 Sep, 00:00 UTC');
});
