import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { runProgram } from '../../src/cli/program.ts';
import { rememberRedis } from '../../src/queue/running-redis.ts';
import { createOrg, DEMO_CLIENT, startSalesforceSandbox } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createPortal, DEMO_TOKEN, startSandbox } from '../../src/sandbox/sandbox.ts';
import { copyOfConfig, switchCrms } from './docs-config.ts';
import type { TestRedis } from './test-redis.ts';

/** The program as the documentation has it run, with what it writes kept. */
export interface Shell {
  run(args: readonly string[], env?: Env, signal?: AbortSignal): Promise<Ran>;
  io(env?: Env, signal?: AbortSignal): { readonly io: Io; readonly out: string[]; readonly err: string[] };
  /** A portal in which ada@example.com is a contact, as variables for the program. */
  openPortal(): Promise<Env>;
  /** The same of a Salesforce org, in which she is a lead, with a config for it. */
  openOrg(): Promise<Env>;
}

type Env = Readonly<Record<string, string>>;

interface Ran {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** `folder` takes what the program keeps. */
export function createShell(folder: string, redis: TestRedis): Shell {
  function io(env: Env = {}, signal = new AbortController().signal) {
    const out: string[] = [];
    const err: string[] = [];
    const own: Io = {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      env: { LOG_LEVEL: 'error', LEADGAUGE_CONFIG: 'config', LEADGAUGE_DATA: join(folder, 'data'), ...env },
      terminal: false,
      colour: false,
      signal,
    };
    return { io: own, out, err };
  }

  return {
    io,
    async run(args, env, signal) {
      const { io: own, out, err } = io(env, signal);
      return { code: await runProgram(args, own), out, err };
    },
    async openPortal() {
      const portal = createPortal({ leads: 30, seed: 1 });
      const sandbox = await startSandbox({ portal });
      onTestFinished(() => sandbox.close());
      sandbox.people.createContact({ email: 'ada@example.com', jobtitle: 'VP Engineering' });
      return { HUBSPOT_TOKEN: DEMO_TOKEN, HUBSPOT_BASE_URL: sandbox.url, ...(await kept()) };
    },
    async openOrg() {
      const sandbox = await startSalesforceSandbox({ org: createOrg({ leads: 30, seed: 1 }) });
      onTestFinished(() => sandbox.close());
      sandbox.people.createLead({
        LastName: 'Byron',
        Company: 'Engines',
        Email: 'ada@example.com',
        Title: 'VP Engineering',
      });
      const config = copyOfConfig(folder);
      switchCrms(config);
      return {
        SALESFORCE_LOGIN_URL: sandbox.url,
        SALESFORCE_CLIENT_ID: DEMO_CLIENT.clientId,
        SALESFORCE_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
        LEADGAUGE_CONFIG: config,
        ...(await kept()),
      };
    },
  };

  /** Where what is kept outlives the command. A cluster is nothing that leadgauge would have started itself. */
  async function kept(): Promise<Env> {
    const data = mkdtempSync(join(folder, 'data-'));
    if (redis.isCluster) return { LEADGAUGE_DATA: data, REDIS_URL: redis.url };
    onTestFinished(await rememberRedis(data, redis));
    return { LEADGAUGE_DATA: data };
  }
}
