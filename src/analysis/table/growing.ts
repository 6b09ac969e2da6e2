/** Numbers that come one by one, without an object for each. */
export interface Growing<Numbers> {
  push(value: number): void;
  /** All of them, in no more room than they need. */
  finish(): Numbers;
}

const FIRST_ROOM = 1024;

/** @param make such as `(length) => new Float64Array(length)`. */
export function growing<Numbers extends Uint32Array | Float64Array>(
  make: (length: number) => Numbers,
): Growing<Numbers> {
  let held = make(FIRST_ROOM);
  let length = 0;
  return {
    push(value) {
      if (length === held.length) {
        const larger = make(held.length * 2);
        larger.set(held);
        held = larger;
      }
      held[length] = value;
      length += 1;
    },
    finish() {
      const exact = make(length);
      exact.set(held.subarray(0, length));
      return exact;
    },
  };
}
