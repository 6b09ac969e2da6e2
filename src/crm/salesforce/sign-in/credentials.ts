/** How an External Client App of the org signs in. There is no way by password: Salesforce is about to end it. */
export type Credentials = JwtCredentials | ClientCredentials | RefreshCredentials;

/** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm */
export interface JwtCredentials {
  readonly flow: 'jwt-bearer';
  readonly clientId: string;
  /** Of the integration user. */
  readonly username: string;
  /** RSA, in PEM; the app has the certificate that belongs to it. */
  readonly privateKey: string;
}

/** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm */
export interface ClientCredentials {
  readonly flow: 'client-credentials';
  readonly clientId: string;
  readonly clientSecret: string;
}

/** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_refresh_token_flow.htm */
export interface RefreshCredentials {
  readonly flow: 'refresh-token';
  readonly clientId: string;
  /** Absent for an app that needs none. */
  readonly clientSecret?: string;
  /** The one that a person got by approving the app; those that came after it are in the TokenStore. */
  readonly refreshToken: string;
}
