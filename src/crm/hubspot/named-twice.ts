import type { CustomEvent } from './custom-event-config.ts';

interface Named {
  readonly forms: Readonly<Record<string, string>>;
  readonly custom_events: Readonly<Record<string, Pick<CustomEvent, 'event'>>>;
  readonly tasks: { readonly owners: readonly string[] };
}

interface Twice {
  readonly path: PropertyKey[];
  readonly message: string;
}

/**
 * What config names a second time in the same words. A form would count under one of its keys only, an event under both, and an
 * owner would get more than the others. That other words name the same shows in the portal.
 */
export function namedTwice({ forms, custom_events, tasks }: Named): Twice[] {
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
  ];
}

export function formTwice(name: string, first: string): string {
  return `"${name}" is already ${first}: a form has one key, so keep one of them`;
}

/** Counted from 0. An owner is named by the place in the list: an address never goes into a message. */
export function ownerTwice(index: number, first: number): string {
  return `entry ${index + 1} of owners is the same owner as entry ${first + 1}: keep one of them`;
}

function repeated<Key>(entries: readonly (readonly [Key, string])[]) {
  const firsts = new Map<string, Key>();
  return entries.flatMap(([key, text]) => {
    const name = text.trim();
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, key);
    return first === undefined ? [] : [{ key, name, first }];
  });
}
