/**
 * One mistake in the good model: what it is, the text that is right there, what somebody wrote in its place, and what they
 * are told. `▸` in the text stands where the message must point, and is no part of it; it belongs to the message alone.
 */
export type Mistake = readonly [what: string, right: string, wrong: string, message: string];

export interface MarkedText {
  readonly text: string;
  /** Both counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** The model with the mistake in it. */
export function withMistake(model: string, [what, right, wrong]: Mistake): MarkedText {
  if (model.split(right).length !== 2) throw new Error(`${what}: the good model must have "${right}" once`);
  if (wrong.split('▸').length !== 2) throw new Error(`${what}: mark the place of the mistake with one ▸`);
  return marked(model.replace(right, () => wrong));
}

function marked(text: string): MarkedText {
  const [before = '', ...rest] = text.split('▸');
  const lines = before.split('\n');
  return { text: before + rest.join(''), line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
