import { z } from 'zod';
import { DEMO_CLIENT } from '../../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { callSchema } from './crm-process.ts';
import { sandboxFlags } from './sandbox-flags.ts';
import type { Stage } from './stage.ts';
import { talkTo } from './talk.ts';

const MODULE = new URL('org-process.ts', import.meta.url).pathname;

export type OrgProcess = Awaited<ReturnType<typeof startOrg>>;

const countsSchema = z.object({ activity: z.number(), read: z.number(), writes: z.number() });
const counts = z.record(z.string(), z.number());
const didSchema = z.object({ converted: z.number(), rows: counts, lookups: counts });

/** A Salesforce org with so many people in a process of its own. */
export async function startOrg(stage: Stage, leads: number) {
  const talk = talkTo(stage, MODULE, { leads }, { flags: sandboxFlags(leads) });
  const url = await talk.ask('url', {}, z.string());
  const nothing = z.undefined();
  return {
    crm: 'salesforce',
    pid: talk.pid,
    variables: {
      SALESFORCE_LOGIN_URL: url,
      SALESFORCE_CLIENT_ID: DEMO_CLIENT.clientId,
      SALESFORCE_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
    },
    clear: () => talk.ask('clear', {}, nothing),
    calls: () => talk.ask('calls', {}, z.array(callSchema)),
    async progress() {
      const { activity, read, writes } = await talk.ask('counts', {}, countsSchema);
      return `${activity} calls for what people did, ${read} to read leads, ${writes} to write them`;
    },
    /**
     * How many leads were converted; by object, how many records tell of what people did since then, and how many of those are looked
     * up by their ids. Of campaigns, those of these names count.
     */
    did: (since: number, campaigns: readonly string[]) => talk.ask('did', { since, campaigns }, didSchema),
    change: (count: number, title: string) => talk.ask('change', { count, title }, nothing),
    advance: (ms: number) => talk.ask('advance', { ms }, nothing),
  } as const;
}
