import { createHash } from 'node:crypto';
import type { Session } from '../http/route.ts';
import { type Client, SCOPES, SignInError } from './client.ts';

/** What came of one approval by a person: the refresh token that is good, and those that it replaced. */
interface Approval {
  readonly client: Client;
  readonly userId: string;
  readonly accessTokens: Set<string>;
  /** Undefined once everything was called off. */
  refreshToken: string | undefined;
}

interface Parts {
  /** 18 characters. */
  readonly orgId: string;
  readonly clients: readonly Client[];
  /** The id of an active user; undefined where there is none of this username. */
  readonly userIdOf: (username: string) => string | undefined;
}

/** Clients, sessions and refresh tokens of an org. */
export class SignIn {
  readonly #orgId: string;
  readonly #clients: Map<string, Client>;
  readonly #userIdOf: Parts['userIdOf'];
  readonly #sessions = new Map<string, Session>();
  /** Those that were rotated out, too: by them it is known that one was stolen. */
  readonly #approvals = new Map<string, Approval>();
  #minted = 0;

  constructor({ orgId, clients, userIdOf }: Parts) {
    this.#orgId = orgId;
    this.#clients = new Map(clients.map((client) => [client.clientId, client]));
    this.#userIdOf = userIdOf;
  }

  client(clientId: string): Client | undefined {
    return this.#clients.get(clientId);
  }

  /** Registers a client, or replaces it. */
  addClient(client: Client): void {
    this.#clients.set(client.clientId, client);
  }

  /** Undefined for a token that nobody was given, and for one that is over. */
  session(accessToken: string): Session | undefined {
    return this.#sessions.get(accessToken);
  }

  /** Opens a session for a user by its username. */
  open(client: Client, username: string): Session {
    const userId = this.#userIdOf(username);
    if (userId === undefined || client.approved?.includes(username) === false)
      throw new SignInError('invalid_grant', "user hasn't approved this consumer");
    return this.#openFor(client, userId);
  }

  /** Somebody approves a client in the browser; the client gets this refresh token. */
  approve(clientId: string, username: string): string {
    const client = this.client(clientId);
    const userId = this.#userIdOf(username);
    if (client === undefined || userId === undefined) throw new Error('The sandbox org has no such client or user');
    return this.#mintRefreshToken({ client, userId, accessTokens: new Set(), refreshToken: undefined });
  }

  /**
   * A new session for a refresh token, and the next refresh token where the client has them rotated. One that was rotated out
   * ends all that came of the approval.
   */
  refresh(client: Client, refreshToken: string): { session: Session; refreshToken: string | undefined } {
    const approval = this.#approvals.get(refreshToken);
    if (approval === undefined || approval.client.clientId !== client.clientId) throw expired();
    if (approval.refreshToken !== refreshToken) {
      this.#callOff(approval);
      throw expired();
    }
    const session = this.#openFor(client, approval.userId);
    approval.accessTokens.add(session.accessToken);
    return { session, refreshToken: client.rotates === false ? undefined : this.#mintRefreshToken(approval) };
  }

  /** Ends a session or, for a refresh token, all that came of its approval. False for a token that is not known. */
  revoke(token: string): boolean {
    const approval = this.#approvals.get(token);
    if (approval !== undefined) this.#callOff(approval);
    return this.#sessions.delete(token) || approval !== undefined;
  }

  /** Ends every session; who has a refresh token, a key or a secret can open the next. */
  expireSessions(): void {
    this.#sessions.clear();
  }

  #openFor(client: Client, userId: string): Session {
    const accessToken = `${this.#orgId.slice(0, 15)}!AQ${this.#mint('session')}`;
    const session = { accessToken, userId, clientId: client.clientId, scopes: client.scopes ?? SCOPES };
    this.#sessions.set(accessToken, session);
    return session;
  }

  #mintRefreshToken(approval: Approval): string {
    approval.refreshToken = `5Aep861${this.#mint('refresh token')}`;
    this.#approvals.set(approval.refreshToken, approval);
    return approval.refreshToken;
  }

  #callOff(approval: Approval): void {
    approval.refreshToken = undefined;
    for (const token of approval.accessTokens) this.#sessions.delete(token);
    approval.accessTokens.clear();
  }

  #mint(what: string): string {
    return createHash('sha256')
      .update(`${this.#orgId} ${what} ${++this.#minted}`)
      .digest('hex');
  }
}

function expired(): SignInError {
  return new SignInError('invalid_grant', 'expired access/refresh token');
}
