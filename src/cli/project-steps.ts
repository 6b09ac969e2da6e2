/** Something for a person to do, with the commands or values that belong to it. */
export interface RemainingStep {
  readonly text: string;
  readonly lines: readonly string[];
}

export const step = (text: string, ...lines: string[]): RemainingStep => ({ text, lines });

/** As it can be typed into a shell. */
export function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A numbered list. */
export function stepLines(steps: readonly RemainingStep[]): string[] {
  return steps.flatMap(({ text, lines }, index) => [`${index + 1}. ${text}`, ...lines.map((line) => `     ${line}`)]);
}
