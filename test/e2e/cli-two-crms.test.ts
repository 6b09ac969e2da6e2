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
