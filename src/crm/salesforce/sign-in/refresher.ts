import { createHash } from 'node:crypto';
import type { RefreshCredentials } from './credentials.ts';
import { requestToken, type TokenRequests } from './request-token.ts';
import type { Open, Session } from './sign-in.ts';
import type { SavedTokens, TokenLease, TokenStore } from './token-store.ts';

/**
 * Sessions by a refresh token that the org may have rotated: each is used once, by one process at a time, and what comes back
 * is saved before it is used. A session that another process opened meanwhile is as good as one of our own.
 */
export function refresher(
  { clientId, clientSecret, refreshToken }: RefreshCredentials,
  store: TokenStore,
  options: TokenRequests,
): Open {
  const approval = createHash('sha256').update(refreshToken).digest('base64url').slice(0, 22);
  // What could not be saved is known to this process alone: lost, it would cost the whole approval.
  let unsaved: SavedTokens | undefined;

  async function save(lease: TokenLease, tokens: SavedTokens): Promise<Session> {
    unsaved = tokens;
    const isNewest = await lease.save(approval, tokens);
    unsaved = undefined;
    const newer = isNewest ? undefined : await store.read(approval);
    return newer === undefined ? plain(tokens) : shared(newer);
  }

  return async (stale) => {
    const isGood = ({ accessToken }: SavedTokens) => accessToken !== stale;
    const known = await store.read(approval);
    if (known !== undefined && isGood(known) && unsaved === undefined) return shared(known);
    return store.alone(async (lease) => {
      if (unsaved !== undefined && isGood(unsaved)) return save(lease, unsaved);
      const before = unsaved ?? (await store.read(approval));
      // Another process was here first.
      if (before !== undefined && isGood(before)) return shared(before);
      const last = before?.refreshToken ?? refreshToken;
      const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: last };
      const secret = clientSecret === undefined ? undefined : { client_secret: clientSecret };
      const answer = await requestToken({ ...form, ...secret }, options);
      return save(lease, { ...answer, refreshToken: answer.refreshToken ?? last });
    });
  };
}

function plain({ accessToken, instanceUrl }: Session): Session {
  return { accessToken, instanceUrl };
}

function shared({ accessToken, instanceUrl }: SavedTokens): Session {
  return { accessToken, instanceUrl, shared: true };
}
