import { LineCounter, parseDocument } from 'yaml';
import type { ConfigProblem } from '../base/errors.ts';
import { aliasSlip } from './yaml-aliases.ts';
import { findDepth } from './yaml-depth.ts';
import { takeDuplicates } from './yaml-duplicates.ts';
import { type Locator, locator, type Slip } from './yaml-locate.ts';
import { oddValues } from './yaml-odd-values.ts';
import { syntaxSlip } from './yaml-syntax-slip.ts';
import { unseenSlip } from './yaml-unseen.ts';

export interface ParsedYaml {
  /** Plain values; undefined where the text could not be understood. */
  readonly value: unknown;
  readonly locate: Locator;
  readonly problems: readonly ConfigProblem[];
}

/** Reads YAML 1.2 and says in plain words what is wrong with it, and what it allows that nobody means. */
export function parseYaml(text: string, file: string): ParsedYaml {
  const lines = new LineCounter();
  const document = withoutStacks(() =>
    // Its own search for keys that are there twice takes a minute for a file of many keys.
    parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false }),
  );
  const locate = locator(document, lines, file);
  const placed = ({ offset, message }: Slip): ConfigProblem => ({ ...locate.at(offset), message });
  // Whatever comes after a slip of syntax is mostly its consequence. Of a file nested too deeply, the parser gives up on
  // some level or other, as the machine's stack allows.
  const fatal = findDepth(document) ?? syntaxSlip(document, text) ?? aliasSlip(document) ?? unseenSlip(document);
  if (fatal !== undefined) return { value: undefined, locate, problems: [placed(fatal)] };
  const slips = [...takeDuplicates(document, (offset) => lines.linePos(offset).line), ...oddValues(document)];
  // What aliases stand for was counted above.
  return { value: document.toJS({ maxAliasCount: -1 }), locate, problems: slips.map(placed) };
}

/** The parser makes an error of each slip, and of a file with one on every line it would trace the stack for seconds. */
function withoutStacks<T>(run: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
