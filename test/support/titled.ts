/** A call whose first argument is this text, where `…` stands for anything: `it('…'`, or the second call of `it.each(…)('…'`. */
export function titled(name: string): RegExp {
  return new RegExp(`\\(\\s*(['"\`])${patternOf(name)}\\1`);
}

/** The title of a test as it was run. */
export function titleLike(name: string): RegExp {
  return new RegExp(`^${patternOf(name)}$`);
}

export function patternOf(name: string): string {
  return name
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^\\n]*?');
}
