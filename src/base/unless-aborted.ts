/** What others may wait for too, for as long as this caller wants to wait. @throws the signal's reason once it is aborted. */
export async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    // A signal that outlives many calls (the worker's own) must not collect a listener of each.
    signal.removeEventListener('abort', stop);
  }
}
