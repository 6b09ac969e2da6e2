import { z } from 'zod';
import type { Connection } from '../src/sync/connection.ts';

/** What every job works with. */
export interface JobContext {
  connection(name: string): Connection;
  /** Reviews the main model of a connection and keeps what comes of it where config says; absent where nothing does so. */
  review?(connection: Connection, signal: AbortSignal): Promise<void>;
}

/** What every job is about: one connection. Nothing of a lead is ever in a job's data. */
export const connectionData = z.object({
  connection: z.string(),
  /** The version of the models that ask, and when it did, in milliseconds since 1970; for a backfill alone. */
  model: z.string().optional(),
  asked: z.number().optional(),
});
export type ConnectionData = z.infer<typeof connectionData>;
