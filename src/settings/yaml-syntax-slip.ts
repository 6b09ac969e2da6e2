import { type Document, isCollection, isScalar, type Node, visit, type YAMLError } from 'yaml';
import type { Slip } from './yaml-locate.ts';
import { syntaxWords } from './yaml-syntax-words.ts';
import { unseenIndent } from './yaml-unseen.ts';

/** The first thing that is no YAML, where a person would look for it. */
export function syntaxSlip(document: Document.Parsed, text: string): Slip | undefined {
  const [error] = [...document.errors, ...document.warnings];
  if (error === undefined) return undefined;
  const offset = openingOf(error, document, text) ?? tooFarIn(error, text) ?? pastBlanks(text, error.pos[0]);
  return unseenIndent(text, offset) ?? { offset, message: syntaxWords(error, text, offset) };
}

/** Quotes and brackets that are never closed are noticed further on; what helps is where they open. */
function openingOf(error: YAMLError, document: Document.Parsed, text: string): number | undefined {
  const isQuote = error.message.startsWith('Missing closing');
  if (!isQuote && !/^Flow (sequence|map)/.test(error.message)) return undefined;
  let opening: number | undefined;
  visit(document, {
    Node: (_key, node) => {
      const [start, end] = node.range ?? [];
      if (start === undefined || end === undefined || start > error.pos[0] || error.pos[0] > end) return;
      // The innermost comes last.
      if (isQuote ? isQuoted(node) : isCollection(node) && isOpen(text, start, end)) opening = start;
    },
  });
  return opening;
}

/** A line that is indented further than the text above it is read as more of that text, until its colon comes. */
function tooFarIn({ message, pos: [offset] }: YAMLError, text: string): number | undefined {
  if (!message.startsWith('Nested mappings')) return undefined;
  const [, above = '', below = ''] = /^([^\n]*)\n+([^\n]*)/.exec(text.slice(offset, offset + 2_000)) ?? [];
  // Where a list goes on below, the line above it is the one that lost its place.
  if (/:(\s|$)/.test(above) || /^\s*(-\s|$)/.test(below)) return undefined;
  return pastBlanks(text, text.indexOf('\n', offset) + 1);
}

/** Of a whole line, where its text begins. */
function pastBlanks(text: string, offset: number): number {
  const blanks = /^ */.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return /[\r\n]/.test(text.charAt(offset + blanks)) ? offset : offset + blanks;
}

function isQuoted(node: Node): boolean {
  return isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
}

function isOpen(text: string, start: number, end: number): boolean {
  const bracket = text.charAt(start);
  return (bracket === '[' && text.charAt(end - 1) !== ']') || (bracket === '{' && text.charAt(end - 1) !== '}');
}
