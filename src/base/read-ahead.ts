/** The same items in the same order, each fetched while the one before it is worked on. */
export async function* readAhead<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done === true) return;
      next = iterator.next();
      // Awaited in the next turn; until then a rejection must not count as unhandled.
      next.catch(() => {});
      yield value;
    }
  } finally {
    // Whoever stops early leaves one under way.
    await next.catch(() => {});
    await iterator.return?.();
  }
}
