import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCliOrg } from '../support/cli-org.ts';

const ORG = { leads: 800, buyers: 'by-rule' } as const;

test('what config says counts as having bought holds for all who look back, unless the command line says otherwise', async () => {
  const { run, config } = await openCliOrg(ORG);
  const told = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);
  const [won, converted] = [
    await told('backtest', '--outcome', 'deal-won'),
    await told('backtest', '--outcome', 'converted'),
  ];
  expect(won.buyers).not.toBe(converted.buyers);
  const buyersOf = ({ conversion }: { conversion: { now: { buyers: number }; before: { buyers: number } } }) =>
    conversion;
  const reviewed = await told('review', '--outcome', 'converted');

  appendFileSync(join(config, 'salesforce.yaml'), '\noutcome: converted\n');
  expect(await told('backtest')).toMatchObject({ outcome: 'converted', buyers: converted.buyers });
  expect(await told('suggest')).toMatchObject({ buyers: converted.buyers });
  expect(buyersOf(await told('review'))).toEqual(buyersOf(reviewed));
  expect(await told('backtest', '--outcome', 'deal-won')).toMatchObject({ outcome: 'deal-won', buyers: won.buyers });
}, 240_000);

test('an outcome that no CRM tells of is said to be wrong where it stands', async () => {
  const { run, config } = await openCliOrg();
  appendFileSync(join(config, 'salesforce.yaml'), '\noutcome: convertd\n');
  const { code, err } = await run('backtest');
  expect(code).toBe(2);
  expect(err).toMatch(/salesforce\.yaml:\d+:\d+ .*converted/);
});
