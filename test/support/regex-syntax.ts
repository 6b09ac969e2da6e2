/** A regular expression of JavaScript's, as far as it takes steps to try it. */
export type Pattern =
  /** One character of some kind. */
  | { readonly kind: 'character'; readonly is: (character: string) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | {
      readonly kind: 'repeat';
      readonly body: Pattern;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    }
  /** `group` is its number; undefined where it captures nothing. */
  | { readonly kind: 'group'; readonly body: Pattern; readonly group: number | undefined }
  | { readonly kind: 'look'; readonly body: Pattern; readonly ahead: boolean; readonly wanted: boolean }
  | { readonly kind: 'again'; readonly group: number }
  | { readonly kind: 'edge'; readonly at: '^' | '$' | 'b' | 'B' };

/** @throws Error for what no expression of ours has: names of groups, and classes within classes. */
export function parsePattern({ source, flags }: RegExp): Pattern {
  const parser: Parser = { rest: source, flags: flags.replace(/[dgy]/g, ''), groups: 0, known: new Map() };
  const pattern = parseChoice(parser);
  if (parser.rest !== '') throw new Error(`/${source}/ cannot be read from ${parser.rest}`);
  return pattern;
}

interface Parser {
  rest: string;
  readonly flags: string;
  groups: number;
  readonly known: Map<string, Pattern>;
}

function parseChoice(parser: Parser): Pattern {
  const options = [parseSequence(parser)];
  while (take(parser, /^\|/) !== undefined) options.push(parseSequence(parser));
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
}

function parseSequence(parser: Parser): Pattern {
  const parts: Pattern[] = [];
  while (parser.rest !== '' && !/^[|)]/.test(parser.rest)) parts.push(parseRepeated(parser));
  return { kind: 'sequence', parts };
}

function parseRepeated(parser: Parser): Pattern {
  const body = parseOne(parser);
  const [, sign, least, comma, most, lazy] = take(parser, /^(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/) ?? [];
  if (sign === undefined && least === undefined) return body;
  const from = sign === undefined ? Number(least) : sign === '+' ? 1 : 0;
  const endless = sign === undefined ? comma === ',' && most === '' : sign !== '?';
  const to = endless ? Number.POSITIVE_INFINITY : sign === '?' ? 1 : Number(most || least);
  return { kind: 'repeat', body, least: from, most: to, lazy: lazy === '?' };
}

function parseOne(parser: Parser): Pattern {
  const edge = take(parser, /^(?:[\^$]|\\[bB])/)?.[0];
  if (edge === '^' || edge === '$') return { kind: 'edge', at: edge };
  if (edge !== undefined) return { kind: 'edge', at: edge === '\\b' ? 'b' : 'B' };
  const look = take(parser, /^\(\?(<?)([=!])/);
  if (look !== undefined) {
    return { kind: 'look', body: closed(parser), ahead: look[1] === '', wanted: look[2] === '=' };
  }
  if (take(parser, /^\(\?:/) !== undefined) return { kind: 'group', body: closed(parser), group: undefined };
  if (take(parser, /^\((?!\?)/) !== undefined) {
    parser.groups += 1;
    const group = parser.groups;
    return { kind: 'group', body: closed(parser), group };
  }
  const again = take(parser, /^\\([1-9])/)?.[1];
  if (again !== undefined) return { kind: 'again', group: Number(again) };
  const token = take(parser, CHARACTER)?.[0];
  if (token === undefined) throw new Error(`this cannot be read: ${parser.rest}`);
  return character(parser, token);
}

const CHARACTER =
  /^(?:\[(?:\\[\s\S]|[^\]\\])*\]|\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[pP]\{\w+\}|\\[\s\S]|[^()[\]{}|*+?\\^$]|[{}\]])/u;

/** JavaScript itself tells which characters are of the kind. */
function character({ flags, known }: Parser, token: string): Pattern {
  const before = known.get(token);
  if (before !== undefined) return before;
  const only = new RegExp(`^(?:${token})$`, flags.replace('m', ''));
  const answers = new Map<string, boolean>();
  const made: Pattern = {
    kind: 'character',
    is(each) {
      const answer = answers.get(each) ?? only.test(each);
      answers.set(each, answer);
      return answer;
    },
  };
  known.set(token, made);
  return made;
}

function closed(parser: Parser): Pattern {
  const body = parseChoice(parser);
  if (take(parser, /^\)/) === undefined) throw new Error(`a bracket is never closed: ${parser.rest}`);
  return body;
}

function take(parser: Parser, what: RegExp): RegExpExecArray | undefined {
  const found = what.exec(parser.rest) ?? undefined;
  if (found !== undefined) parser.rest = parser.rest.slice(found[0].length);
  return found;
}
