import { invalid } from '../http/answer.ts';

/** Where a page begins, as the opaque text that callers send back. The kind tells one sort of list from another. */
export function writeCursor(kind: string, ...numbers: readonly number[]): string {
  return Buffer.from([kind, ...numbers].join(':')).toString('base64url');
}

/**
 * The numbers of a cursor of that kind; undefined where none was sent.
 * @throws HubSpotError 400 for the cursor of another sort of list, and for what is none
 */
export function readCursor(kind: string, text: string | null): number[] | undefined {
  if (text === null || text === '') return undefined;
  const [actual, ...numbers] = Buffer.from(text, 'base64url').toString().split(':');
  const read = numbers.map(Number);
  if (actual === kind && read.length > 0 && read.every(Number.isFinite)) return read;
  throw invalid('The paging cursor is not the one of a page of this list.');
}
