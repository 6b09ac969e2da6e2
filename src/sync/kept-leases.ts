import { messageOf } from '../base/errors.ts';
import { every } from '../base/every.ts';
import type { CallOptions } from '../crm/crm.ts';
import { LEASE, type Taken } from '../ledger/dirty.ts';
import { holdLoosely, recall, renew } from '../ledger/loose-leases.ts';
import type { Connection } from './connection.ts';

/** A lead that waits for a bulk write, or is in one. */
export interface Kept {
  readonly taken: Taken;
  readonly record: { readonly fingerprint: string };
}

/** Keeps the leases of such leads from running out, for as long as this process lives. */
export interface KeptLeases {
  /** From here on they are held loosely, and their leases renewed. */
  add(items: readonly Kept[]): Promise<void>;
  /** Those that are still ours, for a whole lease from now. */
  own<Item extends Kept>(items: readonly Item[]): Promise<Item[]>;
  /** The same, and renews them no more. */
  remove<Item extends Kept>(items: readonly Item[]): Promise<Item[]>;
  /** Renews nothing any more. @returns the leads that were lost on the way. */
  end(): Promise<ReadonlySet<Taken>>;
}

/** A lease is renewed so often that two renewals may fail. */
const BEAT = LEASE / 3;

export function keepLeases({ space, clock, log }: Pick<Connection, 'space' | 'clock' | 'log'>): KeptLeases {
  const kept = new Set<Taken>();
  const lost = new Set<Taken>();

  // One after the other: of two renewals at once, the later one would find other ends than it knows of.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  }

  async function renewed(taken: readonly Taken[]): Promise<ReadonlySet<Taken>> {
    const held = new Set(await renew(space, taken, clock.now()));
    for (const each of taken) {
      if (held.has(each)) continue;
      lost.add(each);
      kept.delete(each);
    }
    return held;
  }

  async function ownOf<Item extends Kept>(items: readonly Item[]): Promise<Item[]> {
    const held = await renewed(items.map(({ taken }) => taken));
    return items.filter(({ taken }) => held.has(taken));
  }

  const renewAll = () =>
    inTurn(() => renewed([...kept])).then(
      () => {},
      // What must not go on without them asks again before it does.
      (error: unknown) => log.warn('leases could not be renewed', { reason: messageOf(error) }),
    );
  const stop = every(clock, BEAT, renewAll);

  return {
    add: (items) =>
      inTurn(async () => {
        await holdLoosely(
          space,
          items.map(({ taken, record: { fingerprint } }) => ({ taken, fingerprint })),
        );
        for (const { taken } of items) kept.add(taken);
      }),
    own: (items) => inTurn(() => ownOf(items)),
    remove: (items) =>
      inTurn(async () => {
        const own = await ownOf(items);
        for (const { taken } of items) kept.delete(taken);
        return own;
      }),
    async end() {
      await stop();
      await renewAll();
      return lost;
    },
  };
}

/** Fast tracks do not wait for a bulk write, nor for whoever waits to read: they get the leads that these hold. */
export async function recallFor(
  { space, clock }: Pick<Connection, 'space' | 'clock'>,
  ids: readonly string[],
  { urgent }: CallOptions,
): Promise<void> {
  if (urgent === true) await recall(space, ids, clock.now());
}
