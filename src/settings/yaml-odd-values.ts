import { type Document, Scalar, visit } from 'yaml';
import { excerpt } from '../base/excerpt.ts';
import type { Slip } from './yaml-locate.ts';

/** What YAML takes without a word and otherwise than it looks: numbers such as `010` and `1.000`, curly quotes, `<<`. */
export function oddValues(document: Document.Parsed): Slip[] {
  const slips: Slip[] = [];
  visit(document, {
    Scalar: (key, scalar) => {
      const message = isPlain(scalar) ? (key === 'key' ? keyProblem(scalar) : valueProblem(scalar)) : undefined;
      if (message !== undefined) slips.push({ offset: scalar.range?.[0] ?? 0, message });
    },
  });
  return slips;
}

function isPlain(scalar: Scalar): boolean {
  return scalar.type === Scalar.PLAIN;
}

function keyProblem({ source = '' }: Scalar): string | undefined {
  if (source === '<<') return '"<<" takes nothing over here: write the keys out';
  // JavaScript's own, which would vanish where any key is allowed.
  if (source === '__proto__') return `"${source}" cannot be a key: use another word`;
  return curlyQuotes(source);
}

function valueProblem({ source = '', value }: Scalar): string | undefined {
  if (typeof value !== 'number') return curlyQuotes(source);
  if (!Number.isFinite(value)) return `${source} is no number to count with: write one in digits`;
  const read = String(value);
  if (read === source.replace(/^\+/, '')) return undefined;
  const thousands = /^[+-]?\d{1,3}(\.\d{3})+$/.test(source) ? `${source.replaceAll('.', '')} or ` : '';
  return `${excerpt(source)} is read as the number ${read}: write ${thousands}${read}, or "${excerpt(source)}" in quotes where it is text`;
}

function curlyQuotes(source: string): string | undefined {
  return /^([“”„‟«»]|[‘’‚].*[’‘]$)/s.test(source)
    ? `${excerpt(source)} is in curly quotes: type straight ones, as in "${excerpt(source.replace(/[“”„‟«»‘’‚]/g, '').trim())}"`
    : undefined;
}
