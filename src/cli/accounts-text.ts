import type { Tally } from '../sync/tally.ts';

/** One line on the companies of a backfill; none where no model has `account`. */
export function accountLines({ accounts }: Tally): string[] {
  if (accounts === undefined) return [];
  const { written, unchanged, failed, gone, left } = accounts;
  const rest = [
    ...(gone > 0 ? [`${number(gone)} gone`] : []),
    ...(left > 0 ? [`${number(left)} left to the worker`] : []),
  ];
  return [
    `Accounts: ${[`${number(written)} written`, `${number(unchanged)} unchanged`, `${number(failed)} failed`, ...rest].join(', ')}.`,
  ];
}

/** For JSON, where there are any. */
export function accountsJson({ accounts }: Tally) {
  return accounts === undefined ? {} : { accounts };
}

const number = (value: number) => value.toLocaleString('en');
