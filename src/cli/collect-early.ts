import { setFlagsFromString } from 'node:v8';

/** In percent of what lives: so much more the heap may hold before V8 looks again for what does not. */
const GROWTH = '--heap-growing-percent=50';
/**
 * What the older part took at its largest, V8 else keeps for good: with this it gives it back whenever it has looked through it. On a
 * command line it would also cut the younger part to 1 MB.
 */
const GIVEN_BACK = '--optimize-for-size';
/** In megabytes, for what was just made, most of which nobody needs a moment later; V8 itself goes up to 64. */
const YOUNG = '--max-semi-space-size=8';

/** For the command line of a process of ours; the first is what package.json and the image start leadgauge with. */
export const HEAP_FLAGS = [YOUNG, GROWTH] as const;

/**
 * Keeps this process's heap near to what lives in it, however much that is: where a machine has memory, V8 lets the dead lie until they are
 * several times as many. It sets no limit. The younger part has its size from the command line alone. See docs/decisions/heap-near-its-need.md.
 */
export function collectEarly(): void {
  setFlagsFromString(GROWTH);
  setFlagsFromString(GIVEN_BACK);
}
