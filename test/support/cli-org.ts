import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  createOrg,
  DEMO_CLIENT,
  type NewOrg,
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { copyConfig, type Env, type Ran, runCli, tempFolder } from './run-cli.ts';

/** An org, and the environment of a command line that works on it. */
export interface CliOrg {
  readonly sandbox: SalesforceSandbox;
  readonly env: Env;
  /** The folder of a config for Salesforce alone, to change. */
  readonly config: string;
  run(...args: string[]): Promise<Ran>;
  /** The custom fields that the org has on all objects, by their names. */
  ourFields(): string[];
}

export async function openCliOrg(options: NewOrg = {}): Promise<CliOrg> {
  const sandbox = await startSalesforceSandbox({ org: createOrg(options) });
  onTestFinished(() => sandbox.close());
  const config = salesforceConfig();
  const env = {
    SALESFORCE_LOGIN_URL: sandbox.url,
    SALESFORCE_CLIENT_ID: DEMO_CLIENT.clientId,
    SALESFORCE_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
    LEADGAUGE_CONFIG: config,
    LEADGAUGE_DATA: tempFolder(),
  };
  return {
    sandbox,
    env,
    config,
    run: (...args) => runCli(args, env),
    ourFields: () =>
      ['Lead', 'Contact', 'Account'].flatMap((object) =>
        sandbox.org
          .type(object)
          .fields()
          .filter(({ name }) => /^Leadgauge_.*__c$/.test(name))
          .map(({ name }) => `${object}.${name}`),
      ),
  };
}

/** A copy of `config/` in which Salesforce is what it says, and HubSpot as well; Salesforce alone unless told. */
export function salesforceConfig({ hubspot = 'off', salesforce = 'both' } = {}): string {
  const config = copyConfig();
  for (const [name, role] of Object.entries({ hubspot, salesforce })) {
    const file = join(config, `${name}.yaml`);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^role: .*$/m, `role: ${role}`));
  }
  return config;
}
