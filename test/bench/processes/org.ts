import { z } from 'zod';
import { DEMO_CLIENT } from '../../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { type CrmProcess, callSchema } from './crm-process.ts';
import type { Stage } from './stage.ts';
import { talkTo } from './talk.ts';

const MODULE = new URL('org-process.ts', import.meta.url).pathname;

export type OrgProcess = Awaited<ReturnType<typeof startOrg>>;

const countsSchema = z.object({ activity: z.number(), read: z.number(), writes: z.number() });
export const rowsSchema = z.record(z.string(), z.number());

/** A Salesforce org with so many people in a process of its own. */
export async function startOrg(stage: Stage, leads: number) {
  const talk = talkTo(stage, MODULE, { leads });
  const url = await talk.ask('url', {}, z.string());
  const nothing = z.undefined();
  return {
    crm: 'salesforce',
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
    /** How many records tell of something that people did since then, by object; of campaigns, those of these names. */
    did: (since: number, campaigns: readonly string[]) => talk.ask('did', { since, campaigns }, rowsSchema),
    change: (count: number, title: string) => talk.ask('change', { count, title }, nothing),
    advance: (ms: number) => talk.ask('advance', { ms }, nothing),
  } as const satisfies CrmProcess;
}
