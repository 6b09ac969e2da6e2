import { expect, test } from 'vitest';
import type { Portal } from '../../src/sandbox/sandbox.ts';
import { openCliPortal } from '../support/run-cli.ts';

const SCORE = 'leadgauge_score';

type Property = NonNullable<ReturnType<Portal['properties']['get']>>;

test.each<[string, (portal: Portal, property: Property) => unknown]>([
  ['is gone', (portal, property) => portal.properties.archive(property, portal.now())],
  ['became a text', (_, property) => Object.assign(property, { type: 'string', fieldType: 'text' })],
  ['cannot be written to', (_, property) => Object.assign(property, { readOnly: true })],
])('an output property that %s after the set-up: check names it, and a backfill writes nothing', async (_, change) => {
  const { sandbox, run } = await openCliPortal({ leads: 5 });
  expect((await run('setup', '--yes')).code).toBe(0);
  const property = sandbox.portal.properties.get(SCORE);
  if (property === undefined) throw new Error('the set-up made no score');
  change(sandbox.portal, property);
  for (const command of ['check', 'backfill']) {
    const { code, out, err } = await run(command);
    expect(code).toBe(2);
    expect(out + err).toContain(SCORE);
  }
  // Check tries whether it may write by asking for nothing.
  const writes = sandbox.requests.all({ path: '/crm/objects', kind: 'write' });
  expect(writes.filter(({ status }) => status < 300)).toEqual([]);
});
