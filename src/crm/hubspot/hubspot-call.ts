import type { z } from 'zod';
import type { CallKind } from '../api-budget.ts';

/** One API call, before it is made. */
export interface HubspotCall<T> {
  readonly kind: CallKind;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly schema: z.ZodType<T>;
  /** Doing it twice does harm: it is made once, and whoever wants it again looks first, as another process may have done it meanwhile. */
  readonly once?: boolean;
}
