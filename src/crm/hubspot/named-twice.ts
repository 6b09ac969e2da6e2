import { ownerTwice, repeated } from '../named-twice.ts';
import type { CustomEvent } from './custom-event-config.ts';
import type { SalesStatus } from './sales-config.ts';

interface Named {
  readonly forms: Readonly<Record<string, string>>;
  readonly custom_events: Readonly<Record<string, Pick<CustomEvent, 'event'>>>;
  readonly tasks: { readonly owners: readonly string[] };
  readonly sales_status: SalesStatus;
}

interface Twice {
  readonly path: PropertyKey[];
  readonly message: string;
}

/**
 * What config names a second time in the same words. A form would count under one of its keys only, an event under both, and an
 * owner would get more than the others. That other words name the same shows in the portal.
 */
export function namedTwice({ forms, custom_events, tasks, sales_status }: Named): Twice[] {
  const events = Object.entries(custom_events).map(([key, { event }]) => [key, event] as const);
  return [
    ...repeated(Object.entries(forms)).map(({ key, name, first }) => ({
      path: ['forms', key],
      message: formTwice(name, first),
    })),
    ...repeated(events).map(({ key, name, first }) => ({
      path: ['custom_events', key, 'event'],
      message: `"${name}" is already ${first}: it would count twice, so keep one of them`,
    })),
    ...repeated(tasks.owners.map((owner, index) => [index, owner.toLowerCase()] as const)).map(({ key, first }) => ({
      path: ['tasks', 'owners', key],
      message: ownerTwice(key, first),
    })),
    ...repeated(statusValues(sales_status)).map(({ key, name, first: [first] }) => ({
      path: ['sales_status', ...key],
      message: `"${name}" is already one of ${first}: a status says one thing, so keep one of them`,
    })),
  ];
}

function statusValues(status: SalesStatus) {
  if (status === 'off') return [];
  const keys = ['working', 'not_now', 'rejected'] as const;
  return keys.flatMap((key) => status[key].map((value, index) => [[key, index] as const, value] as const));
}

export function formTwice(name: string, first: string): string {
  return `"${name}" is already ${first}: a form has one key, so keep one of them`;
}
