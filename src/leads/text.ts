/** A text as it is compared: without surrounding blanks and in lower case; undefined where nothing is left. */
export function normaliseText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const plain = text.trim().toLowerCase();
  return plain === '' ? undefined : plain;
}
