import { redactText } from '../base/log.ts';

/** A name that came out of data, fit for one line of a file: without line breaks, characters that nobody sees, and addresses. */
export function cleanText(text: string, longest: number): string {
  const plain = redactText(text.replaceAll(/[\s\p{C}]+/gu, ' ').trim());
  const letters = [...plain];
  return letters.length > longest
    ? `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : plain;
}
