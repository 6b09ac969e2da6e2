/** `a, b or c`. */
export const or = (words: readonly string[] = []): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
