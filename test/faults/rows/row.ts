/** A test that proves a row: its file, and the title of the test or of a `describe` around it, where `…` stands for anything. */
export type Proof = readonly [file: string, title: string];

/** A fault, and what must hold when it is really injected. */
export interface Row {
  readonly number: number;
  readonly inject: string;
  readonly holds: string;
  /** Every one of them, and every test that it names, must be run and pass. */
  readonly proofs: readonly Proof[];
}
