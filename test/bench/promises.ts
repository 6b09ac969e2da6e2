/** Something that leadgauge promises, and whether it held this time. A benchmark measures: it never fails for this. */
export interface Promised {
  readonly what: string;
  readonly kept: boolean;
}

/** What was missed, for `--json`. */
export function missedOf(promises: readonly Promised[]): string[] {
  return promises.filter(({ kept }) => !kept).map(({ what }) => what);
}

export function promiseLines(promises: readonly Promised[]): string[] {
  return promises.map(({ what, kept }) => `  ${kept ? 'kept  ' : 'MISSED'}  ${what}`);
}
