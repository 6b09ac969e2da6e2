import type { Position } from '../base/errors.ts';

/** Where in the connection's file in `config/` the value is. */
export type Locate = (path: readonly PropertyKey[]) => Position;
