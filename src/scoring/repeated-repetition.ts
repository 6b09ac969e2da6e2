/**
 * The part of a regular expression that repeats without end what itself repeats without end, such as `(a+)+`: elsewhere
 * it would make the search take for ever, and it never says more than one repetition does. Undefined where there is none.
 * @param expression one without errors of syntax.
 */
export function repeatedRepetition(expression: string): string | undefined {
  /** For each bracket that is open: where, and whether something in it repeats without end. */
  const open: { readonly start: number; repeats: boolean }[] = [];
  let at = 0;
  while (at < expression.length) {
    const token = TOKEN.exec(expression.slice(at))?.[0] ?? '';
    const end = at + token.length;
    const endless = ENDLESS.exec(expression.slice(end))?.[0];
    if (token === '(') open.push({ start: at, repeats: false });
    else if (token === ')') {
      const group = open.pop();
      if (group?.repeats === true && endless !== undefined) return expression.slice(group.start, end + endless.length);
      if (group?.repeats === true || endless !== undefined) repeat(open.at(-1));
    } else if (endless !== undefined) repeat(open.at(-1));
    at = end;
  }
  return undefined;
}

/** A quotation, an escape, a class of characters or a single character, each with nothing that repeats in it. */
const TOKEN = /^(?:\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\w+:\]|[^\]\\])*\]|[\s\S])/;
const ENDLESS = /^(?:[*+]|\{\d+,\})/;

function repeat(group: { repeats: boolean } | undefined): void {
  if (group !== undefined) group.repeats = true;
}
