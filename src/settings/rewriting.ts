import { excerpt } from '../base/excerpt.ts';

/** How to write what somebody wrote as another kind of value, where that can be told: `write 1000` for a number "1,000". */
export function rewriting(expected: string, input: unknown): string | undefined {
  switch (expected) {
    case 'string':
      return typeof input === 'number' || typeof input === 'boolean'
        ? `put it in quotes, "${String(input)}"`
        : undefined;
    case 'number':
    case 'int':
      return typeof input === 'string' ? numberAdvice(input) : undefined;
    case 'boolean':
      return typeof input === 'string' ? answerAdvice(input.trim()) : undefined;
    case 'tuple':
      return typeof input === 'string' ? pairAdvice(input) : undefined;
    case 'array':
      return listAdvice(input);
    case 'object':
    case 'record':
      return Array.isArray(input) && input.length > 0 ? 'write its keys without "- "' : undefined;
    default:
      return undefined;
  }
}

/** `[c-level, vp]` for "c-level vp" or "c-level, vp", where each of them may stand there. */
export function severalWords(input: string, words: readonly string[]): string | undefined {
  const parts = input.split(/[\s,;|/]+(?:(?:and|or)\s+)?/).filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => words.includes(part)) ? `[${parts.join(', ')}]` : undefined;
}

const SIZES: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  mio: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
};

function numberAdvice(input: string): string | undefined {
  const text = input.replace(/[\s,_'’%$€£+]/g, '').replace(/^[−–—]/, '-');
  const [, digits, size = '', word] =
    /^(-?\d+(?:\.\d+)?)(k|mio|million|m|bn|billion|b)?(points?|pts)?$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(digits) * (SIZES[size.toLowerCase()] ?? 1);
  return `write ${value}${word === undefined ? '' : ' alone'}`;
}

function answerAdvice(input: string): string | undefined {
  if (/^(yes|on|y|true|1)$/i.test(input)) return 'write true';
  return /^(no|off|n|false|0)$/i.test(input) ? 'write false' : undefined;
}

function pairAdvice(input: string): string | undefined {
  const [, low, high] = /^(\d+)\s*(?:-|–|\.\.+|to|and|,|;)\s*(\d+)$/.exec(input.trim()) ?? [];
  return low === undefined ? undefined : `write [${low}, ${high}]`;
}

function listAdvice(input: unknown): string | undefined {
  if (typeof input === 'string' && input.trim() !== '') {
    const shown = excerpt(input);
    // Part of an address or a credential would be no list that anybody could use.
    return shown === input ? `write [${shown}]` : 'put it in brackets, [ ... ]';
  }
  return typeof input === 'object' && input !== null ? 'begin each of its entries with "- "' : undefined;
}
