import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { Position } from '../base/errors.ts';

/** Keys and indexes from the top of a file down to a place: `['fit', 'groups', 0, 'name']`. */
export type Path = readonly PropertyKey[];

/** Something that is wrong with the text of a file, at a character of it. */
export interface Slip {
  readonly offset: number;
  readonly message: string;
}

export interface Locator {
  /** Where the value is; where there is none, the nearest thing above it that is there. */
  value(path: Path): Position;
  /** Where the key (or the list entry) is. */
  key(path: Path): Position;
  /** The place of a character. */
  at(offset: number): Position;
}

/** Tells the line and column of what a parsed file holds. */
export function locator(document: Document.Parsed, lines: LineCounter, file: string): Locator {
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const walk = (path: Path): Step => {
    let step: Step = { key: undefined, value: document.contents };
    for (const segment of path) {
      const next = child(resolve(step.value, document), segment);
      if (next === undefined) break;
      step = next;
    }
    return step;
  };
  return {
    at,
    key: (path) => {
      const step = walk(path);
      return at(startOf(step.key) ?? startOf(step.value) ?? 0);
    },
    value: (path) => {
      const step = walk(path);
      // An empty value has no place of its own worth showing: its key has.
      const empty = isScalar(step.value) && step.value.value === null && step.value.source === '';
      return at((empty ? undefined : startOf(step.value)) ?? startOf(step.key) ?? startOf(step.value) ?? 0);
    },
  };
}

interface Step {
  readonly key: unknown;
  readonly value: unknown;
}

function child(node: unknown, segment: PropertyKey): Step | undefined {
  if (isMap(node)) {
    return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(segment));
  }
  if (isSeq(node) && typeof segment === 'number' && segment < node.items.length) {
    return { key: undefined, value: node.items[segment] };
  }
  return undefined;
}

function resolve(node: unknown, document: Document.Parsed): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node satisfies Node).range?.[0] : undefined;
}
