/** What a refresh gave last. */
export interface SavedTokens {
  readonly accessToken: string;
  /** `https://acme.my.salesforce.com` */
  readonly instanceUrl: string;
  /** The only one that is still good where the org has them rotated. */
  readonly refreshToken: string;
  /** How many refreshes it took to come by them: of two, the higher is the newer. */
  readonly refreshes: number;
}

/**
 * Where the processes of a connection keep a refresh token that changes with every use. One used twice makes Salesforce end
 * all sessions that ever came of it, so that only one process at a time may use it, and none before it has seen the newest.
 */
export interface TokenStore {
  /**
   * `approval` tells refresh tokens that a person put into the environment apart: what came of another one is not returned.
   * @throws FatalError where it was saved with another secret.
   */
  read(approval: string): Promise<SavedTokens | undefined>;
  /**
   * Does the work while no other process does the like; waits for its turn.
   * @throws RetryableError where that turn does not come within some minutes.
   */
  alone<Result>(work: (lease: TokenLease) => Promise<Result>): Promise<Result>;
}

/** The turn of one process. It is over some minutes after it began, whether the process lives or not. */
export interface TokenLease {
  /** Whether it was saved: not where a process whose turn came later saved first. */
  save(approval: string, tokens: SavedTokens): Promise<boolean>;
}
