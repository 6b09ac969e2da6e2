/** Waits until each has come to its end, so that one that fails holds up no other. @throws what the first of those that failed did. */
export async function allTried(works: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
