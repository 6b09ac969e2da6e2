import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Clock, MINUTE } from '../base/clock.ts';
import { FatalError, RetryableError } from '../base/errors.ts';
import type { SavedTokens, TokenStore } from '../crm/salesforce/sign-in/token-store.ts';
import { defineScript } from '../ledger/script.ts';
import type { Space } from '../ledger/space.ts';

export interface TokenStoreOptions {
  /** The client secret, or the private key: the tokens are sealed by what Redis does not hold. */
  readonly secret: string;
  readonly clock: Clock;
}

/**
 * A connection's refresh token in Redis, sealed, and whose turn it is to use it. It is the one thing there that no backfill
 * brings back: without it, a person approves the app anew.
 */
export function createTokenStore(space: Space, { secret, clock }: TokenStoreOptions): TokenStore {
  const { redis } = space;
  const tokens = space.key('sign-in', 'tokens');
  const turns = space.key('sign-in', 'turns');
  const key = new Uint8Array(hkdfSync('sha256', secret, 'leadgauge', 'refresh tokens', 32));

  async function begin(holder: string): Promise<number> {
    const asked = clock.now();
    for (;;) {
      const now = clock.now();
      const turn = Number(await take(redis, [turns, tokens], [now, holder, now + TURN, now + FARTHEST]));
      if (turn > 0) return turn;
      if (now - asked > PATIENCE)
        throw new RetryableError('another process has been signing in to Salesforce for minutes: trying again later');
      await clock.sleep(LOOK_AGAIN);
    }
  }

  return {
    async read(approval) {
      const [whose, sealed] = await redis.hmget(tokens, 'approval', 'sealed');
      if (whose !== approval || !sealed) return undefined;
      return unseal(sealed, key, `${tokens} ${approval}`);
    },
    async alone(work) {
      const holder = randomUUID();
      const turn = await begin(holder);
      try {
        return await work({
          async save(approval, saved) {
            const sealed = seal(saved, key, `${tokens} ${approval}`);
            return (await write(redis, [tokens], [turn, approval, sealed])) === 1;
          },
        });
      } finally {
        // Nobody waits for it for long: the turn ends by itself too.
        await end(redis, [turns], [holder]).catch(() => {});
      }
    },
  };
}

/** Longer than signing in takes with all its attempts, so that no request is under way once the turn is another's. */
const TURN = 2 * MINUTE;
/** A turn that ends later was taken by a wrong clock and counts for nothing. */
const FARTHEST = 2 * TURN;
const PATIENCE = 2 * TURN;
const LOOK_AGAIN = 250;

/** The number of the turn, counted up for ever, or 0 while it is somebody else's. */
const take = defineScript(`
local ends = tonumber(redis.call('HGET', KEYS[1], 'ends') or 0)
if ends > tonumber(ARGV[1]) and ends <= tonumber(ARGV[4]) then return 0 end
local turn = math.max(tonumber(redis.call('HGET', KEYS[1], 'turn') or 0), tonumber(redis.call('HGET', KEYS[2], 'turn') or 0)) + 1
redis.call('HSET', KEYS[1], 'holder', ARGV[2], 'ends', ARGV[3], 'turn', turn)
return turn
`);

const end = defineScript(`
if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then redis.call('HSET', KEYS[1], 'ends', 0) end
`);

/** Whoever slept through the end of their turn must not put an older token over a newer one. */
const write = defineScript(`
if tonumber(redis.call('HGET', KEYS[1], 'turn') or 0) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'turn', ARGV[1], 'approval', ARGV[2], 'sealed', ARGV[3])
return 1
`);

const savedSchema: z.ZodType<SavedTokens> = z.object({
  accessToken: z.string(),
  instanceUrl: z.string(),
  refreshToken: z.string(),
  refreshes: z.number(),
});

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** `place` is sealed in: what stands under one key is not taken for what belongs under another. */
function seal(saved: SavedTokens, key: Uint8Array, place: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(place));
  const text = Buffer.concat([cipher.update(JSON.stringify(savedSchema.parse(saved)), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
}

function unseal(sealed: string, key: Uint8Array, place: string): SavedTokens {
  try {
    const bytes = Buffer.from(sealed, 'base64');
    const [iv, tag, text] = [
      bytes.subarray(0, IV_BYTES),
      bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
      bytes.subarray(IV_BYTES + TAG_BYTES),
    ];
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    const json = Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    return savedSchema.parse(JSON.parse(json));
  } catch {
    throw new FatalError(
      'the saved Salesforce sign-in cannot be opened, as the client secret is another than when it was saved: put that one back, or approve the app anew and put the new token into SALESFORCE_REFRESH_TOKEN',
    );
  }
}
