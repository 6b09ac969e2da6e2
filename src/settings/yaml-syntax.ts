import { type Alias, type Document, isAlias, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import type { ConfigProblem } from '../base/errors.ts';
import { type Locator, locator } from './yaml-locate.ts';
import { syntaxWords } from './yaml-syntax-words.ts';

export interface ParsedYaml {
  /** Plain values; undefined where the text could not be understood. */
  readonly value: unknown;
  readonly locate: Locator;
  readonly problems: readonly ConfigProblem[];
}

/** Far more repeats than a config file needs, far fewer than would fill the memory. */
const MOST_REPEATS = 100;

/** Reads YAML 1.2 and says in plain words what is wrong with it. */
export function parseYaml(text: string, file: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
  });
  const locate = locator(document, lines, file);
  const problem = (offset: number, message: string): ConfigProblem => ({ ...locate.at(offset), message });

  const duplicates: ConfigProblem[] = [];
  for (const error of [...document.errors, ...document.warnings]) {
    const offset = offsetOf(error, document);
    const found = problem(offset, syntaxWords(error, text, offset));
    // Whatever comes after a slip of syntax is mostly its consequence; a key that is there twice disturbs nothing.
    if (error.code !== 'DUPLICATE_KEY') return { value: undefined, locate, problems: [found] };
    duplicates.push(found);
  }
  const aliases = aliasProblems(document, problem);
  if (aliases.length > 0) return { value: undefined, locate, problems: [...duplicates, ...aliases] };
  try {
    return { value: document.toJS({ maxAliasCount: MOST_REPEATS }), locate, problems: duplicates };
  } catch (error) {
    const message =
      error instanceof RangeError
        ? 'the file is nested too deeply'
        : 'the file repeats its parts with * too often: write them out, or split the file';
    return { value: undefined, locate, problems: [...duplicates, problem(0, message)] };
  }
}

/** Quotes that are never closed are noticed at the end of the file; what helps is where they open. */
function offsetOf(error: YAMLError, document: Document.Parsed): number {
  let [offset] = error.pos;
  if (!error.message.startsWith('Missing closing')) return offset;
  visit(document, {
    Scalar: (_key, scalar) => {
      const [start, end] = scalar.range ?? [];
      const quoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
      if (quoted && start !== undefined && end !== undefined && error.pos[0] <= end) {
        offset = start;
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return offset;
}

/** A text that begins with `*` stands for the part marked `&` with the same name: mostly somebody forgot the quotes. */
function aliasProblems(
  document: Document.Parsed,
  problem: (offset: number, message: string) => ConfigProblem,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const marked = new Map<string, unknown>();
  const report = (alias: Alias, message: string) => problems.push(problem(alias.range?.[0] ?? 0, message));
  visit(document, {
    Node: (_key, node, ancestors) => {
      if (isAlias(node)) {
        const target = marked.get(node.source);
        if (target === undefined) report(node, `"*${node.source}" begins with *: put it in quotes`);
        else if (ancestors.some((above) => above === target))
          report(node, `*${node.source} repeats the part that it is in`);
        return;
      }
      if (node.anchor !== undefined) marked.set(node.anchor, node);
    },
  });
  return problems;
}
