import { Argument, InvalidArgumentError } from 'commander';
import { parseDuration } from '../base/duration.ts';
import { parseInstant } from './instant.ts';

export const CONNECTIONS = ['hubspot', 'salesforce'] as const;

/** Which CRM, where several are on. */
export function connectionArgument({ required = false }: { readonly required?: boolean } = {}): Argument {
  return new Argument(required ? '<connection>' : '[connection]', 'which CRM').choices(CONNECTIONS);
}

/** Reads the value of an option that is a whole number within these bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      `Write a whole number from ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}.`,
    );
  };
}

/** Reads `2026-03-31` or `2026-03-31T09:30:00Z` into milliseconds since 1970. */
export function instant(text: string): number {
  const time = parseInstant(text);
  if (time !== undefined) return time;
  throw new InvalidArgumentError('Write a day such as 2026-03-31, or a time such as 2026-03-31T09:30:00Z.');
}

/** Reads `30s` into milliseconds. */
export function lengthOfTime(text: string): number {
  const length = parseDuration(text);
  if (length !== undefined) return length;
  throw new InvalidArgumentError('Write a whole number and a unit, such as 5s or 2m.');
}

export function httpUrl(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new InvalidArgumentError('Write a whole address, such as http://127.0.0.1:3000/webhooks/hubspot.');
}

/** Reads `80%` or `0.8` into 0.8. */
export function shareOfAll(text: string): number {
  const [, number, percent] = /^(\d{1,3}(?:\.\d+)?|\.\d+)\s*(%?)$/.exec(text.trim()) ?? [];
  const share = Number(number) / (percent === '%' ? 100 : 1);
  if (share > 0 && share <= 1) return share;
  throw new InvalidArgumentError('Write a share such as 80% or 0.8.');
}
