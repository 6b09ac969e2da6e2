import type { Log } from '../../../base/log.ts';

/** Says once of a stream that some of its rows cannot be read: they come again with every poll. */
export function warnOnce(stream: string, log: Log | undefined): (odd: number) => void {
  let said = false;
  return (odd) => {
    if (odd === 0 || said) return;
    said = true;
    log?.warn('HubSpot listed something that has another shape than documented: it is left out', { stream, rows: odd });
  };
}
