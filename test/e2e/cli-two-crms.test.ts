import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCliOrg, salesforceConfig } from '../support/cli-org.ts';
import { openCliPortal, runCli } from '../support/run-cli.ts';

/** A portal that is set up, and an org that nobody reaches. */
async function openHalf() {
  const portal = await openCliPortal({ leads: 10 });
  await portal.run('setup', '--yes');
  const org = await openCliOrg();
  await org.sandbox.close();
  const env = { ...org.env, ...portal.env, LEADGAUGE_CONFIG: salesforceConfig({ hubspot: 'both' }) };
  return { portal, env };
}

/** What check says of fields of the CRM without tasks that the one of sales does not map, as these files have it. */
async function saidOfUnmapped(model: (yaml: string) => string = (yaml) => yaml): Promise<string[]> {
  const portal = await openCliPortal();
  const org = await openCliOrg();
  const config = salesforceConfig({ hubspot: 'both' });
  const edit = (name: string, change: (yaml: string) => string) => {
    const file = join(config, name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  edit('hubspot.yaml', (yaml) => yaml.replace(/^tasks:$/m, 'tasks:\n  create: off'));
  edit('salesforce.yaml', (yaml) => yaml.replace(/^ {2}(timeframe|product_interest): .*\n/gm, ''));
  edit('models/platform.yaml', model);
  const { out } = await runCli(['check'], { ...org.env, ...portal.env, LEADGAUGE_CONFIG: config });
  return out.split('\n').filter((line) => line.includes('may bring a lead to sales'));
}

describe('where sales work in Salesforce alone, check names the fields that only HubSpot has', () => {
  const told = (fields: string) =>
    `!  hubspot: the model platform may bring a lead to sales here and not in salesforce, as salesforce.yaml does not map ${fields}: of somebody whom both have, nobody is told then. Map the same there, or write "create: on" under "tasks" here`;

  it('by which rules and the gates to MQL may tell', async () => {
    expect(await saidOfUnmapped()).toEqual([told('timeframe, product_interest')]);
  });

  it('and those of rules alone where no MQL goes to sales', async () => {
    const said = await saidOfUnmapped((yaml) => yaml.replace('when: mql_or_fast_track', 'when: fast_track'));
    expect(said).toEqual([told('timeframe')]);
  });
});

describe('a CRM that nobody reaches', { timeout: 120_000 }, () => {
  it('does not keep start from scoring the leads of another', async () => {
    const { portal, env } = await openHalf();
    const stop = new AbortController();
    const running = runCli(['start', 'worker'], env, { signal: stop.signal });
    const [first] = portal.sandbox.portal.contacts.all;
    await expect
      .poll(() => first && portal.sandbox.portal.textOf(first, 'leadgauge_grade'), { timeout: 100_000 })
      .toMatch(/^[A-D][1-4]$/);
    stop.abort(new Error('interrupted'));
    expect(await running).toMatchObject({ code: 0 });
  });

  it('is told of by backfill and by check, once the other one is done', async () => {
    const { env } = await openHalf();
    const { code, out, err } = await runCli(['backfill', '--json'], env);
    expect(code).not.toBe(0);
    expect(err).not.toBe('');
    expect(Object.keys(JSON.parse(out))).toEqual(['hubspot']);
    expect(JSON.parse(out).hubspot).toMatchObject({ leads: 10 });
    const checked = await runCli(['check', '--json'], env);
    const { findings } = JSON.parse(checked.out);
    expect(findings).toContainEqual({ level: 'problem', message: expect.stringMatching(/^salesforce: /) });
    expect(findings).toContainEqual({ level: 'ok', message: expect.stringMatching(/^hubspot: /) });
  });
});
