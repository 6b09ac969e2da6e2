import type { Space } from './space.ts';

/** Up to when each owner was told of their leads, in milliseconds since 1970. */
export interface Digests {
  /** When this Redis first looked: of earlier times nobody knows what was told. */
  readonly began: number;
  readonly toldUpTo: ReadonlyMap<string, number>;
}

export async function readDigests(space: Space, now: number): Promise<Digests> {
  await space.redis.hsetnx(digestsKey(space), BEGAN, now);
  const { [BEGAN]: began, ...owners } = await space.redis.hgetall(digestsKey(space));
  return {
    began: Number(began),
    toldUpTo: new Map(Object.entries(owners).map(([field, at]) => [field.slice(OWNER.length), Number(at)])),
  };
}

export async function saveDigest(space: Space, ownerId: string, upTo: number): Promise<void> {
  await space.redis.hset(digestsKey(space), `${OWNER}${ownerId}`, upTo);
}

const BEGAN = 'began';
const OWNER = 'owner ';

const digestsKey = (space: Space) => space.key('digests');
