import { globSync, readFileSync } from 'node:fs';
import { parseAst } from 'vitest/node';

/** A regular expression that stands in our sources. */
export interface OurExpression {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly expression: RegExp;
}

/** All that are written out, `/so/`, in the sources. */
export function ourExpressions(files: string): OurExpression[] {
  return globSync(files)
    .toSorted()
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return literalsIn(parseAst(text, { lang: 'ts' })).map(({ start, pattern, flags }) => ({
        file,
        line: text.slice(0, start).split('\n').length,
        expression: new RegExp(pattern, flags),
      }));
    });
}

interface Literal {
  readonly start: number;
  readonly pattern: string;
  readonly flags: string;
}

function literalsIn(node: unknown): Literal[] {
  if (Array.isArray(node)) return node.flatMap(literalsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { regex, start } = node as { readonly regex?: Omit<Literal, 'start'>; readonly start: number };
  const own = regex === undefined || regex === null ? [] : [{ start, ...regex }];
  return [...own, ...Object.values(node).flatMap(literalsIn)];
}
