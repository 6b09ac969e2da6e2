/**
 * The part of a regular expression that repeats without end what is nothing but a repetition without end, such as `(a+)+`:
 * it never finds more than one repetition does. Of `(\w+, )+` that is not so. Undefined where there is none.
 * @param expression one without errors of syntax.
 */
export function repeatedRepetition(expression: string): string | undefined {
  /** For each bracket that is open: where, how many parts it has so far, and whether the last of them repeats without end. */
  const open = [{ start: 0, parts: 0, repeats: false }];
  let at = 0;
  while (at < expression.length) {
    const token = TOKEN.exec(expression.slice(at))?.[0] ?? '';
    const end = at + token.length;
    if (BRACKET.test(token)) {
      open.push({ start: at, parts: 0, repeats: false });
      at = end;
      continue;
    }
    const repetition = REPETITION.exec(expression.slice(end))?.[0] ?? '';
    const group = token === ')' ? open.pop() : undefined;
    const isRepetition = group !== undefined && group.parts === 1 && group.repeats;
    const repeats = ENDLESS.test(repetition);
    at = end + repetition.length;
    if (isRepetition && repeats) return expression.slice(group.start, at);
    const around = open.at(-1);
    if (around !== undefined) {
      around.parts += 1;
      around.repeats = repeats || (isRepetition && repetition === '');
    }
  }
  return undefined;
}

/** A quotation, an escape, a class of characters, an opening bracket with what belongs to it, or a single character. */
const TOKEN =
  /^(?:\\Q[\s\S]*?(?:\\E|$)|\\[pP]\{\^?\w+\}|\\x\{\w+\}|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|\(\?(?:P?<\w+>|[A-Za-z-]*[:)])|[\s\S])/;
const BRACKET = /^\((?!.*\))/;
/** How often what stands before may come, with the sign that as few as possible will do. */
const REPETITION = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;
/** Twice `{2,}` is at least four, and one alone does not say so. */
const ENDLESS = /^(?:[*+]|\{[01],\})/;
