/** Two pages at a time as one, and the last by itself where it has no other. */
export async function* inPairs<Row>(pages: AsyncIterable<readonly Row[]>): AsyncIterable<readonly Row[]> {
  let waiting: readonly Row[] | undefined;
  for await (const page of pages) {
    if (waiting !== undefined) yield [...waiting, ...page];
    waiting = waiting === undefined ? page : undefined;
  }
  if (waiting !== undefined) yield waiting;
}
