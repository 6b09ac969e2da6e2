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
  // Lost, the newest would cost the whole approval, and an older one used again as well: Redis may never have got it, or may
  // have come back without it.
  let own: SavedTokens | undefined;

  async function newest(): Promise<SavedTokens | undefined> {
    const saved = await store.read(approval);
    return own !== undefined && own.refreshes > (saved?.refreshes ?? 0) ? own : saved;
  }

  async function save(lease: TokenLease, tokens: SavedTokens): Promise<Session> {
    own = tokens;
    const newer = (await lease.save(approval, tokens)) ? undefined : await newest();
    return newer === undefined || newer === tokens ? plain(tokens) : shared(newer);
  }

  return async (stale) => {
    const isGood = ({ accessToken }: SavedTokens) => accessToken !== stale;
    const known = await newest();
    if (known !== undefined && known !== own && isGood(known)) return shared(known);
    return store.alone(async (lease) => {
      const before = await newest();
      if (before !== undefined && isGood(before)) {
        // Another process was here first, or Redis lacks what this one has.
        if (before === own) await save(lease, own);
        return shared(before);
      }
      const last = before?.refreshToken ?? refreshToken;
      const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: last };
      const secret = clientSecret === undefined ? undefined : { client_secret: clientSecret };
      const answer = await requestToken({ ...form, ...secret }, options);
      const refreshes = (before?.refreshes ?? 0) + 1;
      return save(lease, { ...answer, refreshToken: answer.refreshToken ?? last, refreshes });
    });
  };
}

function plain({ accessToken, instanceUrl }: Session): Session {
  return { accessToken, instanceUrl };
}

function shared({ accessToken, instanceUrl }: SavedTokens): Session {
  return { accessToken, instanceUrl, shared: true };
}
