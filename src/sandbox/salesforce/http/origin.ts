import type { SentCall } from './route.ts';

/** The sandbox's own address, as whoever calls knows it: `http://127.0.0.1:41234`. */
export function originOf({ headers }: Pick<SentCall, 'headers'>): string {
  return `http://${headers.host ?? '127.0.0.1'}`;
}
