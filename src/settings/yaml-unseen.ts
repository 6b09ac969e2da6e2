import { type Document, Scalar, visit } from 'yaml';
import { excerpt } from '../base/excerpt.ts';
import type { Slip } from './yaml-locate.ts';

/** Blanks of other kinds, as text copied from web pages and chats has them: they look like an indent, and are none. */
const UNSEEN = '\\u00A0\\u00AD\\u2000-\\u200F\\u2028\\u2029\\u202F\\u2060\\u3000\\uFEFF';
/** Within a text they may be meant, as in French. */
const AT_AN_END = new RegExp(`^[${UNSEEN}]|[${UNSEEN}]$`);

/** The first word with a character at its end that nobody sees. */
export function unseenSlip(document: Document.Parsed): Slip | undefined {
  let found: Slip | undefined;
  visit(document, {
    Scalar: (_key, { type, source = '', range }) => {
      const message = type === Scalar.PLAIN ? unseenProblem(source) : undefined;
      if (message === undefined) return undefined;
      found = { offset: range?.[0] ?? 0, message };
      return visit.BREAK;
    },
  });
  return found;
}

/** Such a character in the indent of the line at `offset`, or of the one below. */
export function unseenIndent(text: string, offset: number): Slip | undefined {
  let start = text.lastIndexOf('\n', offset - 1) + 1;
  for (const line of text
    .slice(start, start + LONGEST)
    .split('\n')
    .slice(0, 2)) {
    const message = unseenProblem(line.trimEnd().replace(/^ +/, ''));
    if (message !== undefined) return { offset: start, message };
    start += line.length + 1;
  }
  return undefined;
}

/** Of two lines, longer ones are cut. */
const LONGEST = 2_000;

/** What to say of such a character at an end of a text. */
function unseenProblem(text: string): string | undefined {
  const unseen = AT_AN_END.exec(text)?.[0];
  if (unseen === undefined) return undefined;
  const code = unseen.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const word = excerpt(text.replace(new RegExp(`[${UNSEEN}]+`, 'g'), ' ').trim());
  return `an invisible character (U+${code}) is beside "${word}": take such characters out and type blanks`;
}
