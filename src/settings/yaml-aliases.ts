import { type Alias, type Document, isAlias, isNode, visit } from 'yaml';
import type { Slip } from './yaml-locate.ts';

/** Values that aliases may stand for: more than a person repeats, and far less than fills the memory. */
const MOST_REPEATED = 10_000;

/**
 * The first alias that cannot be followed. A text that begins with `*` stands for the part marked `&` with the same name:
 * mostly somebody forgot the quotes.
 */
export function aliasSlip(document: Document.Parsed): Slip | undefined {
  /** By the name of each marked part that came so far: how many values it holds, with those that it repeats. */
  const sizes = new Map<string, number>();
  let repeated = 0;
  let found: Slip | undefined;
  visit(document, {
    Node: (_key, node, above) => {
      const around = above.flatMap((one) => (isNode(one) && !isAlias(one) && one.anchor ? [one.anchor] : []));
      const size = isAlias(node) ? (sizes.get(node.source) ?? 0) : 1;
      for (const anchor of around) sizes.set(anchor, (sizes.get(anchor) ?? 0) + size);
      if (!isAlias(node)) {
        if (node.anchor !== undefined) sizes.set(node.anchor, 1);
        return undefined;
      }
      repeated += size;
      const message = problemOf(node, { isMarked: size > 0, isInside: around.includes(node.source), repeated });
      if (message === undefined) return undefined;
      found = { offset: node.range?.[0] ?? 0, message };
      return visit.BREAK;
    },
  });
  return found;
}

interface Use {
  readonly isMarked: boolean;
  readonly isInside: boolean;
  /** Values that all aliases stand for, up to this one. */
  readonly repeated: number;
}

function problemOf({ source }: Alias, { isMarked, isInside, repeated }: Use): string | undefined {
  if (!isMarked) return `"*${source}" begins with *: put it in quotes`;
  if (isInside) return `*${source} repeats the part that it is in`;
  return repeated > MOST_REPEATED
    ? 'the file repeats its parts with * too often: write them out, or split the file'
    : undefined;
}
