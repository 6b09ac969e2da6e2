import { z } from 'zod';
import { DEMO_TOKEN } from '../../../src/sandbox/sandbox.ts';
import type { Limits } from '../sync/limit-used.ts';
import { callSchema } from './crm-process.ts';
import { sandboxFlags } from './sandbox-flags.ts';
import type { Stage } from './stage.ts';
import { talkTo } from './talk.ts';

const MODULE = new URL('portal-process.ts', import.meta.url).pathname;

export type PortalProcess = Awaited<ReturnType<typeof startPortal>>;

const countsSchema = z.object({
  activity: z.number(),
  listed: z.number(),
  updated: z.number(),
  rateLimited: z.number(),
});
const didSchema = z.object({
  pageViews: z.number(),
  submissions: z.array(z.object({ form: z.string(), count: z.number() })),
});
const outcomeSchema = z.union([z.object({ took: z.number() }), z.enum(['ruled out', 'missed'])]);

/** More than any machine comes to. */
export const NO_LIMIT = { burst: 1_000_000, interval: 10_000, search: 1_000_000 };
/** What HubSpot allows an account in a second. */
const SEARCHES = 5;

export interface PortalOptions {
  readonly leads: number;
  readonly webhooks?: { readonly url: string; readonly secret: string };
  /** Whether to keep the last writes with their bodies, instead of the times of all calls. */
  readonly keepWrites?: boolean;
}

/** A HubSpot portal with so many leads in a process of its own; without limits worth speaking of until `limit`. */
export async function startPortal(stage: Stage, { keepWrites = false, ...options }: PortalOptions) {
  const talk = talkTo(stage, MODULE, { ...options, keepWrites }, { flags: sandboxFlags(options.leads) });
  const url = await talk.ask('url', {}, z.string());
  const nothing = z.undefined();
  const limit = ({ burst, interval, search = SEARCHES }: Limits & { readonly search?: number }) =>
    talk.ask('limits', { burst, interval, search }, nothing);
  await limit(NO_LIMIT);
  const counts = () => talk.ask('counts', {}, countsSchema);
  return {
    crm: 'hubspot',
    url,
    pid: talk.pid,
    variables: { HUBSPOT_TOKEN: DEMO_TOKEN, HUBSPOT_BASE_URL: url },
    limit,
    /** Forgets the calls so far. */
    clear: () => talk.ask('clear', {}, nothing),
    calls: () => talk.ask('calls', {}, z.array(callSchema)),
    counts,
    async progress() {
      const { activity, listed, updated } = await counts();
      return `${activity} calls for what people did, ${listed} pages of leads read, ${updated} written`;
    },
    did: (since: number) => talk.ask('did', { since }, didSchema),
    change: (count: number, title: string) => talk.ask('change', { count, title }, nothing),
    advance: (ms: number) => talk.ask('advance', { ms }, nothing),
    webhooks: (mode: 'send' | 'drop') => talk.ask('webhooks', { mode }, nothing),
    stall: () => talk.ask('stall', {}, nothing),
    requestDemo: () => talk.ask('requestDemo', {}, outcomeSchema),
    end: talk.end,
  } as const;
}
