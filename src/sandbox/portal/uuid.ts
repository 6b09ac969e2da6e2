import { createHash } from 'node:crypto';

/** An id in the usual form that stands for a name, the same on every machine. */
export function uuidOf(name: string): string {
  return dashed(createHash('sha256').update(name).digest('hex'));
}

/** As above for a count within a realm, cheap enough for one in every answer. */
export function uuidOfCount(realm: number, count: number): string {
  const parts = [0, 1, 2, 3].map((part) =>
    mix(realm + part * 0x9e3779b9, count)
      .toString(16)
      .padStart(8, '0'),
  );
  return dashed(parts.join(''));
}

/** Two whole numbers to one of 32 bits that looks like chance. */
export function mix(a: number, b: number): number {
  let hash = Math.imul((a >>> 0) ^ 0x85ebca6b, 0xcc9e2d51) ^ Math.imul((b >>> 0) + 0x165667b1, 0x1b873593);
  hash ^= Math.imul(Math.floor(b / 0x1_0000_0000), 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
