/** An External Client App of the org: whoever knows its secret, or has its private key, may sign in by it. */
export interface Client {
  /** The consumer key. */
  readonly clientId: string;
  readonly clientSecret?: string;
  /** The certificate or public key (PEM) that assertions of the JWT bearer flow are verified with; without it that flow is off. */
  readonly certificate?: string;
  /** The username as which the client credentials flow signs in; without it that flow is off. */
  readonly runAs?: string;
  /** Usernames that an assertion may name: those whom an administrator approved. All unless told. */
  readonly approved?: readonly string[];
  /** `SCOPES` unless told. */
  readonly scopes?: readonly string[];
  /** Each refresh gives a new refresh token and ends the one that was sent; so unless told. */
  readonly rotates?: boolean;
}

export const SCOPES = ['id', 'api', 'refresh_token', 'pardot_api'] as const;

/** What opens every sandbox that is given no clients of its own: by client credentials. */
export const DEMO_CLIENT = {
  clientId: '3MVG9.leadgauge.sandbox.demo',
  clientSecret: 'sandbox-secret-of-the-demo',
} as const;

/** A sign-in that is refused: answered with 400 as `{error, error_description}`. */
export class SignInError extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}
