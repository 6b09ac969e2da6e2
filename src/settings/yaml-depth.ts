import { type Document, isCollection, visit } from 'yaml';
import type { Slip } from './yaml-locate.ts';

/** A condition within conditions comes to ten or twenty. What reads the values would run out of stack at some thousands. */
const DEEPEST = 100;

/** The first place that is nested deeper than anybody means. */
export function findDepth(document: Document.Parsed): Slip | undefined {
  let found: Slip | undefined;
  visit(document, {
    Node: (_key, node, above) => {
      if (above.length < DEEPEST || above.filter(isCollection).length < DEEPEST) return undefined;
      found = { offset: node.range?.[0] ?? 0, message: 'the file is nested too deeply' };
      return visit.BREAK;
    },
  });
  return found;
}
